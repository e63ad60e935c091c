"""The square: a walled garden court under the open sky, water along its axis, arcades left and right, a pavilion at its end."""
import math
import random

from geometry import circle
from foyer import GATE, LAMP, WARM, octagon, ring
from materials import TINT, srgb
from shapes import Face, arcade, horseshoe

HALF, DEPTH = 21.0, 38.0           # half width with the arcades, length
FRONT = 17.4                       # half width between the arcades
BAY, BAYS = 3.4, 10                # along the arcades
ARCADE = 4.8                       # height of the arcades' walls
BASIN = (3.0, 8.0, 25.0)           # half width, from, to (outside of its wall)
PAVILION = (0.0, 31.6, 3.6, 0.30)  # middle, half width, floor
ROOM_DOOR = 15.3                   # y of the doors to the rooms left and right
EARTH, LIGHT, CLAY = TINT['earth'], TINT['sand'], TINT['clay']
STEPS = horseshoe(1.12, 1.62, 0.13, 0.15, 14)
ROOM_ARCH = horseshoe(1.02, 1.45, 0.13, 0.15, 18)
WALL = [(0.5, 'paving', (0.82, 0.74, 0.66)), (4.0, 'pise', EARTH), (4.25, 'pise', LIGHT)]


def build(site):
    site.static.area = 'square'
    _ground(site)
    _facade(site)
    for side in (-1, 1):
        _arcade(site, side)
    _parapet(site)
    _basin(site)
    _beds(site)
    _pavilion(site)
    _sails(site)
    _olives(site)
    _benches(site)
    _planting(site)
    _light(site)
    _marks(site)


def _ground(site):
    s = site.static
    w, y0, y1 = BASIN
    bx = 11.4
    # Honey flags over all, brick carpets between the beds, round the basin's place.
    for x0, x1, a, b, material, tint in (
            (-FRONT, FRONT, 0, y0 - 2.4, 'paving', (1, 1, 1)), (-FRONT, FRONT, y1 + 2.4, DEPTH, 'paving', (1, 1, 1)),
            (-FRONT, -bx, y0 - 2.4, y1 + 2.4, 'paving', (1, 1, 1)), (bx, FRONT, y0 - 2.4, y1 + 2.4, 'paving', (1, 1, 1)),
            (-bx, -w, y0 - 2.4, y1 + 2.4, 'bejmat', (1, 1, 1)), (w, bx, y0 - 2.4, y1 + 2.4, 'bejmat', (1, 1, 1)),
            (-w, w, y0 - 2.4, y0, 'bejmat', (1, 1, 1)), (-w, w, y1, y1 + 2.4, 'bejmat', (1, 1, 1))):
        s.quad(material, (x0, a, 0), (x1 - x0, 0, 0), (0, b - a, 0), tint, density=1.25)
    for side in (-1, 1):
        lo, hi = sorted((side * FRONT, side * HALF))
        s.quad('bejmat', (lo, 0, 0), (hi - lo, 0, 0), (0, DEPTH, 0), (0.9, 0.86, 0.82), density=0.9)
    site.walk_box('square', -HALF, 0, HALF, DEPTH, 0)


def _crenels(site, x0, x1, y, z, depth, step=0.75):
    """Stepped merlons along X on a wall that ends at height z."""
    s = site.static
    n = max(1, int((x1 - x0) / step))
    start = x0 + ((x1 - x0) - n * step) / 2
    for i in range(n):
        a = start + i * step + 0.12
        s.box('pise', (a, y, z), (a + step - 0.24, y + depth, z + 0.26), 'b', EARTH, density=0.25)
        s.box('pise', (a + 0.14, y, z + 0.26), (a + step - 0.38, y + depth, z + 0.50), 'b', EARTH, density=0.25)


