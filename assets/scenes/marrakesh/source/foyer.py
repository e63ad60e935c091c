"""The foyer: a covered courtyard 11 m x 14 m and 10 m high between galleries on three sides, open to the square (+Y) through a great arch."""
import math

from materials import TINT, srgb
from shapes import Face, arcade, horseshoe, lobed, rounded

OUTER, INNER = 10.0, 5.6           # half width of the house and of the court
SOUTH, COURT, NORTH = -18.8, -15.2, -0.8
PIER = 0.5                         # thickness of the court's walls
LOW, UP, ROOF, TOP = 4.2, 4.4, 8.2, 10.2   # ceiling below, floor above, gallery ceiling, court ceiling
BAYS = [-13.4, -9.8, -6.2, -2.6]   # middles of the side bays
GATE = horseshoe(2.25, 2.05, 0.13, 0.14, 26)
FOUNTAIN = (0.0, -8.0)
WARM, LAMP = (1.0, 0.83, 0.62), (1.0, 0.72, 0.42)
INK = srgb('#1f2a2c')
PLAIN = [(1.2, 'dado', (1, 1, 1)), (1.27, 'satin', INK), (3.62, 'tadelakt', TINT['rose']), (3.68, 'cedar', (0.8, 0.75, 0.7)), (4.2, 'gebs', (1, 1, 1))]


def build(site):
    site.static.area = 'foyer'
    _floor(site)
    _court(site)
    _upper(site)
    _outer_walls(site)
    _north(site)
    _ceilings(site)
    _fountain(site)
    _desk(site)
    _gate_to_geneva(site)
    _booths(site)
    _furnish(site)
    _light(site)
    _marks(site)


def _floor(site):
    s = site.static
    s.quad('zellige', (-INNER, COURT, 0), (2 * INNER, 0, 0), (0, NORTH - COURT, 0), density=2.0)
    for side in (-1, 1):
        lo, hi = sorted((side * (INNER + PIER), side * OUTER))
        s.quad('bejmat', (lo, SOUTH, 0), (hi - lo, 0, 0), (0, NORTH - SOUTH, 0), density=1.7)
        lo, hi = sorted((side * INNER, side * (INNER + PIER)))
        s.quad('paving', (lo, COURT - PIER, 0), (hi - lo, 0, 0), (0, NORTH - COURT + PIER, 0), (0.95, 0.93, 0.9))
    s.quad('bejmat', (-INNER - PIER, SOUTH, 0), (2 * (INNER + PIER), 0, 0), (0, COURT - PIER - SOUTH, 0), density=1.4)
    s.quad('paving', (-INNER, COURT - PIER, 0), (2 * INNER, 0, 0), (0, PIER, 0), (0.95, 0.93, 0.9))
    s.quad('paving', (-2.25, NORTH, 0), (4.5, 0, 0), (0, -NORTH, 0), (0.95, 0.93, 0.9), density=1.3)
    site.walk_box('foyer', -OUTER, SOUTH, OUTER, NORTH, 0)
    site.walk_box('foyer', -2.2, NORTH - 0.1, 2.2, 0.1, 0)


def _style(**more):
    """How the court's arcades look; `more` overrides."""
    style = {'depth': PIER, 'bands': PLAIN + [(UP, 'cedar', (0.75, 0.7, 0.65))], 'panel': ('gebs', (1, 1, 1)), 'width': 0.09, 'proud': 0.015,
             'ring': ('tadelakt', [TINT['white']]), 'soffit': ('tadelakt', TINT['rose']), 'density': 1.0, 'back': 0.7}
    return style | more


