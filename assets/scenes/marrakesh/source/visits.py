"""The two rooms off the square: an exhibition (east) and a workshop (west)."""
import math
import random

from foyer import INK, LAMP
from geometry import circle
from materials import TINT, srgb
from shapes import Face, arcade, horseshoe
from square import HALF, ROOM_ARCH, ROOM_DOOR

NEAR, FAR = HALF + 0.6, HALF + 12.6
EXHIBITION, WORKSHOP = (7.3, 23.3), (9.3, 21.3)   # along Y
HIGH = 5.0
NIGHT = srgb('#6f959a')
# Exhibit: where the visitor stands (x, y), which way they look (turn), where the object stands.
EAST, WEST, NORTH, SOUTH = math.pi / 2, -math.pi / 2, math.pi, 0.0
EXHIBITS = {
    'door': ((31.0, 10.4), EAST), 'loom': ((31.0, 15.3), EAST), 'khettara': ((31.0, 20.2), EAST),
    'tea': ((25.2, 9.9), SOUTH), 'astrolabe': ((29.4, 9.9), SOUTH), 'argan': ((25.2, 20.7), NORTH), 'zellige': ((29.4, 20.7), NORTH),
}
BOARD = (4.8, 3.0, 0.95)   # the mosaic's width, height, lower edge


def build(site):
    site.static.area = 'rooms'
    _shell(site, 1, EXHIBITION, NIGHT, 'paving')
    _shell(site, -1, WORKSHOP, TINT['ochre'], 'bejmat')
    _exhibition(site)
    _workshop(site)
    _marks(site)