def _facade(site):
    """The foyer's front: a tall middle with the great arch, lower wings with latticed windows."""
    s = site.static
    middle, tall, wing = 8.0, 10.9, 7.7
    bands = [(0.6, 'paving', (0.82, 0.74, 0.66)), (8.3, 'pise', EARTH), (8.45, 'pise', LIGHT), (9.6, 'gebs', (1, 0.94, 0.86)), (9.75, 'pise', LIGHT), (tall, 'pise', EARTH)]
    style = {'depth': 0.4, 'bands': bands, 'panel': ('gebs', (1.0, 0.93, 0.84)), 'width': 0.55, 'proud': 0.05, 'ring': ('dado', [(1, 1, 1)]), 'faces': 'f', 'density': 1.0,
             'soffit': ('pise', LIGHT), 'soffits': 0.0}
    arcade(s, (middle, 0, 0), (-2 * middle, 0, 0), tall, [(middle, GATE, 3.7, 7.4)], style | {'soffit': ('pise', LIGHT)})
    _crenels(site, -middle, middle, -0.45, tall, 0.45)
    for side in (-1, 1):
        # Returns of the tall part above the wings.
        x = side * middle
        o, u = ((x, -6, wing), (0, 6, 0)) if side > 0 else ((x, 0, wing), (0, -6, 0))
        s.quad('pise', o, u, (0, 0, tall - wing), EARTH, density=0.4)
        window = horseshoe(0.62, 0.75, 0.12, 0.14, 12)
        bands = WALL[:1] + [(6.5, 'pise', EARTH), (6.65, 'pise', LIGHT), (wing, 'pise', EARTH)]
        o = (HALF, 0, 0) if side > 0 else (-middle, 0, 0)
        length = HALF - middle
        low = Face(s, o, (-length, 0, 0), 1.3)
        low.bands(0, length, [(0.6, 'paving', (0.82, 0.74, 0.66)), (1.3, 'pise', EARTH)])
        upper = [(b[0] - 1.3, b[1], b[2]) for b in bands[1:]]
        spots = [1.9 + 3.1 * k for k in range(4)] if side < 0 else [length - 1.9 - 3.1 * k for k in range(4)]
        arcade(s, (o[0], 0, 1.3), (-length, 0, 0), wing - 1.3, [(m, window, 0.98, 2.5) for m in spots],
               {'depth': 0.28, 'bands': upper, 'panel': ('pise', LIGHT), 'width': 0.16, 'proud': 0.02, 'ring': ('pise', [LIGHT, CLAY]), 'step': 2, 'faces': 'f',
                'soffit': ('pise', LIGHT), 'soffits': 0.5})
        for m in spots:
            face = Face(s, (o[0], -0.27, 1.3), (-length, 0, 0), 2.5, 0)
            face.rect('matte', m - 0.9, m + 0.9, 0, 2.4, (0.02, 0.014, 0.01))
            chart = s.chart(1.8, 2.3, 0.5)
            points = [face.at(a, b, 0.03) for a, b in ((m - 0.9, 0), (m + 0.9, 0), (m + 0.9, 2.3), (m - 0.9, 2.3))]
            s.add('lattice', points, [(0, 1, 2, 3)], [(0, 0), (1.8, 0), (1.8, 2.3), (0, 2.3)], (1, 1, 1), [(chart, 0, 0), (chart, 1.8, 0), (chart, 1.8, 2.3), (chart, 0, 2.3)])
            face.static.quad('pise', (o[0] - m + 0.8, 0, 1.3), (-1.6, 0, 0), (0, -0.28, 0), LIGHT, density=0.3)
        lo, hi = sorted((side * middle, side * HALF))
        _crenels(site, lo, hi, -0.35, wing, 0.35)
    site.block('square', (-HALF, -0.4, 0), (-2.25, 0, 3))
    site.block('square', (2.25, -0.4, 0), (HALF, 0, 3))