def _court(site):
    """The ground floor arcades on three sides of the court."""
    s = site.static
    side = lobed(1.38, 2.15, 1.45, 5, 4)
    wide, narrow = lobed(1.95, 2.05, 1.75, 6, 4), lobed(1.15, 2.45, 1.20, 4, 4)
    length = NORTH - COURT
    openings = [(1.8 + 3.6 * k, side, 1.52, 3.95) for k in range(4)]
    arcade(s, (-INNER, COURT, 0), (0, length, 0), UP, openings, _style())
    arcade(s, (INNER, NORTH, 0), (0, -length, 0), UP, openings, _style())
    arcade(s, (INNER, COURT, 0), (-2 * INNER, 0, 0), UP, [(1.65, narrow, 1.29, 3.95), (INNER, wide, 2.10, 3.95), (2 * INNER - 1.65, narrow, 1.29, 3.95)], _style())
    for k in (-1, 1):
        lo, hi = sorted((k * INNER, k * (INNER + PIER)))
        s.box('tadelakt', (lo, COURT - PIER, 0), (hi, COURT, UP), 'bt' + ('en' if k < 0 else 'wn'), TINT['rose'], density=0.6)
        for y in (COURT, COURT + 3.6, COURT + 7.2, COURT + 10.8, NORTH):
            half = 0.42 if y not in (COURT, NORTH) else 0.22
            site.block('foyer', (lo, y - half, 0), (hi, y + half, 2))
        site.block('foyer', (lo, COURT - PIER, 0), (hi, COURT + 0.22, 2))
    for x0, x1 in ((-INNER, -5.1), (-2.8, -1.95), (1.95, 2.8), (5.1, INNER)):
        site.block('foyer', (x0, COURT - PIER, 0), (x1, COURT, 2))


def _lattices(site, o, u, spots):
    """Lattice panels in openings: (s0, s1, t0, t1) along a wall; looked through from both sides."""
    for s0, s1, t0, t1 in spots:
        face = Face(site.static, o, u, 1.0, 0)
        chart = site.static.chart(s1 - s0, t1 - t0, 0.5)
        points = [face.at(a, b) for a, b in ((s0, t0), (s1, t0), (s1, t1), (s0, t1))]
        m = (s0 + s1) / 2
        site.static.add('lattice', points, [(0, 1, 2, 3)], [(s0 - m, 0), (s1 - m, 0), (s1 - m, t1 - t0), (s0 - m, t1 - t0)], (1, 1, 1),
                        [(chart, 0, 0), (chart, s1 - s0, 0), (chart, s1 - s0, t1 - t0), (chart, 0, t1 - t0)])


def _upper(site):
    """Above the arcades: a carved band, latticed galleries, a plaster frieze, and windows under the ceiling."""
    s = site.static
    length = NORTH - COURT
    side, narrow = horseshoe(1.12, 0.75, 0.12, 0.14, 14), horseshoe(0.95, 0.95, 0.12, 0.14, 14)
    small = rounded(0.62, 0.55, 8)
    gallery = _style(bands=[(2.6, 'tadelakt', TINT['rose']), (3.0, 'gebs', (1, 1, 1))], depth=0.35, width=0.16, proud=0.02,
                     ring=('tadelakt', [TINT['white'], TINT['deep']]), panel=('tadelakt', TINT['rose']), faces='f', step=2)
    windows = _style(bands=[(1.7, 'gebs', (1, 1, 1))], depth=0.35, width=0.07, faces='f', panel=('gebs', (1, 1, 1)), soffits=0.6)
    walls = [((-INNER, COURT), (0, length, 0), [1.8 + 3.6 * k for k in range(4)]), ((INNER, NORTH), (0, -length, 0), [1.8 + 3.6 * k for k in range(4)]),
             ((INNER, COURT), (-2 * INNER, 0, 0), [1.65, 2 * INNER - 1.65])]
    for (x, y), u, middles in walls:
        band = Face(s, (x, y, UP), u, 0.8, 0.8)
        band.rect('carved', 0, band.length, 0, 0.7)
        band.rect('cedar', 0, band.length, 0.7, 0.8, (0.8, 0.75, 0.7))
        frieze = Face(s, (x, y, ROOF), u, 0.3, 0.6)
        frieze.rect('cedar', 0, frieze.length, 0, 0.3, (0.85, 0.8, 0.75))
        arch = side if len(middles) == 4 else narrow
        arcade(s, (x, y, UP + 0.8), u, 3.0, [(m, arch, 1.46, 2.6) for m in middles], gallery)
        lights = [0.9 + 1.8 * k for k in range(8)] if len(middles) == 4 else [1.4 + 1.68 * k for k in range(6)]
        arcade(s, (x, y, ROOF + 0.3), u, TOP - ROOF - 0.3, [(m, small, 0.72, 1.5) for m in lights], windows)
        n = Face(s, (0, 0, 0), u, 1, 0).normal
        back = (x - n.x * 0.17, y - n.y * 0.17)
        _lattices(site, (*back, UP + 0.8), u, [(m - 1.4, m + 1.4, 0, 2.6) for m in middles])
        _lattices(site, (*back, ROOF + 0.3), u, [(m - 0.7, m + 0.7, 0, 1.3) for m in lights])
    _galleries(site)


