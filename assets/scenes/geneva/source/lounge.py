"""The lounge: 30 m x 12 m, 4 m high, glazed to the lake (+Y), the hall behind (-Y), a meeting room at each end."""
import math
import random

from geometry import circle, rounded
from materials import TINT, srgb
from venue import slats, wall

W, D, H = 15.0, 12.0, 4.0           # half width, depth, ceiling (metres)
LOW = 3.86                          # lower face of the ceiling's slats and border
DOORS = [(-9.6, -6.4), (6.4, 9.6)]  # openings to the hall, along X
DOOR_TOP = 2.6
ROOM_DOOR = (1.9, 3.9, 2.4)         # opening to a meeting room: from, to (along Y), top
WALL = 0.4                          # thickness of the wall to the hall
WARM, DAY = (1.0, 0.80, 0.58), (0.88, 0.94, 1.0)


def build(site):
    site.static.area = 'lounge'
    _floor(site)
    _walls(site)
    _ceiling(site)
    _glazing(site)
    _bar(site)
    _art(site)
    _furnish(site)
    _light(site)
    _marks(site)


def _floor(site):
    s = site.static
    s.quad('stone', (-W, 0, 0), (2 * W, 0, 0), (0, D, 0), grain='v', density=1.15)
    for x0, x1 in DOORS:
        s.quad('stone', (x0, -WALL, 0), (x1 - x0, 0, 0), (0, WALL, 0))
        site.walk_box('lounge', x0, -WALL - 0.05, x1, 0.05, 0)
    for x, y, w, d, tone in ((-10.9, 8.4, 5.0, 4.2, 'rug'), (-3.9, 8.4, 4.6, 4.2, 'lake'), (3.9, 8.4, 4.6, 4.2, 'lake'),
                             (10.9, 8.4, 5.0, 4.2, 'rug')):
        s.prism('carpet', rounded(x - w / 2, y - d / 2, x + w / 2, y + d / 2, 0.06, 2), 0.0, 0.014, TINT[tone], density=1.2,
                bevel=0.006)
    site.walk_box('lounge', -W, 0, W, D, 0)


def _walls(site):
    s, rng = site.static, random.Random(1)
    # South wall (faces the lake): plaster, walked round its doorways.
    wall(s, 'paint', (W, 0, 0), (-2 * W, 0, 0), LOW, [(W - x1, W - x0, DOOR_TOP) for x0, x1 in DOORS], TINT['plaster'])
    for x0, x1 in DOORS:
        _portal(site, x0, x1)
    y0, y1, top = ROOM_DOOR
    for side in (-1, 1):
        x = side * W
        spans = [(0.0, y0 - 0.10), (y1 + 0.10, D)]
        for a, b in spans:
            if side < 0:
                slats(s, 'oak', (x + 0.05, a, 0), (0, b - a, 0), (0, 0, LOW), rng=rng)
            else:
                slats(s, 'oak', (x - 0.05, b, 0), (0, a - b, 0), (0, 0, LOW), rng=rng)
        a, b = y0 - 0.10, y1 + 0.10
        o, u = ((x + 0.05, a, top + 0.08), (0, b - a, 0)) if side < 0 else ((x - 0.05, b, top + 0.08), (0, a - b, 0))
        slats(s, 'oak', o, u, (0, 0, LOW - top - 0.08), rng=rng)
        lo, hi = sorted((x - side * 0.07, x + side * 0.22))
        s.box('oak', (lo, a, 0), (hi, y0, top + 0.08), 'b', TINT['walnut'], density=0.7)
        s.box('oak', (lo, y1, 0), (hi, b, top + 0.08), 'b', TINT['walnut'], density=0.7)
        s.box('oak', (lo, y0, top), (hi, y1, top + 0.08), 'ns', TINT['walnut'], 'y', density=0.7)
        s.quad('stone', (min(x, x + side * 0.2), y0, 0), (0.2, 0, 0), (0, y1 - y0, 0))
        site.walk_box('lounge', min(x, x + side * 0.2) - 0.05, y0, max(x, x + side * 0.2) + 0.05, y1, 0)
        lo, hi = min(x, x + side * 0.2), max(x, x + side * 0.2)
        site.block('walls', (lo, -0.4, 0), (hi, y0, 3))
        site.block('walls', (lo, y1, 0), (hi, D + 0.2, 3))
    site.block('walls', (-24, D, 0), (24, D + 0.2, 3))
    for a, b in ((-24, -9.6), (-6.4, 6.4), (9.6, 24)):
        site.block('walls', (a, -WALL, 0), (b, 0, 3))