def _arcade(site, side):
    """Ten bays before a back wall, under a lean-to roof of glazed tiles."""
    s = site.static
    length = BAY * BAYS
    style = {'depth': 0.55, 'bands': WALL + [(ARCADE, 'pise', EARTH)], 'panel': ('pise', LIGHT), 'width': 0.20, 'proud': 0.02, 'ring': ('pise', [LIGHT, CLAY]), 'step': 2,
             'density': 0.85, 'back': 0.6, 'soffit': ('pise', LIGHT), 'soffits': 0.5}
    openings = [(BAY * (k + 0.5), STEPS, 1.55, 3.75) for k in range(BAYS)]
    x = side * FRONT
    o, u = ((x, length, 0), (0, -length, 0)) if side > 0 else ((x, 0, 0), (0, length, 0))
    arcade(s, o, u, ARCADE, openings, style)
    # The wall behind, with the door to a room.
    top = 6.3
    x = side * HALF
    o, u = ((x, DEPTH, 0), (0, -DEPTH, 0)) if side > 0 else ((x, 0, 0), (0, DEPTH, 0))
    at = DEPTH - ROOM_DOOR if side > 0 else ROOM_DOOR
    back = {'depth': 0.6, 'bands': [(1.2, 'dado', (1, 1, 1)), (1.27, 'satin', srgb('#1f2a2c')), (5.4, 'pise', EARTH), (5.55, 'pise', LIGHT), (top, 'pise', EARTH)],
            'panel': ('gebs', (1, 0.95, 0.88)), 'width': 0.22, 'proud': 0.02, 'ring': ('pise', [LIGHT, TINT['teal']]), 'step': 2, 'faces': 'f', 'density': 0.7,
            'soffit': ('pise', LIGHT), 'soffits': 0.8}
    arcade(s, o, u, top, [(at, ROOM_ARCH, 1.75, 3.65)], back)
    # Ceiling, end wall, roof.
    lo, hi = sorted((side * (FRONT + 0.5), side * HALF))
    s.quad('cedar', (lo, 0, 4.3), (0, length, 0), (hi - lo, 0, 0), (0.6, 0.54, 0.48), 'u', 0.4)
    y = 0.4
    while y < length - 0.2:
        s.box('cedar', (lo, y, 4.12), (hi, y + 0.14, 4.3), 'twe', (0.85, 0.8, 0.74), 'x', density=0.25)
        y += 0.85
    e, w, z0, z1 = side * (FRONT - 0.35), side * HALF, ARCADE - 0.02, 5.75
    points = [(e, 0, z0), (e, length + 0.3, z0), (w, length + 0.3, z1), (w, 0, z1)]
    run = math.dist((e, z0), (w, z1))
    chart = s.chart(length + 0.3, run, 0.5)
    lights = [(chart, 0, 0), (chart, length + 0.3, 0), (chart, length + 0.3, run), (chart, 0, run)]
    face = (0, 1, 2, 3) if side < 0 else (3, 2, 1, 0)
    green = TINT['green']
    s.add('tiles', points, [face], [(0, 0), (length + 0.3, 0), (length + 0.3, run), (0, run)], green, lights)
    lip = [(e, 0, z0 - 0.07), (e, length + 0.3, z0 - 0.07), (e, length + 0.3, z0), (e, 0, z0)]
    s.add('tiles', lip, [(0, 1, 2, 3) if side < 0 else (3, 2, 1, 0)], [(0, 0.2), (length + 0.3, 0.2), (length + 0.3, 0.26), (0, 0.26)], tuple(0.8 * c for c in green),
          [(chart, 0, 0), (chart, length + 0.3, 0), (chart, length + 0.3, 0.05), (chart, 0, 0.05)])
    under = [(e, 0, z0 - 0.07), (e, length + 0.3, z0 - 0.07), (side * FRONT, length + 0.3, z0 - 0.07), (side * FRONT, 0, z0 - 0.07)]
    s.add('cedar', under, [(3, 2, 1, 0) if side < 0 else (0, 1, 2, 3)], [(0, 0), (0, length), (0.35, length), (0.35, 0)], (0.5, 0.45, 0.4),
          [(chart, 0, 0)] * 4)
    lo, hi = sorted((side * (FRONT + 0.0), side * HALF))
    end = Face(s, (hi, length + 0.001, 0), (lo - hi, 0, 0), z1, 0.5)
    gate = horseshoe(1.1, 1.6, 0.13, 0.15, 14)
    outer = end.ring('pise', gate, (hi - lo) / 2, 0.18, [LIGHT, CLAY], 0.0, 2)
    end.around('pise', outer, (hi - lo) / 2, ((hi - lo) / 2, ARCADE - 0.1), EARTH)
    site.block('square', (lo, length - 0.3, 0), (lo + 0.6, length, 2))
    site.block('square', (hi - 0.6, length - 0.3, 0), (hi, length, 2))
    for k in range(BAYS + 1):
        y = BAY * k
        a, b = sorted((side * FRONT, side * (FRONT + 0.55)))
        site.block('square', (a, max(0, y - 0.58), 0), (b, min(length, y + 0.58), 2))
    a, b = sorted((side * HALF, side * (HALF + 0.5)))
    site.block('square', (a, 0, 0), (b, ROOM_DOOR - 1.02, 3))
    site.block('square', (a, ROOM_DOOR + 1.02, 0), (b, DEPTH, 3))


def _parapet(site):
    """A low wall at the far end, so that garden and mountains are in the picture, with pots between."""
    s = site.static
    h = 0.92
    for x0, x1 in ((-HALF, HALF),):
        s.box('pise', (x0, DEPTH, -1.2), (x1, DEPTH + 0.4, h), 'tb', EARTH, density=0.6)
        s.quad('paving', (x0 - 0.04, DEPTH - 0.05, h), (x1 - x0 + 0.08, 0, 0), (0, 0.5, 0), (1, 0.96, 0.9), density=0.7)
        s.box('paving', (x0 - 0.04, DEPTH - 0.05, h - 0.07), (x1 + 0.04, DEPTH + 0.45, h), 'tb', (0.95, 0.9, 0.84), 'x', density=0.4)
    site.block('square', (-HALF, DEPTH - 0.05, 0), (HALF, DEPTH + 0.4, 1.2))
    for k in range(-5, 6):
        if k == 0:
            continue
        x = 3.7 * k
        box = Face(s, (x - 0.95, DEPTH - 0.014, 0.12), (1.9, 0, 0), 0.62, 0.7)
        box.rect('dado', 0, 1.9, 0, 0.6)


