"""The two meeting rooms at the ends of the lounge, 8 m x 12 m: a table for 20 with a lake view, a wall screen."""
import math
import random

from geometry import rounded
from lounge import ROOM_DOOR
from materials import TINT
from venue import slats, wall

NEAR, FAR, D, H = 15.2, 23.2, 12.0, 3.3
NAMES = {1: ('rhone', 'Rhône'), -1: ('arve', 'Arve')}
TABLE = (1.05, 2.9, 10.1)  # half width, start, end (Y)


def build(site):
    site.static.area = 'lounge'
    for side in (1, -1):
        _shell(site, side)
        _table(site, side)
        _marks(site, side)


def _shell(site, side):
    s, rng = site.static, random.Random(20 + side)
    lo, hi = sorted((side * NEAR, side * FAR))
    s.quad('carpet', (lo, 0, 0), (hi - lo, 0, 0), (0, D, 0), TINT['lake' if side > 0 else 'moss'], density=1.1)
    ceiling = s.chart(hi - lo, D, 0.7)
    ceiling.soft = 3.0
    s.quad('paint', (lo, D, H), (hi - lo, 0, 0), (0, -D, 0), TINT['white'], chart=(ceiling, 0, 0))
    y0, y1, top = ROOM_DOOR
    o, u = ((side * NEAR, 0, 0), (0, D, 0)) if side > 0 else ((side * NEAR, D, 0), (0, -D, 0))
    door = (y0, y1, top) if side > 0 else (D - y1, D - y0, top)
    wall(s, 'paint', o, u, H, [door], TINT['plaster'], 0.8)
    o, u = ((side * (FAR - 0.05), D, 0), (0, -D, 0)) if side > 0 else ((side * (FAR - 0.05), 0, 0), (0, D, 0))
    slats(s, 'oak', o, u, (0, 0, H), rng=rng, density=0.8)
    wall(s, 'paint', (hi, 0, 0), (lo - hi, 0, 0), H, [], TINT['greige'], 0.8)
    s.box('oak', (lo, 0, 0), (hi, 0.025, 0.12), 'bswe', TINT['walnut'], 'x', density=0.5)
    s.quad('paint', (lo, D - 0.02, H), (hi - lo, 0, 0), (0, 0, 4.0 - H), TINT['white'], density=0.3)
    mid = side * (NEAR + FAR) / 2
    half, z0 = 1.9, 0.95
    tall = 2 * half * 9 / 16
    s.box('paint', (mid - half - 0.05, 0, z0 - 0.05), (mid + half + 0.05, 0.07, z0 + tall + 0.05), 's', TINT['black'], density=0.5)
    site.screens.append((NAMES[side][0], (mid + half, 0.073, z0), (-2 * half, 0, 0), tall))
    site.walk_box('rooms', lo, 0, hi, D, 0)
    outer = sorted((side * FAR, side * (FAR + 0.3)))
    site.block('walls', (outer[0], 0, 0), (outer[1], D, 3))
    s.area = ''
    for x in (-1.35, 1.35):
        s.quad('light', (mid + x - 0.06, 10.2, H - 0.012), (0.12, 0, 0), (0, -7.4, 0))
    s.area = 'lounge'
    for x in (-1.35, 1.35):
        site.panel_light((mid + x, 6.5, H - 0.03), (0.12, 7.4), 150, (1.0, 0.94, 0.85))


def _table(site, side):
    s = site.static
    half, y0, y1 = TABLE
    mid = side * (NEAR + FAR) / 2
    s.prism('oak', rounded(mid - half, y0, mid + half, y1, 0.30, 6), 0.70, 0.74, density=1.3, bevel=0.008, bottom=True)
    for y in (y0 + 1.2, (y0 + y1) / 2, y1 - 1.2):
        s.box('oak', (mid - 0.42, y - 0.28, 0), (mid + 0.42, y + 0.28, 0.70), 'bt', TINT['walnut'])
    s.box('paint', (mid - 0.16, y0 + 0.9, 0.735), (mid + 0.16, y1 - 0.9, 0.744), 'b', TINT['dark'], density=0.6)
    site.block('rooms', (mid - half + 0.05, y0 + 0.05, 0), (mid + half - 0.05, y1 - 0.05, 0.8))
    name, label = NAMES[side]
    seats = [(mid - half - 0.30, y0 + 0.62 + 0.851 * i, math.pi / 2) for i in range(8)]
    seats += [(mid + x, y1 + 0.32, 0.0) for x in (-0.45, 0.45)]
    seats += [(mid + half + 0.30, y1 - 0.62 - 0.851 * i, -math.pi / 2) for i in range(8)]
    seats += [(mid + x, y0 - 0.32, math.pi) for x in (0.45, -0.45)]
    for i, (x, y, a) in enumerate(seats):
        site.put('conference-chair', (x, y, 0), a)
        site.seat(f'{name}-{i + 1:02d}', f'{label} {i + 1}', (x, y, 0), a)
        site.block_turned('rooms', (x, y, 0), (0.5, 0.45, 0.6), a)
        d = 0.62
        site.put('microphone', (x + d * math.sin(a), y - d * math.cos(a), 0.74), a)
    for x, y in ((side * (FAR - 0.55), 0.65), (side * (FAR - 0.6), D - 0.8)):
        site.put('rubber-fig', (x, y, 0), x + y)
        site.block('rooms', (x - 0.28, y - 0.28, 0), (x + 0.28, y + 0.28, 1.8))


def _marks(site, side):
    name, _ = NAMES[side]
    lo, hi = sorted((side * (NEAR - 0.1), side * (FAR + 0.1)))
    site.space(name, (lo, -0.1, -0.5), (hi, D + 0.1, 3.6), 0.15)
    turn = math.pi / 2 if side > 0 else -math.pi / 2
    site.mark('place', f'{name}-door', (side * 13.6, 2.9, 0), turn)
    site.mark('place', f'{name}-room', (side * 16.6, 1.6, 0), math.pi)