def _portal(site, x0, x1):
    """The lining of a doorway to the hall, with its two leaves folded back against the hall's wall."""
    s = site.static
    f, y0, y1 = 0.10, -WALL - 0.02, 0.06
    s.box('oak', (x0 - f, y0, 0), (x0, y1, DOOR_TOP + f), 'b', TINT['walnut'])
    s.box('oak', (x1, y0, 0), (x1 + f, y1, DOOR_TOP + f), 'b', TINT['walnut'])
    s.box('oak', (x0, y0, DOOR_TOP), (x1, y1, DOOR_TOP + f), 'we', TINT['walnut'], 'x')


def _ceiling(site):
    s, rng = site.static, random.Random(2)
    low, edge = LOW, 0.7
    bands = [(edge, 3.84), (3.96, 7.74), (7.86, D - edge)]
    for a, b in bands:
        slats(s, 'oak', (-W + edge, b, low), (2 * W - 2 * edge, 0, 0), (0, a - b, 0), 0.06, 0.16, 0.12, density=0.8, rng=rng)
        _frame(s, edge - W, W - edge, a, b, low)
    white = TINT['white']
    for x, y, w, d in ((-W, 0, 2 * W, edge), (-W, D - edge, 2 * W, edge), (-W, edge, edge, D - 2 * edge),
                       (W - edge, edge, edge, D - 2 * edge)):
        s.quad('paint', (x, y + d, low), (w, 0, 0), (0, -d, 0), white, density=0.8)
    for (_, a), (b, _) in zip(bands, bands[1:]):
        s.area = ''
        s.quad('light', (-W + edge, b, low + 0.01), (2 * W - 2 * edge, 0, 0), (0, a - b, 0))
        s.area = 'lounge'


def _frame(s, x0, x1, y0, y1, z):
    """The upright edges round a field of ceiling slats, seen from inside the field."""
    s.area = ''
    dark, up = (0.02, 0.017, 0.014), (0, 0, 0.13)
    s.quad('satin', (x0, y0, z), (0, y1 - y0, 0), up, dark)
    s.quad('satin', (x1, y1, z), (0, y0 - y1, 0), up, dark)
    s.quad('satin', (x1, y0, z), (x0 - x1, 0, 0), up, dark)
    s.quad('satin', (x0, y1, z), (x1 - x0, 0, 0), up, dark)
    s.area = 'lounge'


def _art(site):
    """Three canvases on the plaster: bands of lake and sky."""
    s, rng = site.static, random.Random(9)
    for x in (-12.4, 12.4):
        half, z0, z1 = 1.05, 1.15, 2.75
        s.box('paint', (x - half - 0.03, 0.0, z0 - 0.03), (x + half + 0.03, 0.045, z1 + 0.03), 's', TINT['dark'], density=0.4)
        chart = s.chart(2 * half, z1 - z0, 0.8)
        tones = [srgb(c) for c in ('#27405c', '#3f6486', '#7c9db1', '#c9b08a', '#dfd6c4', '#b9c7cf', '#8aa6b8')]
        edges = [0.0] + sorted(rng.uniform(0.08, 0.92) for _ in tones[1:]) + [1.0]
        for tone, a, b in zip(tones, edges, edges[1:]):
            za, zb = z0 + (z1 - z0) * a, z0 + (z1 - z0) * b
            s.quad('paint', (x + half, 0.047, za), (-2 * half, 0, 0), (0, 0, zb - za), tone, chart=(chart, 0, za - z0))


def _glazing(site):
    """Frames of the lake front (rooms included), the terrace outside and its railing."""
    s = site.static
    s.area = ''
    bronze = tuple(0.45 * c for c in TINT['bronze'])
    end = 23.2
    step = 1.5
    xs = [-W + step * i for i in range(int(2 * W / step) + 1)]
    xs += [side * (15.2 + 1.6 * i) for side in (-1, 1) for i in range(0, 6)]
    for x in xs:
        s.box('metal', (x - 0.03, D, 0), (x + 0.03, D + 0.14, H), 'b', bronze)
    for z, h in ((0.0, 0.08), (2.62, 0.05), (3.78, 0.12)):
        s.box('metal', (-end, D + 0.02, z), (end, D + 0.12, z + h), 'we', bronze)
    for i in range(int(2 * 26 / 1.3) + 1):
        x = -26 + 1.3 * i
        s.box('metal', (x - 0.02, 16.6, -0.03), (x + 0.02, 16.65, 0.98), 'b', bronze)
    for z in (0.12, 0.34, 0.56, 0.78):
        s.box('metal', (-26, 16.615, z), (26, 16.63, z + 0.014), 'we', bronze)
    s.box('metal', (-26, 16.58, 0.98), (26, 16.68, 1.02), 'we', bronze)
    s.area = 'lounge'
    s.quad('stone', (-26, D, -0.03), (52, 0, 0), (0, 4.9, 0), tint=(0.80, 0.80, 0.80), density=0.25)
    s.quad('paint', (-26, D + 1.7, H + 0.02), (52, 0, 0), (0, -1.7, 0), TINT['white'], density=0.25)
    s.box('paint', (-26, D + 1.7, H), (26, D + 1.75, H + 0.35), 'tnbwe', TINT['white'], density=0.2)