def _basin(site):
    """The long water, its tiled floor, and a narrow rill from the pavilion."""
    s = site.static
    w, y0, y1 = BASIN
    inner = 0.42
    z = 0.36
    outline = [(-w, y0), (w, y0), (w, y1), (-w, y1)]
    lip = [(-w - 0.04, y0 - 0.04), (w + 0.04, y0 - 0.04), (w + 0.04, y1 + 0.04), (-w - 0.04, y1 + 0.04)]
    inside = [(-w + inner, y0 + inner), (w - inner, y0 + inner), (w - inner, y1 - inner), (-w + inner, y1 - inner)]
    ring(s, outline, lip, inside, z, -0.30, density=0.9)
    s.area = ''
    s.polygon('water', inside, 0.24)
    s.area = 'square'
    site.block('square', (-w - 0.04, y0 - 0.04, 0), (w + 0.04, y1 + 0.04, 1))
    # A star-shaped jet stand at each end, and one in the middle.
    for y in (y0 + 2.0, (y0 + y1) / 2, y1 - 2.0):
        s.prism('paving', octagon(0, y, 0.55), -0.30, 0.30, (1, 0.97, 0.92), bevel=0.02, density=0.8)
        s.prism('dado', octagon(0, y, 0.34), 0.30, 0.36, density=0.8)
    # The rill.
    a, b = y1 + 0.04, PAVILION[1] - PAVILION[2] - 0.7
    s.quad('dado', (-0.22, a, 0.004), (0.44, 0, 0), (0, b - a, 0), density=0.6)
    s.area = ''
    s.quad('water', (-0.16, a, 0.012), (0.32, 0, 0), (0, b - a, 0))
    s.area = 'square'


def _beds(site):
    """Four beds with bitter oranges."""
    s = site.static
    for side in (-1, 1):
        for y0, y1 in ((8.4, 15.4), (17.6, 24.6)):
            lo, hi = sorted((side * 6.3, side * 10.3))
            z, t = 0.26, 0.22
            for a, b, c, d, skip in ((lo, y0, hi, y0 + t, 'b'), (lo, y1 - t, hi, y1, 'b'), (lo, y0 + t, lo + t, y1 - t, 'bns'), (hi - t, y0 + t, hi, y1 - t, 'bns')):
                s.box('paving', (a, b, 0), (c, d, z), skip, (0.96, 0.90, 0.82), density=0.7)
            s.quad('matte', (lo + t, y0 + t, 0.20), (hi - lo - 2 * t, 0, 0), (0, y1 - y0 - 2 * t, 0), TINT['soil'], density=0.7)
            site.block('square', (lo, y0, 0), (hi, y1, 1))
            mid = (lo + hi) / 2
            rng_turn = 0.13
            for k in range(3):
                y = y0 + 1.25 + 2.25 * k
                site.put('orange-tree', (mid + 0.2 * (-1) ** k, y, 0.18), rng_turn * ((k * 7 + (y0 > 16) * 3) % 5 - 2), 1.0 + 0.06 * ((k + (side > 0)) % 3 - 1))
            for k in range(14):
                a = lo + 0.6 + (hi - lo - 1.2) * ((k * 0.618) % 1)
                y = y0 + 0.6 + (y1 - y0 - 1.2) * ((k + 0.5) / 14)
                site.put('shrub', (a, y, 0.12), 0.2 * (k % 5 - 2), 0.85 + 0.35 * ((k * 0.37) % 1))


def hip_roof(s, middle, half, z0, z1, tint, density=0.7):
    """A pyramid of glazed tiles with an eave."""
    cx, cy = middle
    corners = [(cx - half, cy - half), (cx + half, cy - half), (cx + half, cy + half), (cx - half, cy + half)]
    slope = math.hypot(half, z1 - z0)
    for i in range(4):
        p, q = corners[i], corners[(i + 1) % 4]
        chart = s.chart(2 * half, slope, density)
        s.add('tiles', [(*p, z0), (*q, z0), (cx, cy, z1)], [(0, 1, 2)], [(0, 0), (2 * half, 0), (half, slope)], tint, [(chart, 0, 0), (chart, 2 * half, 0), (chart, half, slope)])
        s.add('tiles', [(*p, z0 - 0.10), (*q, z0 - 0.10), (*q, z0), (*p, z0)], [(0, 1, 2, 3)], [(0, 0.2), (2 * half, 0.2), (2 * half, 0.27), (0, 0.27)],
              tuple(0.75 * c for c in tint), [(chart, 0, 0), (chart, 2 * half, 0), (chart, 2 * half, 0.05), (chart, 0, 0.05)])