def _galleries(site):
    """The rooms behind the lattices: seen only in glimpses."""
    s, tone = site.static, TINT['ochre']
    for k in (-1, 1):
        x, w = k * OUTER, k * (OUTER - INNER - 0.36)
        o, u = ((x, SOUTH, UP), (0, NORTH - SOUTH, 0)) if k < 0 else ((x, NORTH, UP), (0, SOUTH - NORTH, 0))
        s.quad('tadelakt', o, u, (0, 0, ROOF - UP), tone, density=0.2)
        lo, hi = sorted((x, x - w))
        s.quad('cedar', (lo, SOUTH, ROOF), (0, NORTH - SOUTH, 0), (hi - lo, 0, 0), (0.7, 0.65, 0.6), density=0.2)
        s.quad('bejmat', (lo, SOUTH, UP), (hi - lo, 0, 0), (0, NORTH - SOUTH, 0), density=0.2)
        s.quad('tadelakt', (lo, NORTH, UP), (hi - lo, 0, 0), (0, 0, ROOF - UP), tone, density=0.2)
    s.quad('tadelakt', (INNER, SOUTH, UP), (-2 * INNER, 0, 0), (0, 0, ROOF - UP), tone, density=0.2)
    s.quad('cedar', (-INNER, SOUTH, ROOF), (0, COURT - 0.36 - SOUTH, 0), (2 * INNER, 0, 0), (0.7, 0.65, 0.6), density=0.2)
    s.quad('bejmat', (-INNER, SOUTH, UP), (2 * INNER, 0, 0), (0, COURT - 0.36 - SOUTH, 0), density=0.2)


def _outer_walls(site):
    """West: latticed windows to the sun; east: plain behind the booths; south: the gate between two fields."""
    s = site.static
    length = NORTH - SOUTH
    low = Face(s, (-OUTER, SOUTH, 0), (0, length, 0), 0.9)
    low.rect('dado', 0, length, 0, 0.9)
    window = horseshoe(0.60, 0.95, 0.12, 0.12, 14)   # with its ring within half of the 1.7 m from window to window
    style = _style(bands=[(0.30, 'dado', (1, 1, 1)), (0.37, 'satin', INK), (2.72, 'tadelakt', TINT['rose']), (2.78, 'cedar', (0.8, 0.75, 0.7)),
                          (3.3, 'gebs', (1, 1, 1))], width=0.13, ring=('tadelakt', [TINT['white'], TINT['deep']]), faces='f', step=2,
                   panel=('tadelakt', TINT['rose']))
    spots = [y - SOUTH + d for y in BAYS for d in (-0.85, 0.85)]
    arcade(s, (-OUTER, SOUTH, 0.9), (0, length, 0), 3.3, [(m, window, 0.82, 2.5) for m in spots], style)
    _lattices(site, (-OUTER - 0.42, SOUTH, 0.9), (0, length, 0), [(m - 0.85, m + 0.85, 0, 2.3) for m in spots])
    s.quad('paving', (-OUTER - 0.5, SOUTH, 0.9), (0.5, 0, 0), (0, length, 0), density=0.4)
    east = Face(s, (OUTER, NORTH, 0), (0, -length, 0), LOW)
    east.bands(0, length, PLAIN)
    _south(s)
    site.block('foyer', (-OUTER - 0.4, SOUTH, 0), (-OUTER, NORTH, 2))
    site.block('foyer', (OUTER, SOUTH, 0), (OUTER + 0.4, NORTH, 2))
    site.block('foyer', (-OUTER, SOUTH - 0.4, 0), (OUTER, SOUTH, 2))
    for k in (-1, 1):
        lo, hi = sorted((k * INNER, k * OUTER))
        face = Face(s, (lo, NORTH, 0), (hi - lo, 0, 0), LOW)
        face.bands(0, hi - lo, PLAIN)
        site.block('foyer', (lo if k < 0 else 2.25, NORTH, 0), (hi if k > 0 else -2.25, NORTH + 0.4, 2))
    # Reveals of the aisles' ends against the court's last pier are part of the arcades' back faces.