def _shell(site, side, span, tint, floor):
    """Walls, floor, beams and a long roof light."""
    s, (y0, y1) = site.static, span
    near, far = side * NEAR, side * FAR
    lo, hi = sorted((near, far))
    s.quad(floor, (lo, y0, 0), (hi - lo, 0, 0), (0, y1 - y0, 0), (0.9, 0.86, 0.82), density=1.2)
    a, b = sorted((side * HALF, near))
    s.quad(floor, (a, ROOM_DOOR - 1.02, 0), (b - a, 0, 0), (0, 2.04, 0), (0.9, 0.86, 0.82))
    site.walk_box('rooms', lo, y0, hi, y1, 0)
    site.walk_box('rooms', a - 0.1, ROOM_DOOR - 1.0, b + 0.1, ROOM_DOOR + 1.0, 0)
    bands = [(0.25, 'satin', INK), (4.3, 'tadelakt', tint), (4.36, 'cedar', (0.8, 0.75, 0.7)), (HIGH, 'gebs', (0.95, 0.92, 0.88))]
    style = {'depth': 0.3, 'bands': bands, 'panel': ('gebs', (1, 0.97, 0.92)), 'width': 0.2, 'proud': 0.02, 'ring': ('tadelakt', [TINT['white'], TINT['teal']]), 'step': 2,
             'faces': 'f', 'soffit': ('tadelakt', TINT['ivory']), 'soffits': 0.5}
    length = y1 - y0
    o, u = ((near, y0, 0), (0, length, 0)) if side > 0 else ((near, y1, 0), (0, -length, 0))
    at = ROOM_DOOR - y0 if side > 0 else y1 - ROOM_DOOR
    arcade(s, o, u, HIGH, [(at, ROOM_ARCH, 1.7, 3.6)], style)
    o, u = ((far, y1, 0), (0, -length, 0)) if side > 0 else ((far, y0, 0), (0, length, 0))
    Face(s, o, u, HIGH).bands(0, length, bands)
    Face(s, (lo, y1, 0), (hi - lo, 0, 0), HIGH).bands(0, hi - lo, bands)
    Face(s, (hi, y0, 0), (lo - hi, 0, 0), HIGH).bands(0, hi - lo, bands)
    mid = (lo + hi) / 2
    w = 1.1
    for x0, x1 in ((lo, mid - w), (mid + w, hi)):
        s.quad('cedar', (x0, y0, HIGH), (0, length, 0), (x1 - x0, 0, 0), (0.6, 0.54, 0.48), density=0.5)
        y = y0 + 0.5
        while y < y1 - 0.3:
            s.box('cedar', (x0, y, HIGH - 0.2), (x1, y + 0.15, HIGH), 'twe', (0.85, 0.8, 0.74), 'x', density=0.3)
            y += 1.0
    for y, d in ((y0, 1.4), (y1 - 1.4, 1.4)):
        s.quad('cedar', (mid - w, y, HIGH), (0, d, 0), (2 * w, 0, 0), (0.6, 0.54, 0.48), density=0.5)
    ya, yb = y0 + 1.4, y1 - 1.4
    # The light well: sides, a lattice, and the bright sky above it.
    for o, u in (((mid - w, ya, HIGH), (0, yb - ya, 0)), ((mid + w, yb, HIGH), (0, ya - yb, 0)), ((mid + w, ya, HIGH), (-2 * w, 0, 0)), ((mid - w, yb, HIGH), (2 * w, 0, 0))):
        s.quad('tadelakt', o, u, (0, 0, 0.6), TINT['white'], density=0.4)
    chart = s.chart(yb - ya, 2 * w, 0.5)
    s.add('lattice', [(mid - w, yb, HIGH + 0.1), (mid - w, ya, HIGH + 0.1), (mid + w, ya, HIGH + 0.1), (mid + w, yb, HIGH + 0.1)], [(0, 1, 2, 3)],
          [(0, 0), (yb - ya, 0), (yb - ya, 2 * w), (0, 2 * w)], (1, 1, 1), [(chart, 0, 0), (chart, yb - ya, 0), (chart, yb - ya, 2 * w), (chart, 0, 2 * w)])
    s.area = ''
    s.quad('light', (mid - w, ya, HIGH + 0.6), (0, yb - ya, 0), (2 * w, 0, 0))
    s.area = 'rooms'
    site.panel_light((mid, (ya + yb) / 2, HIGH + 0.05), (2 * w - 0.1, yb - ya - 0.1), 560 if side < 0 else 480, (0.96, 0.98, 1.0))
    site.shield((lo - 0.4, y0 - 0.4, HIGH + 0.62), (hi + 0.4, y1 + 0.4, HIGH + 0.9))
    for c, d in (((lo - 0.02, y0 - 0.4), (hi + 0.4, y0 - 0.05)), ((lo - 0.02, y1 + 0.05), (hi + 0.4, y1 + 0.4))):
        site.shield((*c, 0), (*d, HIGH + 0.7))
    x0, x1 = sorted((side * (FAR + 0.05), side * (FAR + 0.4)))
    site.shield((x0, y0 - 0.4, 0), (x1, y1 + 0.4, HIGH + 0.7))
    for c, d in (((lo, y0 - 0.4), (hi, y0)), ((lo, y1), (hi, y1 + 0.4))):
        site.block('rooms', (*c, 0), (*d, 3))
    x0, x1 = sorted((far, side * (FAR + 0.4)))
    site.block('rooms', (x0, y0, 0), (x1, y1, 3))


def behind(name, d):
    """The point `d` metres ahead of the visitor of an exhibit."""
    (x, y), turn = EXHIBITS[name]
    return x + d * math.sin(turn), y - d * math.cos(turn)