def _pavilion(site):
    """An open pavilion (menzeh) on two steps under a pyramid of green tiles: three arches a side."""
    s = site.static
    cx, cy, half, z = PAVILION
    for k, (grow, top) in enumerate(((0.75, z / 2), (0.4, z))):
        a = half + grow
        s.box('paving', (cx - a, cy - a, 0), (cx + a, cy + a, top), 'tb', (1, 0.96, 0.9), density=0.7)
        inner = half + 0.4 if k == 0 else 0
        if inner:
            for x0, y0, x1, y1 in ((-a, -a, a, -inner), (-a, inner, a, a), (-a, -inner, -inner, inner), (inner, -inner, a, inner)):
                s.quad('paving', (cx + x0, cy + y0, top), (x1 - x0, 0, 0), (0, y1 - y0, 0), (1, 0.96, 0.9), density=0.7)
        site.walk_box('square', cx - a, cy - a, cx + a, cy + a, top)
    a = half + 0.4
    f = half - 0.35
    s.quad('zellige', (cx - f, cy - f, z), (2 * f, 0, 0), (0, 2 * f, 0), density=1.1)
    for x0, y0, x1, y1 in ((-a, -a, a, -f), (-a, f, a, a), (-a, -f, -f, f), (f, -f, a, f)):
        s.quad('paving', (cx + x0, cy + y0, z), (x1 - x0, 0, 0), (0, y1 - y0, 0), (1, 0.96, 0.9), density=0.8)
    tall = 4.5
    big, small = horseshoe(1.05, 1.85, 0.13, 0.16, 16), horseshoe(0.72, 2.05, 0.13, 0.16, 14)
    style = {'depth': 0.35, 'bands': [(3.95, 'gebs', (1, 0.94, 0.86)), (4.1, 'cedar', (0.8, 0.74, 0.68)), (tall, 'carved', (1, 1, 1))], 'panel': ('gebs', (1, 0.94, 0.86)), 'width': 0.13,
             'proud': 0.02, 'ring': ('pise', [LIGHT, TINT['teal']]), 'step': 2, 'density': 0.9, 'back': 0.8, 'soffit': ('tadelakt', TINT['ivory']), 'soffits': 0.6}
    for o, u in (((cx - half, cy - half, z), (2 * half, 0, 0)), ((cx + half, cy - half, z), (0, 2 * half, 0)), ((cx + half, cy + half, z), (-2 * half, 0, 0)),
                 ((cx - half, cy + half, z), (0, -2 * half, 0))):
        arcade(s, o, u, tall, [(1.25, small, 0.98, 3.9), (half, big, 1.36, 3.9), (2 * half - 1.25, small, 0.98, 3.9)], style)
    top = z + tall
    hip_roof(s, (cx, cy), half + 0.65, top, top + 2.9, TINT['green'])
    e = half + 0.65
    s.quad('cedar', (cx - e, cy - e, top - 0.1), (0, 2 * e, 0), (2 * e, 0, 0), (0.55, 0.5, 0.45), density=0.4)
    s.quad('carved', (cx - half + 0.35, cy - half + 0.35, top - 0.12), (0, 2 * half - 0.7, 0), (2 * half - 0.7, 0, 0), density=0.7)
    site.put('finial', (cx, cy, top + 2.85))
    site.put('lantern', (cx, cy, top - 0.12), 0, 1.2)
    # Piers: corners, and between the arches.
    for p in (-half, half):
        for q in (-half, half):
            site.block('square', (cx + min(p, p * 0.84), cy + min(q, q * 0.84), z), (cx + max(p, p * 0.84), cy + max(q, q * 0.84), 3))
    for k in (-1, 1):
        for m in (-1.32, 1.32):
            lo, hi = sorted((k * half, k * (half - 0.35)))
            site.block('square', (cx + m - 0.24, cy + lo, z), (cx + m + 0.24, cy + hi, 3))
            site.block('square', (cx + lo, cy + m - 0.24, z), (cx + hi, cy + m + 0.24, 3))
    # The steps' corner would be climbed inside the wall otherwise: nothing else stands in the way.
    site.put('viewer', (cx, cy + 0.5, z)).name = 'viewer-stand'
    site.block('square', (cx - 0.45, cy + 0.05, z), (cx + 0.45, cy + 0.95, 2))