def _south(s):
    """The wall with the gate to Geneva."""
    gate = horseshoe(1.25, 1.45, 0.13, 0.14, 20)
    style = _style(bands=PLAIN, width=0.22, ring=('tadelakt', [TINT['white'], TINT['teal']]), step=2, faces='f', panel=('gebs', (1, 1, 1)), depth=0.45)
    arcade(s, (OUTER, SOUTH, 0), (-2 * OUTER, 0, 0), LOW, [(OUTER, gate, 2.05, 3.95)], style)


def _north(site):
    """Round the great arch."""
    s = site.static
    bands = PLAIN[:3] + [(7.2, 'tadelakt', TINT['rose']), (7.3, 'cedar', (0.8, 0.75, 0.7)), (TOP, 'gebs', (1, 1, 1))]
    style = _style(bands=bands, depth=-NORTH, width=0.42, proud=0.03, ring=('dado', [(1, 1, 1)]), panel=('gebs', (1, 1, 1)), faces='f', soffits=1.0,
                   soffit=('tadelakt', TINT['rose']))
    arcade(s, (-INNER, NORTH, 0), (2 * INNER, 0, 0), TOP, [(INNER, GATE, 3.35, 7.0)], style)


def _ceilings(site):
    s = site.static
    for k in (-1, 1):
        lo, hi = sorted((k * (INNER + PIER), k * OUTER))
        s.quad('cedar', (lo, SOUTH, LOW), (0, NORTH - SOUTH, 0), (hi - lo, 0, 0), (0.62, 0.56, 0.5), 'v', 0.6)
        y = SOUTH + 0.35
        while y < NORTH - 0.2:
            s.box('cedar', (lo, y, LOW - 0.18), (hi, y + 0.14, LOW), 'twe', (0.95, 0.9, 0.85), 'x', density=0.35)
            y += 0.72
    s.quad('cedar', (-INNER - PIER, SOUTH, LOW), (0, COURT - PIER - SOUTH, 0), (2 * (INNER + PIER), 0, 0), (0.62, 0.56, 0.5), 'u', 0.6)
    x = -INNER - PIER + 0.3
    while x < INNER + PIER - 0.2:
        s.box('cedar', (x, SOUTH, LOW - 0.18), (x + 0.14, COURT - PIER, LOW), 'tns', (0.95, 0.9, 0.85), 'y', density=0.35)
        x += 0.72
    # The court: a carved ceiling in a grid of deep beams.
    s.quad('carved', (-INNER, COURT, TOP), (0, NORTH - COURT, 0), (2 * INNER, 0, 0), density=0.8)
    for i in range(1, 8):
        x = -INNER + 1.4 * i
        s.box('cedar', (x - 0.10, COURT, TOP - 0.26), (x + 0.10, NORTH, TOP), 'tns', (0.9, 0.85, 0.8), 'y', density=0.5)
    for i in range(1, 9):
        y = COURT + 1.6 * i
        s.box('cedar', (-INNER, y - 0.10, TOP - 0.24), (INNER, y + 0.10, TOP), 'twe', (0.9, 0.85, 0.8), 'x', density=0.5)


def octagon(cx, cy, r):
    """A regular octagon with flat sides towards the axes, counter-clockwise; `r` is its inradius."""
    return [(cx + r / math.cos(math.pi / 8) * math.cos(math.pi / 8 + math.pi / 4 * i), cy + r / math.cos(math.pi / 8) * math.sin(math.pi / 8 + math.pi / 4 * i))
            for i in range(8)]