def _exhibition(site):
    s = site.static
    plinth = TINT['ivory']
    for k, name in enumerate(EXHIBITS):
        (x, y), turn = EXHIBITS[name]
        c, d = math.cos(turn), math.sin(turn)
        wall = 2.6
        _niche(s, (x + wall * d, y - wall * c), (c, d), name == 'door')
        # The text panel, at the right of the object.
        px, py = x + (wall - 0.035) * d - 2.05 * c, y - (wall - 0.035) * c - 2.05 * d
        r = (c * 0.48, d * 0.48)
        z0, z1 = 1.10, 2.06
        # Seen by the visitor, right is (cos, sin) of the turn turned round: corners run from the visitor's left to right.
        left, right = (px + r[0], py + r[1]), (px - r[0], py - r[1])
        site.boards.append(('panel', name, [(*left, z0), (*right, z0), (*right, z1), (*left, z1)], {'cell': k}))
        site.spot_light((x - 0.2 * d, y + 0.2 * c, HIGH - 0.3), (*behind(name, 1.7), 0.9), 420, (1.0, 0.86, 0.68), 58)
    for name in ('tea', 'astrolabe', 'zellige'):
        x, y = behind(name, 1.75)
        w, h = (0.45, 0.86) if name != 'zellige' else (0.8, 0.80)
        s.box('tadelakt', (x - w, y - 0.42, 0), (x + w, y + 0.42, h), 'b', plinth, density=1.4, bevel=0.01)
        site.block('rooms', (x - w, y - 0.42, 0), (x + w, y + 0.42, 1))
    x, y = behind('khettara', 1.8)
    s.box('cedar', (x - 0.50, y - 1.35, 0), (x + 0.50, y + 1.35, 0.70), 'b', (0.8, 0.75, 0.7), 'y', density=1.0)
    site.block('rooms', (x - 0.5, y - 1.35, 0), (x + 0.5, y + 1.35, 1))
    x, y = behind('argan', 1.7)
    s.prism('tadelakt', circle(x, y, 1.0, 28), 0, 0.10, plinth, density=1.2, bevel=0.01)
    site.block('rooms', (x - 0.95, y - 0.95, 0), (x + 0.95, y + 0.95, 1))
    x, y = behind('loom', 1.9)
    s.box('tadelakt', (x - 0.6, y - 1.5, 0), (x + 0.65, y + 1.5, 0.10), 'b', plinth, density=1.2, bevel=0.01)
    site.block('rooms', (x - 0.6, y - 1.5, 0), (x + 0.65, y + 1.5, 1))
    # The rug that grows on the loom.
    s.quad('rug', (x + 0.03, y + 1.0, 0.42), (0, -2.0, 0), (0, 0, 0.98), density=1.2)
    x, y = behind('door', 2.56)
    s.box('gebs', (x - 0.02, y - 1.35, 0.25), (x + 0.04, y + 1.35, 3.3), 'eb', (1, 0.97, 0.92), density=0.9)
    s.quad('carved', (x - 0.024, y + 0.95, 0.25), (0, -1.9, 0), (0, 0, 2.7), density=1.2)
    site.put('door-metal', (x - 0.03, y, 0.25), WEST, 0.70)
    x, y = behind('zellige', 1.75)
    s.prism('zellige', circle(x, y, 0.36, 32), 0.802, 0.83, density=1.5)
    site.put('exhibits', (0, 0, 0))
    for x, y in ((25.6, 15.3), (29.2, 15.3)):
        s.box('cedar', (x - 0.3, y - 0.9, 0.38), (x + 0.3, y + 0.9, 0.45), '', (0.9, 0.85, 0.8), 'y', density=0.8, bevel=0.006)
        for d in (-0.7, 0.55):
            s.box('satin', (x - 0.24, y + d, 0), (x + 0.24, y + d + 0.15, 0.38), 'bt', INK, density=0.4)
        site.block('rooms', (x - 0.3, y - 0.9, 0), (x + 0.3, y + 0.9, 0.5))
        for k in range(3):
            site.seat(f'exhibition-{1 if x < 27 else 2}-{k + 1}', (x, y - 0.6 + 0.6 * k, 0), EAST)