def _sails(site):
    """Three linen sails over the tables on the right, on cedar masts."""
    s = site.static
    masts = [(8.6, 1.7, 4.3), (16.6, 1.9, 5.4), (16.7, 7.4, 4.2), (12.4, 7.6, 5.6), (11.6, 1.2, 5.2)]
    s.area = 'square'
    for x, y, h in masts:
        s.prism('cedar', circle(x, y, 0.07, 8), 0, h, (0.75, 0.7, 0.64), density=0.35)
        site.block('square', (x - 0.15, y - 0.15, 0), (x + 0.15, y + 0.15, 2))
    linen = srgb('#eadcc0')
    for a, b, c, tint in (((8.6, 1.7, 4.25), (16.7, 7.4, 4.15), (12.4, 7.6, 5.5), linen), ((11.6, 1.2, 5.15), (16.6, 1.9, 5.35), (16.7, 7.4, 4.1), srgb('#c98b5a')),):
        _sail(s, a, b, c, tint)
    for k, (x, y) in enumerate(((11.9, 3.4), (14.9, 3.7), (13.4, 5.9))):
        site.put('cafe-table', (x, y, 0), k * 1.3)
        site.block_turned('square', (x, y, 0), (0.66, 0.66, 0.6), 0.4)
        for i in range(3):
            a = 0.5 + 2 * math.pi * i / 3 + k
            px, py = x + 0.82 * math.cos(a), y + 0.82 * math.sin(a)
            turn = a - math.pi / 2
            site.put('pouf', (px, py, 0), a)
            site.block_turned('square', (px, py, 0), (0.42, 0.42, 0.4), 0)
            site.seat(f'sail-{k + 1}-{i + 1}', (px, py, 0), turn, 0.40)


def _sail(s, a, b, c, tint, n=8):
    """A hollow triangle of cloth; both sides drawn."""
    def at(i, j):
        u, v = i / n, j / n
        w = 1 - u - v
        sag = -0.9 * (u * v + v * w + w * u)
        return tuple(u * a[k] + v * b[k] + w * c[k] + (sag if k == 2 else 0) for k in range(3))
    chart = s.chart(6, 6, 0.8)
    chart2 = s.chart(6, 6, 0.5)
    points, uvs, faces, index = [], [], [], {}
    for i in range(n + 1):
        for j in range(n + 1 - i):
            index[(i, j)] = len(points)
            points.append(at(i, j))
            uvs.append((i / n, j / n))
    for i in range(n):
        for j in range(n - i):
            faces.append((index[(i, j)], index[(i + 1, j)], index[(i, j + 1)]))
            if i + j < n - 1:
                faces.append((index[(i + 1, j)], index[(i + 1, j + 1)], index[(i, j + 1)]))
    for sheet, flip, dz in ((chart, False, 0.0), (chart2, True, 0.012)):
        moved = [(x, y, z + (dz if not flip else -dz)) for x, y, z in points]
        s.add('fabric', moved, [f[::-1] if flip else f for f in faces], [(u * 6, v * 6) for u, v in uvs], tint, [(sheet, u * 6, v * 6) for u, v in uvs])


def _olives(site):
    """Two old olives in round beds with a bench about them."""
    s = site.static
    for side in (-1, 1):
        x, y = side * 14.2, 20.5 if side > 0 else 10.5
        outer, lip, inner = circle(x, y, 1.45, 20), circle(x, y, 1.75, 20), circle(x, y, 1.30, 20)
        z = 0.45
        for a in range(20):
            b = (a + 1) % 20
            p, q = outer[a], outer[b]
            s.quad('dado', (*p, 0), (q[0] - p[0], q[1] - p[1], 0), (0, 0, z - 0.07), density=0.6)
            s.quad('cedar', (*lip[a], z - 0.07), (lip[b][0] - lip[a][0], lip[b][1] - lip[a][1], 0), (0, 0, 0.07), (1, 0.95, 0.9), density=0.4)
        chart = s.chart(3.5, 3.5, 1.0)
        rim = lip + inner
        s.add('cedar', [(*p, z) for p in rim], [(i, (i + 1) % 20, 20 + (i + 1) % 20, 20 + i) for i in range(20)], [(p[0], p[1]) for p in rim], (1, 0.95, 0.9),
              [(chart, p[0] - x + 1.75, p[1] - y + 1.75) for p in rim])
        soil = s.chart(2.6, 2.6, 0.8)
        s.add('matte', [(*p, z - 0.06) for p in inner], [tuple(range(20))], [(p[0], p[1]) for p in inner], TINT['soil'], [(soil, p[0] - x + 1.3, p[1] - y + 1.3) for p in inner])
        under = [(*p, z - 0.07) for p in lip + outer]
        s.add('cedar', under, [(20 + i, 20 + (i + 1) % 20, (i + 1) % 20, i) for i in range(20)], [(p[0], p[1]) for p in lip + outer], (0.4, 0.36, 0.32), [(soil, 0, 0)] * 40)
        site.put('olive-tree', (x, y, 0.35), 0.15 * side)
        for k in range(5):
            a = k * 1.25
            site.put('shrub', (x + 0.85 * math.cos(a), y + 0.85 * math.sin(a), 0.30), 0.2 * k, 0.7)
        p = circle(x, y, 1.75, 12)
        site.block_mesh('square', [(a, b, 0) for a, b in p] + [(a, b, 0.6) for a, b in p], [tuple(range(12))[::-1], tuple(range(12, 24))] + [
            (i, (i + 1) % 12, 12 + (i + 1) % 12, 12 + i) for i in range(12)])
        for k in range(8):
            a = math.pi / 4 * k + 0.2
            site.seat(f'olive-{"east" if side > 0 else "west"}-{k + 1}', (x + 1.55 * math.cos(a), y + 1.55 * math.sin(a), 0), a + math.pi / 2, 0.45)