def _fountain(site):
    s, (cx, cy) = site.static, FOUNTAIN
    outer, lip, inner = octagon(cx, cy, 1.35), octagon(cx, cy, 1.40), octagon(cx, cy, 1.10)
    ring(s, outer, lip, inner, 0.40, 0.10)
    s.area = ''
    s.polygon('water', inner, 0.33)
    s.area = 'foyer'
    site.put('fountain-bowl', (cx, cy, 0.10))
    p = octagon(cx, cy, 1.42)
    site.block_mesh('foyer', [(x, y, 0) for x, y in p] + [(x, y, 1) for x, y in p], [tuple(range(8))[::-1], tuple(range(8, 16))] + [
        (i, (i + 1) % 8, 8 + (i + 1) % 8, 8 + i) for i in range(8)])


def ring(s, outer, lip, inner, z, floor, material='dado', density=1.2):
    """A low wall round a basin: tiled sides, a stone coping, a tiled floor at height `floor`."""
    n = len(outer)
    for a in range(n):
        b = (a + 1) % n
        for (p, q, z0, z1) in ((outer[a], outer[b], 0, z - 0.06), (inner[b], inner[a], floor, z)):
            s.quad(material, (*p, z0), (q[0] - p[0], q[1] - p[1], 0), (0, 0, z1 - z0), density=density)
        s.quad('paving', (*lip[a], z - 0.06), (lip[b][0] - lip[a][0], lip[b][1] - lip[a][1], 0), (0, 0, 0.06), (1, 0.97, 0.92), density=density * 0.8)
        w = math.dist(lip[a], lip[b])
        chart = s.chart(w, math.dist(lip[a], inner[a]), density)
        points = [(*lip[a], z), (*lip[b], z), (*inner[b], z), (*inner[a], z)]
        h = chart.h
        s.add('paving', points, [(0, 1, 2, 3)], [(p[0], p[1]) for p in points], (1, 0.97, 0.92),
              [(chart, 0, 0), (chart, w, 0), (chart, w - 0.1, h), (chart, 0.1, h)])
    s.polygon(material, inner, floor, density=density)


def _desk(site):
    """The welcome desk left of the arch: a tiled front under a cedar top."""
    s = site.static
    x0, x1, y0, y1 = -5.25, -2.75, -3.35, -2.65
    s.box('dado', (x0 + 0.06, y0 + 0.08, 0.10), (x1 - 0.06, y1, 1.02), 'btn', density=1.3)
    s.box('satin', (x0 + 0.10, y0 + 0.12, 0), (x1 - 0.10, y1, 0.10), 'btn', INK, density=0.6)
    s.box('cedar', (x0 + 0.06, y1 - 0.03, 0.0), (x1 - 0.06, y1, 1.02), 'btwes', (0.8, 0.75, 0.7), density=0.5)
    s.prism('cedar', [(x0, y0), (x1, y0), (x1, y1 + 0.04), (x0, y1 + 0.04)], 1.02, 1.08, grain='u', bevel=0.008, bottom=True, density=1.2)
    site.block('foyer', (x0, y0, 0), (x1, y1 + 0.04, 1.1))
    site.put('tea-set', (x0 + 0.45, y0 + 0.36, 1.08), 0.6)
    site.put('bowl', (x1 - 0.4, y0 + 0.36, 1.08))


def _gate_to_geneva(site):
    """Two closed leaves of cedar with bronze studs in the south gate."""
    s = site.static
    y = SOUTH - 0.32
    for x0, x1 in ((-1.45, -0.01), (0.01, 1.45)):
        s.quad('carved', (x1, y, 0.02), (x0 - x1, 0, 0), (0, 0, 3.6), density=0.9)
    s.quad('satin', (0.01, y - 0.005, 0), (-0.02, 0, 0), (0, 0, 3.4), TINT['black'], density=0.3)
    s.quad('paving', (-1.3, SOUTH - 0.45, 0), (2.6, 0, 0), (0, 0.45, 0))
    site.put('door-metal', (0, y + 0.012, 0), math.pi)