def _bar(site):
    """The coffee counter between the doorways and the panelled wall behind it."""
    s = site.static
    s.box('oak', (-4.2, 0, 0), (4.2, 0.06, LOW), 'bst', TINT['walnut'], 'x')
    for z in (1.35, 1.75, 2.15):
        s.box('oak', (-3.2, 0.06, z), (3.2, 0.32, z + 0.035), 's', grain='x')
    s.box('paint', (-3.4, 0.06, 0), (3.4, 0.62, 0.88), 'bs', TINT['dark'])
    s.box('stone', (-3.42, 0.06, 0.88), (3.42, 0.65, 0.92), 's', (0.5, 0.5, 0.5), bevel=0.006)
    outline = rounded(-3.5, 1.75, 3.5, 2.45, 0.22, 6)
    s.prism('oak', rounded(-3.38, 1.85, 3.38, 2.35, 0.16, 6), 0.0, 1.02, grain='u')
    s.prism('stone', outline, 1.02, 1.07, (0.97, 0.96, 0.95), bevel=0.012, bottom=True)
    s.area = ''
    s.quad('light', (3.2, 0.075, 2.22), (-6.4, 0, 0), (0, 0, 0.03))
    rng = random.Random(4)
    for z in (1.385, 1.785):
        x = -3.0
        while x < 3.0:
            kind = rng.random()
            if kind < 0.55:
                _cup(s, x, 0.19, z, rng)
            elif kind < 0.8:
                _bottle(s, x, 0.19, z, rng)
            x += rng.uniform(0.14, 0.34)
    s.box('satin', (-2.4, 0.12, 0.92), (-1.5, 0.56, 1.30), 'b', TINT['steel'], bevel=0.02)
    s.box('satin', (-2.35, 0.56, 1.16), (-1.55, 0.66, 1.28), '', TINT['dark'], bevel=0.01)
    s.area = 'lounge'
    site.block('lounge', (-3.5, 0, 0), (3.5, 0.66, 1.2))
    site.block('lounge', (-3.5, 1.75, 0), (3.5, 2.45, 1.1))
    for i in range(5):
        x = -2.6 + 1.3 * i
        site.put('bar-stool', (x, 2.80, 0), 0.0)
        site.seat(f'bar-{i + 1:02d}', f'Bar {i + 1}', (x, 2.80, 0), 0.0, 0.73)
        site.block('lounge', (x - 0.18, 2.62, 0), (x + 0.18, 2.98, 0.73))
    for x in (-2.4, -0.8, 0.8, 2.4):
        site.put('pendant', (x, 2.1, 3.86))
        site.globe_light((x, 2.1, 3.86 - 1.55), 0.13, 16, WARM)


def _cup(s, x, y, z, rng):
    h = rng.uniform(0.07, 0.10)
    ring = circle(x, y, 0.038, 10)
    s.prism('satin', ring, z, z + h, TINT['white'], bevel=0.004)


def _bottle(s, x, y, z, rng):
    tone = rng.choice([srgb('#7b8f7c'), srgb('#8a6a45'), srgb('#9aa7ae'), srgb('#5d6f80')])
    s.prism('satin', circle(x, y, 0.036, 10), z, z + 0.19, tone, bevel=0.02)
    s.prism('satin', circle(x, y, 0.014, 8), z + 0.19, z + 0.27, tone, bevel=0.002)