def _benches(site):
    """Cedar benches with stone feet along the basin."""
    s = site.static
    number = 0
    for side in (-1, 1):
        for y in (10.0, 14.0, 19.0, 23.0):
            number += 1
            x = side * 5.15
            lo, hi = x - 0.24, x + 0.24
            s.box('cedar', (lo, y - 1.0, 0.39), (hi, y + 1.0, 0.45), '', (1, 0.95, 0.9), 'y', density=0.8, bevel=0.006)
            for d in (-0.78, 0.62):
                s.box('paving', (lo + 0.04, y + d, 0), (hi - 0.04, y + d + 0.16, 0.39), 'bt', (1, 0.96, 0.9), density=0.5)
            site.block('square', (lo, y - 1.0, 0), (hi, y + 1.0, 0.5))
            for k in range(3):
                site.seat(f'bench-{number}-{k + 1}', (x - side * 0.0, y - 0.62 + 0.62 * k, 0), -math.pi / 2 if side > 0 else math.pi / 2, 0.45)


def pot(s, x, y, r, h, tint):
    """A terracotta pot, lit by the bake like the walls."""
    for (r0, z0), (r1, z1) in zip(((0.62, 0.0), (0.92, 0.45), (1.0, 0.86), (1.06, 0.86), (1.06, 1.0)), ((0.92, 0.45), (1.0, 0.86), (1.06, 0.86), (1.06, 1.0), (0.92, 1.0))):
        low, high = [(*p, z0 * h) for p in circle(x, y, r0 * r, 14)], [(*p, z1 * h) for p in circle(x, y, r1 * r, 14)]
        s.strip('pise', low + low[:1], high + high[:1], tint, density=0.5)
    s.polygon('matte', circle(x, y, 0.92 * r, 14), h - 0.05, TINT['soil'], density=0.3)


def _planting(site):
    s = site.static
    for k, (x, y, scale) in enumerate(((-13.8, 4.4, 1.0), (13.6, 11.6, 1.08), (-13.9, 25.8, 1.12), (13.9, 26.4, 0.96), (-6.8, 28.4, 1.05), (6.9, 28.6, 0.98), (-14.4, 35.6, 0.9), (14.6, 35.4, 1.02))):
        outer = octagon(x, y, 0.75)
        ring(s, outer, octagon(x, y, 0.79), octagon(x, y, 0.60), 0.30, 0.22, 'dado', 0.6)
        site.put('date-palm', (x, y, 0.15), 0.16 * (k % 5 - 2), scale)
        for i in range(3):
            site.put('shrub', (x + 0.35 * math.cos(2.1 * i), y + 0.35 * math.sin(2.1 * i), 0.15), 0.2 * i, 0.55)
        site.block('square', (x - 0.78, y - 0.78, 0), (x + 0.78, y + 0.78, 1))
    for x, y in ((-5.6, 29.2), (5.6, 29.2), (-5.6, 34.6), (5.6, 34.6), (-9.4, 1.1), (9.4, 0.95), (-16.2, 1.2)):
        pot(s, x, y, 0.42, 0.62, TINT['terracotta'])
        site.put('cypress', (x, y, 0.45), 0.1 * x, 0.78)
        site.block('square', (x - 0.42, y - 0.42, 0), (x + 0.42, y + 0.42, 1))
    for k, (x, y) in enumerate(((-3.6, 0.75), (3.6, 0.75), (-16.5, 7.0), (16.5, 13.4), (-16.5, 20.4), (16.4, 22.4), (-11.8, 36.6), (11.8, 36.6), (-4.6, 36.9), (4.6, 36.9), (-19.5, 37.0), (19.5, 37.0))):
        pot(s, x, y, 0.36, 0.55, (TINT['terracotta'], TINT['teal'], TINT['clay'])[k % 3])
        site.put('shrub', (x, y, 0.42), 0.3 * (k % 3), 0.95)
        site.block('square', (x - 0.38, y - 0.38, 0), (x + 0.38, y + 0.38, 1))
    for x, y, turn in ((-6.6, 0.02, math.pi), (-11.9, 0.02, math.pi), (13.0, 0.02, math.pi)):
        site.put('bougainvillea', (x, y, 0), turn, 1.05)
        site.block('square', (x - 0.4, y, 0), (x + 0.4, y + 0.5, 1))
    _grove(site)
    for x, y, k in ((-26.5, 3, 1.0), (-25.5, 29, 1.15), (26, 29, 1.1), (25.5, 2, 1.0), (-27, 35, 0.95), (28, 36, 1.0), (-14, -4, 1.2)):
        if not (abs(x) < 20):
            site.scenery('date-palm', (x, y, 0), 0.1 * k, k * 1.15)