def _booths(site):
    """Three sponsors' booths on the east wall: a cedar frame with a screen-like board, a counter before it."""
    s = site.static
    x = OUTER - 0.02
    for k, y in enumerate(BAYS[:3]):
        half, z0, z1 = 1.28, 1.05, 2.81
        s.box('carved', (x - 0.10, y - half - 0.16, 0.75), (x, y + half + 0.16, 3.05), 'e', (0.95, 0.9, 0.85), density=0.9)
        s.box('cedar', (x - 0.62, y - 0.85, 0), (x - 0.12, y + 0.85, 0.80), 'b', (0.85, 0.8, 0.75), density=0.8)
        s.box('paving', (x - 0.68, y - 0.92, 0.80), (x - 0.10, y + 0.92, 0.85), 'b', (1, 0.97, 0.92), density=1.0, bevel=0.008)
        board = x - 0.104
        site.boards.append(('booth', f'booth-{k + 1}', [(board, y + half, z0), (board, y - half, z0), (board, y - half, z1), (board, y + half, z1)], {}))
        site.block('foyer', (x - 0.68, y - 0.92, 0), (OUTER, y + 0.92, 1))
        site.put('bowl' if k % 2 else 'tea-set', (x - 0.38, y + 0.5, 0.85), math.pi / 2)


def _furnish(site):
    """Low sofas in the western bays, poufs and trays of tea, lanterns, palms."""
    east = math.pi / 2
    s = site.static
    for k, y in enumerate(BAYS):
        s.prism('rug', [(-9.6, y - 1.45), (-6.5, y - 1.45), (-6.5, y + 1.45), (-9.6, y + 1.45)], 0.0, 0.012, density=1.6, grain='u')
        site.put('banquette', (-9.42, y, 0.01), east)
        site.block('foyer', (-OUTER, y - 1.25, 0), (-9.0, y + 1.25, 0.6))
        for i in range(3):
            site.seat(f'sofa-{k + 1}-{i + 1}', (-9.36, y - 0.74 + 0.74 * i, 0), east, 0.42)
        at = (-7.9, y - 0.4, 0.012) if k == 3 else (-8.15, y, 0.012)   # the last bay leaves room to pass the wall fountain, and to stand up in its corner
        site.put('tray-table', at, k * 1.1)
        site.block_turned('foyer', at, (0.7, 0.7, 0.5), 0)
        for i, dy in enumerate((-0.72, 0.72)):
            site.put('pouf', (-7.15, y + dy, 0.012), 0.4 * k + i)
            site.block_turned('foyer', (-7.15, y + dy, 0), (0.42, 0.42, 0.4), 0)
            site.seat(f'pouf-{k + 1}-{i + 1}', (-7.15, y + dy, 0), -east, 0.40)
    site.put('banquette', (7.2, -15.95, 0.0), 0.0)
    site.block('foyer', (5.9, -16.35, 0), (8.5, -15.6, 0.6))
    for i in range(3):
        site.seat(f'screen-{i + 1}', (6.46 + 0.74 * i, -16.0, 0), 0.0, 0.42)
    for k, (x, y) in enumerate(((-6.6, -18.2), (6.6, -18.3), (-9.4, -18.2), (9.4, -1.4), (6.7, -1.4), (-4.9, -14.6), (4.9, -14.6), (4.9, -1.5))):
        name = 'palm' if k % 2 == 0 else 'rubber-fig'
        site.put(name, (x, y, 0), k * 1.7, 1.0 + 0.05 * (k % 3))
        site.block('foyer', (x - 0.28, y - 0.28, 0), (x + 0.28, y + 0.28, 1.5))
    for k, (x, y) in enumerate(((-9.5, -4.4), (-9.5, -11.6), (3.1, -1.5), (-2.4, -18.1), (2.4, -18.1), (-5.0, -1.35))):
        site.put('floor-lantern', (x, y, 0), k * 0.7)
        site.block('foyer', (x - 0.2, y - 0.2, 0), (x + 0.2, y + 0.2, 0.8))
        site.globe_light((x, y, 0.45), 0.08, 7, LAMP)
    site.put('great-lantern', (*FOUNTAIN, TOP - 0.25))
    site.globe_light((*FOUNTAIN, 5.9), 0.35, 260, LAMP)
    for x, y in [(k * 8.05, y) for k in (-1, 1) for y in BAYS] + [(x, -17.2) for x in (-4.6, 4.6)]:
        site.put('lantern', (x, y, LOW), x + y)
        site.globe_light((x, y, 2.85), 0.12, 34, LAMP)
    _saqqaya(site)