def _niche(s, at, along, plain):
    """A pale arch on the wall behind an exhibit, in a field of carved plaster. `along` points to the visitor's left."""
    half, top = 1.45, 3.75
    c, d = along
    if plain:
        return
    o = (at[0] + half * c + 0.012 * -d, at[1] + half * d + 0.012 * c, 0.25)
    face = Face(s, o, (-2 * half * c, -2 * half * d, 0), top - 0.25, 1.0)
    arch = horseshoe(1.05, 1.35, 0.13, 0.14, 18)
    outer = face.ring('tadelakt', arch, half, 0.16, [TINT['white'], TINT['clay']], 0.015, 2)
    face.around('gebs', outer, half, (half, top - 0.25), (1, 0.97, 0.92))
    face.shape('tadelakt', [(half + p, q) for p, q in reversed(arch)], TINT['ivory'])


COLOURS = ('#2f5d7d', '#3f7059', '#c79a49', '#8e4a35', '#ded8c8', '#26272a', '#4f8f97', '#b9693f')


def _workshop(site):
    s, rng = site.static, random.Random(12)
    tones = [srgb(c) for c in COLOURS]
    w, h, z = BOARD
    x = -FAR
    # A cedar frame and a shelf of tiles under the board.
    for a, b, c, d in ((-w / 2 - 0.16, z - 0.16, w / 2 + 0.16, z), (-w / 2 - 0.16, z + h, w / 2 + 0.16, z + h + 0.16), (-w / 2 - 0.16, z, -w / 2, z + h), (w / 2, z, w / 2 + 0.16, z + h)):
        s.box('cedar', (x, ROOM_DOOR + a, b), (x + 0.09, ROOM_DOOR + c, d), 'w', (0.9, 0.85, 0.8), 'y', density=0.9)
    s.quad('satin', (x + 0.01, ROOM_DOOR - w / 2, z), (0, w, 0), (0, 0, h), INK, density=0.3)
    s.box('cedar', (x, ROOM_DOOR - w / 2, 0.62), (x + 0.36, ROOM_DOOR + w / 2, 0.68), 'w', (0.9, 0.85, 0.8), 'y', density=0.8)
    for k in range(12):
        y = ROOM_DOOR - w / 2 + 0.25 + 0.39 * k
        for j in range(5):
            _tile(s, x + 0.10 + 0.09 * (j % 3), y + 0.07 * (j // 3), 0.68 + 0.02 * (j % 2), tones[k % 8], rng)
    site.block('rooms', (x, ROOM_DOOR - w / 2, 0), (x + 0.36, ROOM_DOOR + w / 2, 1))
    site.boards.append(('activity', 'mosaic', [(x + 0.04, ROOM_DOOR - w / 2, z), (x + 0.04, ROOM_DOOR + w / 2, z), (x + 0.04, ROOM_DOOR + w / 2, z + h), (x + 0.04, ROOM_DOOR - w / 2, z + h)], {}))
    for number, y in enumerate((12.1, 18.5)):
        a, b = -29.2, -25.4
        s.prism('cedar', [(a, y - 0.55), (b, y - 0.55), (b, y + 0.55), (a, y + 0.55)], 0.70, 0.76, (0.95, 0.9, 0.85), 'u', 1.2, 0.006, True)
        for px in (a + 0.2, b - 0.34):
            s.box('cedar', (px, y - 0.42, 0), (px + 0.14, y + 0.42, 0.70), 'bt', (0.8, 0.75, 0.7), density=0.6)
        s.box('cedar', (a + 0.3, y - 0.05, 0.25), (b - 0.3, y + 0.05, 0.33), 'we', (0.8, 0.75, 0.7), 'x', density=0.4)
        site.block('rooms', (a, y - 0.55, 0), (b, y + 0.55, 0.8))
        for k in range(6):
            row, i = divmod(k, 3)
            px = a + 0.7 + 1.2 * i
            py = y + (-0.82 if row == 0 else 0.82)
            site.put('stool', (px, py, 0), 0.3 * k)
            site.block_turned('rooms', (px, py, 0), (0.3, 0.3, 0.4), 0)
            site.seat(f'workshop-{number + 1}-{k + 1}', (px, py, 0), NORTH if row == 0 else SOUTH, 0.45)
            _pattern(s, px, y + (-0.26 if row == 0 else 0.26), 0.762, tones, rng, k)
        site.put('bowl', ((a + b) / 2 + 0.6, y, 0.76))
    for y, inward in ((WORKSHOP[0], 1), (WORKSHOP[1], -1)):
        for z in (0.9, 1.45, 2.0):
            lo, hi = sorted((y, y + inward * 0.34))
            s.box('cedar', (-31.2, lo, z), (-24.0, hi, z + 0.04), 's' if inward > 0 else 'n', (0.9, 0.85, 0.8), 'x', density=0.6)
            px = -31.0
            while px < -24.4:
                kind = rng.random()
                tone = rng.choice(tones)
                if kind < 0.5:
                    for j in range(4):
                        _tile(s, px + 0.02 * j, y + inward * 0.17, z + 0.04 + 0.021 * j, tone, rng)
                else:
                    r = rng.uniform(0.06, 0.10)
                    s.prism('satin', circle(px + 0.05, y + inward * 0.17, r, 10), z + 0.04, z + 0.04 + rng.uniform(0.10, 0.2), tone, density=0.0, bevel=0.012)
                px += rng.uniform(0.24, 0.5)
        lo, hi = sorted((y, y + inward * 0.34))
        site.block('rooms', (-31.2, lo, 0), (-24.0, hi, 2))
    site.put('lantern', (-27.6, 12.1, HIGH - 0.2))
    site.put('lantern', (-27.6, 18.5, HIGH - 0.2))
    for y in (12.1, 18.5):
        site.globe_light((-27.6, y, HIGH - 1.6), 0.12, 30, LAMP)


def _tile(s, x, y, z, tone, rng):
    area, s.area = s.area, ''
    k = rng.uniform(0.30, 0.42)
    s.box('satin', (x - 0.04, y - 0.04, z), (x + 0.04, y + 0.04, z + 0.02), 'b', tuple(c * k * 1.6 for c in tone), density=0, loose=False)
    s.area = area


def _pattern(s, x, y, z, tones, rng, seed):
    """A small star being laid on the table."""
    area, s.area = s.area, ''
    for i in range(8):
        a = math.pi / 4 * i
        if rng.random() < 0.15:
            continue
        for r, size, tone in ((0.055, 0.022, tones[(seed + 1) % 8]), (0.105, 0.026, tones[(seed + i % 2 * 3) % 8])):
            cx, cy = x + r * math.cos(a), y + r * math.sin(a)
            corners = [(cx + size * math.cos(a + math.pi / 2 * j), cy + size * math.sin(a + math.pi / 2 * j), z + 0.012) for j in range(4)]
            s.add('satin', corners, [(0, 1, 2, 3)], [(0, 0)] * 4, tuple(0.6 * c for c in tone))
    s.area = area


def _marks(site):
    lo, hi = EXHIBITION
    site.space('exhibition', (NEAR - 0.3, lo - 0.1, -0.5), (FAR + 0.1, hi + 0.1, HIGH + 0.6), 0.30)
    lo, hi = WORKSHOP
    site.space('workshop', (-FAR - 0.1, lo - 0.1, -0.5), (-NEAR + 0.3, hi + 0.1, HIGH + 0.6), 0.25)
    for name, ((x, y), turn) in EXHIBITS.items():
        site.mark('exhibit', name, (x, y, 0), turn, node=f'panel-{name}')
    site.mark('activity', 'mosaic', (-FAR + 2.4, ROOM_DOOR, 0), WEST, activity='mosaic', node='board-mosaic')
    site.mark('place', 'exhibition-middle', (27.4, 13.2, 0), EAST)
    site.mark('place', 'mosaic-board', (-FAR + 3.0, ROOM_DOOR, 0), WEST)