def _slope(y):
    """Height of the ground beyond the far wall."""
    return -1.3 - 0.055 * max(0.0, y - 38)


def _grove(site):
    """Beyond the far wall the ground falls away to the palm grove; the picture takes over where these trees end."""
    s, rng = site.static, random.Random(31)
    area, s.area = s.area, ''
    xs, ys = [-150 + 10 * i for i in range(31)], [38.2, 42, 47, 53, 60, 68, 78, 90, 104, 120, 140, 158]
    points, tints = [], []
    for y in ys:
        for x in xs:
            points.append((x, y, _slope(y)))
            k, green = rng.uniform(0.75, 1.1), rng.random() * 0.6
            tints.append(tuple(k * (a + (b - a) * green) for a, b in zip((0.60, 0.36, 0.20), (0.30, 0.33, 0.09))))
    n = len(xs)
    faces = [(r * n + i, r * n + i + 1, (r + 1) * n + i + 1, (r + 1) * n + i) for r in range(len(ys) - 1) for i in range(n - 1)]
    s.add('matte', points, faces, [(p[0], p[1]) for p in points], tints)
    s.area = area
    for k in range(22):
        x, y = -52 + 104 * ((k + 0.3) / 22), 47 + 46 * ((k * 0.618034) % 1)
        if abs(x) < 10 and y < 70:
            y += 30
        site.scenery('date-palm', (x, y, _slope(y) - 0.1), 0.3 * (k % 3 - 1), 0.85 + 0.3 * ((k * 0.37) % 1))
    for k in range(26):
        x, y = -60 + 120 * ((k * 0.381966) % 1), 43 + 40 * ((k * 0.618034) % 1)
        site.scenery('olive-tree', (x, y, _slope(y) - 0.15), 0.3 * (k % 3 - 1), 0.85 + 0.3 * ((k * 0.53) % 1))


def _light(site):
    for k in (-1, 1):
        site.panel_light((k * 19.2, 17, 4.05), (1.6, 32), 330, WARM)
        for i in range(5):
            y = BAY * (2 * i + 1)
            site.put('lantern', (k * 19.25, y, 4.3), y)
            site.globe_light((k * 19.25, y, 2.95), 0.12, 16, LAMP)


def _marks(site):
    north, south, east, west = math.pi, 0.0, math.pi / 2, -math.pi / 2
    site.space('square', (-HALF - 0.3, -0.45, -1.0), (HALF + 0.3, DEPTH + 0.3, 9.0), 0.05, [('pavilion', 4), ('exhibition', 14), ('workshop', 14)])
    cx, cy, half, z = PAVILION
    site.space('pavilion', (cx - half - 0.1, cy - half - 0.1, -0.2), (cx + half + 0.1, cy + half + 0.1, 6.0), 0.12)
    site.mark('door', 'exhibition-door', (HALF + 0.25, ROOM_DOOR, 0), west, width=2.0)
    site.mark('door', 'workshop-door', (-HALF - 0.25, ROOM_DOOR, 0), east, width=2.0)
    site.mark('spawn', 'square', (0, 4.4, 0), north)
    site.mark('panorama', 'dawn', (cx, cy - 0.75, z), north, node='viewer-stand')
    for name, x, y, turn in (('square-arch', 0, 2.2, north), ('water-south', 0, 6.6, north), ('water-north', 0, 26.6, south), ('under-the-sails', 13.4, 4.6, west),
                             ('olive-bench', -14.2, 8.2, south), ('far-wall', -9.0, 36.6, north), ('pavilion-steps', 0, 27.2, north),
                             ('exhibition-entrance', 19.0, ROOM_DOOR, east), ('workshop-entrance', -19.0, ROOM_DOOR, west)):
        site.mark('place', name, (x, y, 0), turn)
    site.mark('place', 'panorama-stand', (cx, cy - 1.3, z), north)
    site.zone('water-garden', (-11.4, 7.0, -0.5), (11.4, 26.2, 4.0))
    site.zone('sail-terrace', (8.6, 1.0, -0.5), (17.2, 8.0, 4.0))
    site.plain('sound-water', (0, (BASIN[1] + BASIN[2]) / 2, 0.3))