def _saqqaya(site):
    """A wall fountain at the north end of the west aisle."""
    s = site.static
    x, y = -7.15, NORTH
    s.box('dado', (x - 0.9, y - 0.75, 0), (x + 0.9, y, 0.62), 'bnt', density=1.2)
    s.quad('paving', (x - 0.95, y - 0.80, 0.62), (1.9, 0, 0), (0, 0.20, 0), (1, 0.97, 0.92))
    s.quad('paving', (x - 0.95, y - 0.60, 0.62), (0.20, 0, 0), (0, 0.60, 0), (1, 0.97, 0.92))
    s.quad('paving', (x + 0.75, y - 0.60, 0.62), (0.20, 0, 0), (0, 0.60, 0), (1, 0.97, 0.92))
    s.box('paving', (x - 0.95, y - 0.80, 0.56), (x + 0.95, y, 0.62), 'btn', (1, 0.97, 0.92), density=0.8)
    s.area = ''
    s.quad('water', (x - 0.75, y - 0.60, 0.57), (1.5, 0, 0), (0, 0.60, 0))
    s.area = 'foyer'
    arch = horseshoe(0.62, 0.75, 0.12, 0.14, 14)
    face = Face(s, (x - 0.95, y - 0.022, 0.62), (1.9, 0, 0), 2.3, 1.2)
    outer = face.ring('tadelakt', arch, 0.95, 0.10, [TINT['white'], TINT['green']], 0.02)
    face.around('gebs', outer, 0.95, (0.95, 2.3))
    panel = Face(s, (x - 0.9, y - 0.012, 0.62), (1.8, 0, 0), 2.2, 1.0)
    panel.rect('dado', 0, 1.8, 0, 2.2)
    site.put('spout', (x, y - 0.02, 1.25))
    site.block('foyer', (x - 0.95, y - 0.8, 0), (x + 0.95, y, 1))


def _light(site):
    """The sun and the sky do most; panels stand for the sky in windows and arch, where they sample better, and lift the aisles."""
    length = NORTH - COURT
    site.panel_light((0, 0.9, 3.2), (4.4, 5.2), 330, (0.95, 0.97, 1.0), (0, -1, -0.25))
    for k in (-1, 1):
        site.panel_light((k * (INNER + 0.5), (NORTH + COURT) / 2, 9.3), (1.2, length), 240, (0.90, 0.95, 1.0), (-k, 0, -0.5))
        site.panel_light((k * 8.2, (NORTH + SOUTH) / 2, ROOF - 0.05), (2.2, 14), 260, WARM)
        site.panel_light((k * 8.05, (NORTH + SOUTH) / 2, LOW - 0.20), (2.2, 16.5), 150, WARM)
    site.panel_light((0, -17.2, ROOF - 0.05), (9, 1.8), 120, WARM)
    site.panel_light((0, -17.2, LOW - 0.20), (12, 1.6), 100, WARM)
    site.panel_light((-OUTER - 0.6, (NORTH + SOUTH) / 2, 2.3), (2.4, 16), 170, (0.92, 0.96, 1.0), (1, 0, -0.1))
    site.panel_light((0, -8.0, TOP - 0.4), (8, 11), 420, (1.0, 0.93, 0.82))
    site.shield((-OUTER - 0.3, SOUTH - 0.6, ROOF + 0.02), (-INNER - 0.36, NORTH, ROOF + 0.2))
    site.shield((INNER + 0.36, SOUTH - 0.6, ROOF + 0.02), (OUTER + 0.3, NORTH, ROOF + 0.2))
    site.shield((-INNER, SOUTH - 0.6, ROOF + 0.02), (INNER, COURT - 0.36, ROOF + 0.2))
    site.shield((-INNER - 0.4, COURT - 0.4, TOP + 0.02), (INNER + 0.4, -0.3, TOP + 0.3))
    site.shield((OUTER + 0.02, SOUTH - 0.6, 0), (OUTER + 0.3, NORTH, ROOF))
    site.shield((-OUTER - 0.3, SOUTH - 0.8, 0), (OUTER + 0.3, SOUTH - 0.5, ROOF))
    site.shield((-OUTER - 0.3, SOUTH - 0.6, UP - 0.18), (-OUTER - 0.02, NORTH, ROOF))