def _furnish(site):
    turn = math.pi
    number = {'sofa': 0, 'armchair': 0}

    def sofa(x, y, a):
        site.put('sofa', (x, y, 0.012), a)
        number['sofa'] += 1
        for k in range(3):
            off = 0.66 * (k - 1)
            at = (x + off * math.cos(a) + 0.05 * math.sin(a), y + off * math.sin(a) - 0.05 * math.cos(a), 0)
            site.seat(f'sofa-{number["sofa"]:02d}-{k + 1}', f'Sofa {number["sofa"]}.{k + 1}', at, a)
        site.block_turned('lounge', (x, y, 0), (2.2, 0.84, 0.8), a)

    def armchair(x, y, a):
        site.put('armchair', (x, y, 0.012), a)
        number['armchair'] += 1
        site.seat(f'armchair-{number["armchair"]:02d}', f'Armchair {number["armchair"]}',
                  (x + 0.03 * math.sin(a), y - 0.03 * math.cos(a), 0), a)
        site.block_turned('lounge', (x, y, 0), (0.74, 0.70, 0.75), a)

    def table(x, y):
        site.put('coffee-table', (x, y, 0.012), (x * 7.3) % 6.28)
        site.block('lounge', (x - 0.42, y - 0.42, 0), (x + 0.42, y + 0.42, 0.42))

    for side in (-1, 1):
        gx = side * 10.9
        sofa(gx, 6.95, turn)
        armchair(gx - 1.25, 9.75, 0.45)
        armchair(gx + 1.25, 9.75, -0.45)
        table(gx, 8.35)
        site.put('floor-lamp', (gx - side * 1.75, 7.0, 0.012))
        site.put('side-table', (gx + side * 1.65, 7.05, 0.012))
        site.block('lounge', (gx - side * 1.75 - 0.2, 6.8, 0), (gx - side * 1.75 + 0.2, 7.2, 1.6))
        site.block('lounge', (gx + side * 1.65 - 0.22, 6.83, 0), (gx + side * 1.65 + 0.22, 7.27, 0.5))
        gx = side * 3.9
        sofa(gx - 1.55, 8.4, math.pi / 2)
        sofa(gx + 1.55, 8.4, -math.pi / 2)
        table(gx, 8.4)
        armchair(gx, 6.85, turn)
    for k, (x, y) in enumerate(((-13.9, 10.9), (-7.4, 10.9), (0.0, 10.6), (7.4, 10.9), (13.9, 10.9), (-14.3, 0.7), (14.3, 0.7),
                                (-5.2, 0.65), (5.2, 0.65), (-10.6, 0.65), (10.6, 0.65))):
        name = ('palm', 'rubber-fig')[k % 2]
        site.put(name, (x, y, 0), k * 1.3, 1.0 + 0.06 * (k % 3))
        site.block('lounge', (x - 0.28, y - 0.28, 0), (x + 0.28, y + 0.28, 1.8))
    for x in (-2.9, 2.9):
        site.put('snake-plant', (x, 2.1, 1.07), x)


def _light(site):
    """Sky through the glass, the sun low over the lake, and warm lamps. A roof and walls keep the sun out elsewhere."""
    site.shield((-23.6, -0.2, H + 0.02), (23.6, D + 0.1, H + 0.4))
    for side in (-1, 1):
        lo, hi = sorted((side * 15.02, side * 15.18))
        site.shield((lo, 0.0, 2.6), (hi, D, H))
        site.shield((lo, 4.1, 0.0), (hi, D, H))
        lo, hi = sorted((side * 23.22, side * 23.6))
        site.shield((lo, -0.4, -0.4), (hi, D + 0.1, H + 0.4))
    site.panel_light((0, D + 0.35, 2.0), (46.0, 3.7), 1150, DAY, (0, -1, -0.12))
    for y in (3.9, 7.8):
        for x in (-10.5, -3.5, 3.5, 10.5):
            site.panel_light((x, y, 3.84), (6.8, 0.12), 80, (1.0, 0.91, 0.78))
    site.panel_light((0, 0.25, 2.20), (6.4, 0.05), 14, WARM, (0, 0.25, -1))
    for side in (-1, 1):
        site.globe_light((side * (10.9 - 1.75), 7.0, 1.46), 0.16, 26, WARM)


def _marks(site):
    up = math.pi
    site.space('lounge', (-W - 0.1, -WALL / 2, -0.5), (W + 0.1, D + 0.1, 4.3), 0.3)
    for k, (x, y, a) in enumerate(((0, 4.6, up), (-2.2, 4.4, up), (2.2, 4.4, up), (-4.6, 5.0, up), (4.6, 5.0, up), (-7.2, 4.2, up),
                                   (7.2, 4.2, up), (-9.4, 4.8, up), (9.4, 4.8, up), (-12.0, 4.4, up), (12.0, 4.4, up))):
        site.mark('spawn', f'lounge-{k + 1}', (x, y, 0), a)
    site.mark('link', 'to-marrakesh', (14.3, 8.6, 0), -math.pi / 2, to='marrakesh', spawn='from-geneva', radius=1.2)
    site.mark('spawn', 'marrakesh', (12.3, 8.6, 0), -math.pi / 2)   # by id after the others: who comes for the first time meets those first
    site.mark('place', 'lounge-centre', (0, 5.3, 0), up)
    site.mark('place', 'coffee-bar', (0.65, 3.3, 0), 0.0)
    site.mark('place', 'lake-windows', (-1.2, 11.3, 0), up)
    site.mark('place', 'lake-corner', (7.4, 9.9, 0), up)
    for k, (x0, x1) in enumerate(DOORS):
        site.mark('place', ('hall-door-west', 'hall-door-east')[k], ((x0 + x1) / 2, 1.0, 0), 0.0)