def _marks(site):
    north = math.pi
    site.space('foyer', (-OUTER - 0.5, SOUTH - 0.5, -0.5), (OUTER + 0.4, -0.35, TOP + 0.3), 0.45, [('square', 8)])
    for k, (x, y) in enumerate(((0, -12.6), (-1.6, -12.9), (1.6, -12.9), (-3.2, -12.5), (3.2, -12.5), (-1.2, -14.1), (1.2, -14.1))):
        site.mark('spawn', 'entrance' if k == 0 else f'entrance-{k + 1}', (x, y, 0), north)
    site.mark('spawn', 'from-geneva', (0, -17.0, 0), north)
    site.mark('link', 'to-geneva', (0, SOUTH + 0.55, 0), north, to='geneva', spawn='marrakesh', radius=1.5)
    site.plain('sound-fountain', (*FOUNTAIN, 0.9))
    site.mark('door', 'great-arch', (0, NORTH / 2, 0), north, width=4.5)
    site.zone('reception', (-5.5, -5.6, -0.2), (-2.3, -0.9, 3.0))
    site.zone('tea-lounge', (-OUTER, -15.0, -0.2), (-6.2, -0.9, 3.0))
    site.zone('sponsors', (6.2, -15.2, -0.2), (OUTER, -4.5, 3.0))
    site.zone('donors', (6.2, -4.4, -0.2), (OUTER, -0.9, 3.0))
    for name, x, y, turn in (('foyer-fountain', 0, -10.4, north), ('welcome-desk', -4.0, -4.3, north), ('tea-lounge-middle', -6.6, -8.0, -math.pi / 2),
                             ('sponsor-booths', 7.0, -9.8, math.pi / 2), ('donor-wall', 8.0, -3.4, north), ('great-arch-inside', 0, -3.4, north),
                             ('gate-to-geneva', 0, -16.6, 0.0)):
        site.mark('place', name, (x, y, 0), turn)
    site.mark('dock', 'robot-foyer', (-5.1, -14.0 + 0.3, 0), math.pi / 2)
    # Screens: the event over the court, the sponsors by the gate, the donors at the end of the east aisle.
    y, z0 = COURT + 0.06, UP + 0.98
    site.boards.append(('screen', 'foyer', [(2.05, y, z0), (-2.05, y, z0), (-2.05, y, z0 + 2.306), (2.05, y, z0 + 2.306)], {'shows': 'event'}))
    y = SOUTH + 0.06
    site.boards.append(('screen', 'sponsors', [(9.0, y, 1.35), (5.4, y, 1.35), (5.4, y, 3.375), (9.0, y, 3.375)], {'shows': 'sponsors'}))
    y = NORTH - 0.06
    site.boards.append(('screen', 'donors', [(6.35, y, 1.35), (9.75, y, 1.35), (9.75, y, 3.2625), (6.35, y, 3.2625)], {'shows': 'donors'}))
    for x0, x1, yy, z0, z1, skip in ((-2.2, 2.2, COURT, UP + 0.86, UP + 3.42, 's'), (5.25, 9.15, SOUTH, 1.2, 3.5, 's'), (6.2, 9.9, NORTH - 0.055, 1.2, 3.4, 'n')):
        site.static.box('cedar', (x0, yy, z0), (x1, yy + 0.055, z1), skip, (0.6, 0.55, 0.5), 'x', density=0.6)
