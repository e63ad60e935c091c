"""The assembly hall: 300 seats on ten shallow curved tiers that fall from the lounge (y = -0.4) to the podium."""
import math
import random

from lounge import DOORS, DOOR_TOP, WALL
from materials import TINT, srgb
from venue import slats, wall

W = 15.0                    # half width
BACK, FRONT = -WALL, -30.4  # the wall to the lounge, the wall behind the podium (Y)
CY = -45.0                  # centre of the curves
ROWS, PITCH, RISE, R0 = 10, 1.8, 0.17, 23.4
LOW = -RISE * (ROWS - 1)    # floor before the podium
TOP = 7.0                   # ceiling
AISLE = math.radians(11.0)  # the two radial aisles
AISLE_HALF, SIDE, SPACING = 0.80, 12.95, 0.70
SEATS = 300
STAGE = (8.0, FRONT, -24.9, LOW + 0.60)  # half width, back, front, floor
SCREEN = (5.1, 0.45)        # half width, lower edge of the big screen (16:9)
NARROW = {0: 9.2, 1: 11.2}  # half width of the first rows, which would look past the podium
WARM, NEUTRAL = (1.0, 0.88, 0.73), (1.0, 0.95, 0.89)


def polar(r, a, z=0.0):
    """The point at radius `r` and angle `a` (0 = straight back from the podium)."""
    return (r * math.sin(a), CY + r * math.cos(a), z)


def height(row):
    return RISE * (row - ROWS + 1)


def radius(row):
    return R0 + PITCH * row


def build(site):
    site.static.area = 'hall'
    _floor(site)
    _walls(site)
    _ceiling(site)
    _podium(site)
    _desks(site)
    _light(site)
    _marks(site)


def _floor(site):
    s = site.static
    n = 40
    xs = [-W + 2 * W * i / n for i in range(n + 1)]
    chart, origin = s.chart(2 * W, BACK - FRONT, 1.3), (-W, FRONT)

    def arc(r, z):
        return [(x, CY + math.sqrt(r * r - x * x), z) for x in xs]

    def line(y, z):
        return [(x, y, z) for x in xs]

    zones = [(line(FRONT, LOW), arc(radius(1), LOW))]
    zones += [(arc(radius(i), height(i)), arc(radius(i + 1), height(i))) for i in range(1, ROWS - 1)]
    zones.append((arc(radius(ROWS - 1), 0), line(BACK, 0)))
    for near, far in zones:
        s.plane_cells('carpet', [near, far], origin, chart, TINT['navy'])
        k = 4
        a, b = near[::k], far[::k]
        m = len(a)
        site.walk('hall', a + b, [(i, i + 1, m + i + 1, m + i) for i in range(m - 1)])
    for i in range(1, ROWS):
        s.strip('oak', arc(radius(i), height(i - 1)), arc(radius(i), height(i)), TINT['walnut'], density=0.9)


def _walls(site):
    s, rng = site.static, random.Random(11)
    base, split, d = LOW, 4.7, 0.05
    high = split - base
    for side in (-1, 1):
        x = side * (W - d)
        o, u = ((x, FRONT, base), (0, BACK - FRONT, 0)) if side < 0 else ((x, BACK, base), (0, FRONT - BACK, 0))
        slats(s, 'oak', o, u, (0, 0, high), 0.075, 0.15, d, density=0.8, rng=rng)
        x = side * W
        o, u = ((x, FRONT, split), (0, BACK - FRONT, 0)) if side < 0 else ((x, BACK, split), (0, FRONT - BACK, 0))
        wall(s, 'paint', o, u, TOP - split, (), TINT['plaster'], 0.7)
        lo, hi = sorted((side * W, side * (W - 0.28)))
        s.box('oak', (lo, FRONT, split), (hi, BACK, split + 0.14), 'ns' + ('w' if side < 0 else 'e'), grain='y', density=0.7)
        s.area = ''
        lo, hi = sorted((side * (W - 0.06), side * (W - 0.22)))
        s.quad('light', (lo, FRONT, split + 0.145), (hi - lo, 0, 0), (0, BACK - FRONT, 0))
        s.area = 'hall'
        site.block('hall', (min(side * W, side * (W + 0.3)), FRONT, LOW), (max(side * W, side * (W + 0.3)), BACK, 2))
    site.block('hall', (-W, FRONT - 0.3, LOW), (W, FRONT, 2))
    # Back wall (faces the podium): slats between the doorways, plaster and the interpreters' windows above.
    top, frame = 3.1, 0.10
    edges = [-W] + [e for x0, x1 in DOORS for e in (x0 - frame, x1 + frame)] + [W]
    for a, b in zip(edges[::2], edges[1::2]):
        slats(s, 'oak', (a, BACK - d, 0), (b - a, 0, 0), (0, 0, top), 0.075, 0.15, d, density=0.8, rng=rng)
    for x0, x1 in DOORS:
        slats(s, 'oak', (x0 - frame, BACK - d, DOOR_TOP + frame), (x1 - x0 + 2 * frame, 0, 0), (0, 0, top - DOOR_TOP - frame),
              0.075, 0.15, d, density=0.8, rng=rng)
        for x, k in ((x0 - 0.12 - 1.6, -1), (x1 + 0.12, 1)):
            s.box('oak', (x, BACK - 0.14, 0.01), (x + 1.6, BACK - 0.09, DOOR_TOP - 0.01), '', (0.92, 0.88, 0.84), density=0.7)
            s.area = ''
            hx = x + (1.48 if k < 0 else 0.12)
            s.box('metal', (hx - 0.015, BACK - 0.19, 0.85), (hx + 0.015, BACK - 0.16, 1.55), '', TINT['steel'])
            s.area = 'hall'
    s.box('oak', (-W, BACK - 0.16, top), (W, BACK, top + 0.10), 'nwe', TINT['walnut'], 'x')
    wall(s, 'paint', (-W, BACK, top), (2 * W, 0, 0), TOP - top, [], TINT['plaster'], 0.7)
    _booths(site)
    _screen_wall(site, rng)


def _booths(site):
    """Interpreters' windows above the doors."""
    s = site.static
    s.area = ''
    for i in range(5):
        x0 = -11.4 + 4.6 * i
        x1 = x0 + 4.2
        s.quad('satin', (x0, BACK - 0.03, 3.75), (x1 - x0, 0, 0), (0, 0, 1.45), srgb('#222c33'))
        bronze = TINT['bronze']
        s.box('metal', (x0 - 0.06, BACK - 0.12, 3.68), (x1 + 0.06, BACK, 3.75), 'n', bronze)
        s.box('metal', (x0 - 0.06, BACK - 0.12, 5.20), (x1 + 0.06, BACK, 5.27), 'n', bronze)
        for x in (x0 - 0.06, (x0 + x1) / 2 - 0.02, x1):
            s.box('metal', (x, BACK - 0.10, 3.75), (x + (0.04 if x0 < x < x1 - 0.1 else 0.06), BACK, 5.20), 'ntb', bronze)
    s.area = 'hall'


def _screen_wall(site, rng):
    s = site.static
    half, z0 = SCREEN
    tall = 2 * half * 9 / 16
    y = FRONT
    wall(s, 'paint', (W, y, LOW), (-2 * W, 0, 0), TOP - LOW, [], TINT['greige'], 0.7)
    inner = half + 0.9
    for a, b in ((-W, -inner), (inner, W)):
        slats(s, 'oak', (b, y + 0.16, LOW), (a - b, 0, 0), (0, 0, 6.4 - LOW), 0.075, 0.15, 0.05, density=0.8, rng=rng)
        e = a if abs(a) < 10 else b
        s.area = ''
        lo, hi = sorted((e, e + (0.03 if e > 0 else -0.03)))
        s.box('light', (lo - 0.02, y, STAGE[3]), (hi, y + 0.15, 6.4), 'bs')
        s.area = 'hall'
        s.quad('paint', (a, y, 6.4), (b - a, 0, 0), (0, 0.16, 0), TINT['white'], density=0.5)
    f = 0.09
    s.box('paint', (-half - f, y, z0 - f), (half + f, y + 0.10, z0 + tall + f), 's', TINT['black'], density=0.4)
    site.screens.append(('hall', (half, y + 0.103, z0), (-2 * half, 0, 0), tall))


def _ceiling(site):
    """White acoustic sails that follow the rows, with light between them, under a dark void."""
    s = site.static
    s.quad('paint', (-W, BACK, TOP), (2 * W, 0, 0), (0, FRONT - BACK, 0), TINT['dark'], density=0.3)
    n, gap, wide = 28, 0.42, 3.0
    site.coves = []
    r = 16.2
    while r < 44:
        r1 = min(r + wide - gap, 44.4)
        reach = 14.3
        z = 6.30 + 0.10 * math.cos((r - 16) * 0.22)
        xs = [-reach + 2 * reach * i / n for i in range(n + 1)]

        def arc(q, h):
            return [(x, min(CY + math.sqrt(max(q * q - x * x, 0.01)), BACK - 0.5), h) for x in xs]

        if CY + r1 - reach * 0.3 < FRONT + 0.5:
            r += wide
            continue
        if r > 15:
            near, far = arc(r, z + 0.14), arc(r1, z)
            near = [(p[0], max(p[1], FRONT + 0.4), p[2]) for p in near]
            far = [(p[0], max(p[1], FRONT + 0.4), p[2]) for p in far]
            length = sum(math.dist(a, b) for a, b in zip(far, far[1:]))
            chart = s.chart(length * 1.02, wide - gap, 0.7)
            chart.soft = 4.0
            s.strip('paint', far, near, TINT['white'], chart=(chart, 0, 0))
            up = [(p[0], p[1], p[2] + 0.10) for p in far]
            s.strip('paint', up, far, tuple(0.8 * c for c in TINT['white']), chart=(chart, 0, -9.0))
            up = [(p[0], p[1], p[2] + 0.10) for p in near]
            s.strip('paint', near, up, tuple(0.8 * c for c in TINT['white']), chart=(chart, 0, 9.0))
            if r1 + gap < 44:
                s.area = ''
                s.strip('light', arc(r1 + 0.26, z + 0.19), arc(r1 + 0.13, z + 0.19))
                s.area = 'hall'
                site.coves.append((r1 + 0.2, z + 0.16))
        r += wide


def _podium(site):
    s = site.static
    half, y0, y1, z = STAGE
    s.quad('carpet', (-half, y0, z), (2 * half, 0, 0), (0, y1 - y0, 0), TINT['greige'], density=1.3)
    s.box('oak', (-half - 0.04, y0, LOW), (half + 0.04, y1 + 0.04, z), 'stb', grain='x', density=1.0)
    for a, b, c, d in ((-half - 0.04, y1, half + 0.04, y1 + 0.04), (-half - 0.04, y0, -half, y1), (half, y0, half + 0.04, y1)):
        s.quad('oak', (a, b, z), (c - a, 0, 0), (0, d - b, 0), TINT['walnut'], 'u' if c - a > d - b else 'v')
    site.walk_box('hall', -half, y0, half, y1, z)
    site.block('hall', (-half + 0.35, y0, LOW + 0.05), (half - 0.35, y1 - 0.35, LOW + 0.30))
    for side in (-1, 1):
        for k in range(3):
            a, b = half + 0.04 + 0.36 * k, half + 0.04 + 0.36 * (k + 1)
            x0, x1 = (a, b) if side > 0 else (-b, -a)
            zt = z - 0.15 * (k + 1)
            s.box('oak', (x0, -27.2, LOW), (x1, -25.2, zt), 'b' + ('w' if side > 0 else 'e'), TINT['walnut'], 'y', density=0.9)
            site.walk_box('hall', x0, -27.2, x1, -25.2, zt)
    _head_table(site)
    _lectern(site)


def _head_table(site):
    s, z = site.static, STAGE[3]
    y0, y1, half = -28.0, -27.15, 4.75
    s.prism('oak', [(-half, y0), (half, y0), (half, y1), (-half, y1)], z + 0.70, z + 0.74, grain='u', bevel=0.006, bottom=True)
    s.box('oak', (-half + 0.08, y1 - 0.10, z), (half - 0.08, y1 - 0.06, z + 0.70), 'bt', TINT['walnut'], 'x')
    for x in (-half + 0.08, -0.03, half - 0.14):
        s.box('oak', (x, y0 + 0.08, z), (x + 0.06, y1 - 0.10, z + 0.70), 'bt', TINT['walnut'])
    site.block('hall', (-half, y0, z), (half, y1, z + 0.8))
    for i in range(9):
        x = -4.2 + 1.05 * i
        at = (x, y0 - 0.32, z)
        site.put('conference-chair', at, math.pi)
        site.seat(f'podium-{i + 1:02d}', f'Podium {i + 1}', at, math.pi)
        site.block_turned('hall', at, (0.5, 0.45, 0.5), 0)
        site.put('microphone', (x, y0 + 0.42, z + 0.74), math.pi)
    for x in (-half - 1.6, half + 2.3):
        site.put('palm', (x, FRONT + 0.75, z), x)
        site.block('hall', (x - 0.3, FRONT + 0.4, z), (x + 0.3, FRONT + 1.05, z + 1.5))


def _lectern(site):
    s, z = site.static, STAGE[3]
    x, y = 6.4, -26.0
    s.box('oak', (x - 0.30, y - 0.02, z), (x + 0.30, y + 0.22, z + 1.02), 'bt', density=1.2)
    s.box('paint', (x - 0.36, y - 0.10, z), (x + 0.36, y + 0.28, z + 0.03), 'b', TINT['dark'], density=0.8)
    points = [(x - 0.36, y - 0.24, z + 1.04), (x + 0.36, y - 0.24, z + 1.04), (x + 0.36, y + 0.27, z + 1.20), (x - 0.36, y + 0.27, z + 1.20)]
    low = [(p[0], p[1], p[2] - 0.04) for p in points]
    chart = s.chart(0.72, 0.54, 1.2)
    lights = [(chart, 0, 0), (chart, 0.72, 0), (chart, 0.72, 0.54), (chart, 0, 0.54)]
    uvs = [(0, 0), (0, 0.72), (0.54, 0.72), (0.54, 0)]
    s.add('oak', points, [(0, 1, 2, 3)], uvs, TINT['walnut'], lights)
    for i in range(4):
        j = (i + 1) % 4
        s.add('oak', [low[i], low[j], points[j], points[i]], [(0, 1, 2, 3)], [(0, 0), (0, 0.7), (0.04, 0.7), (0.04, 0)],
              TINT['walnut'], [lights[i], lights[j], lights[j], lights[i]])
    s.add('oak', low, [(3, 2, 1, 0)], uvs, (0.2, 0.17, 0.14), lights)
    site.block('hall', (x - 0.36, y - 0.12, z), (x + 0.36, y + 0.28, z + 1.2))
    site.put('microphone', (x, y + 0.12, z + 1.15), math.pi)
    site.mark('place', 'hall-lectern', (x, y - 0.55, z), math.pi)


def _blocks(row):
    """Angle ranges of the desk blocks of a row, left to right."""
    r = radius(row) + 0.5
    reach = NARROW.get(row, SIDE)
    end, half = math.asin(reach / r), AISLE_HALF / r
    return [(-end, -AISLE - half), (-AISLE + half, AISLE - half), (AISLE + half, end)]


def _plan():
    """Seat angles by row and block: exactly SEATS, dropping seats from the outer ends of the first rows."""
    rows = []
    for row in range(ROWS):
        r = radius(row) + 0.76
        blocks = []
        for k, (a, b) in enumerate(_blocks(row)):
            count = int((b - a) * r / SPACING + 1e-6)
            if count < 3:
                blocks.append(None)
                continue
            step = SPACING / r
            # Side blocks stay at their aisle, the middle block is centred.
            start = (a + b) / 2 - step * count / 2 if k == 1 else (b - step * count if k == 0 else a)
            blocks.append([start, step, count])
        rows.append(blocks)
    surplus = sum(b[2] for row in rows for b in row if b) - SEATS
    if surplus < 0:
        raise ValueError(f'{-surplus} seats do not fit')
    while surplus > 0:
        for row in list(range(ROWS)):
            for k in (0, 2):
                if surplus and rows[row][k] and rows[row][k][2] > 4:
                    if k == 0:
                        rows[row][k][0] += rows[row][k][1]
                    rows[row][k][2] -= 1
                    surplus -= 1
    return rows


def _desks(site):
    number = 0
    for row, blocks in enumerate(_plan()):
        for block in blocks:
            if not block:
                continue
            start, step, count = block
            _desk(site, row, start, start + step * count)
            for i in range(count):
                number += 1
                _place(site, row, start + step * (i + 0.5), number)


def _place(site, row, a, number):
    z = height(row)
    at = polar(radius(row) + 0.76, a, z)
    site.put('hall-seat', at, -a)
    site.seat(f'hall-{number:03d}', f'{"ABCDEFGHIJ"[row]}{number}', at, -a)
    site.put('microphone', polar(radius(row) + 0.20, a, z + 0.74), -a)


def _desk(site, row, a0, a1):
    """One continuous desk: top with a rounded edge, front panel, ends."""
    s, r, z = site.static, radius(row), height(row)
    n = max(2, round((a1 - a0) * r / 0.9))
    angles = [a0 + (a1 - a0) * i / n for i in range(n + 1)]

    def arc(q, h):
        return [polar(q, a, z + h) for a in angles]

    near, far, t, b = r + 0.05, r + 0.50, 0.74, 0.008
    length = (a1 - a0) * r
    chart = s.chart(length, far - near, 1.2)
    s.strip('oak', arc(near + b, t), arc(far - b, t), chart=(chart, 0, 0))
    s.strip('oak', arc(near, t - b), arc(near + b, t), chart=(chart, 0, 0))
    s.strip('oak', arc(near, t - 0.04), arc(near, t - b), chart=(chart, 0, 0))
    s.strip('oak', arc(far - b, t), arc(far, t - b), chart=(chart, 0, far - near - 0.02))
    s.strip('oak', arc(far, t - b), arc(far, t - 0.04), tint=(0.8, 0.8, 0.8), chart=(chart, 0, far - near - 0.04))
    s.strip('oak', arc(near + 0.05, 0), arc(near + 0.05, t - 0.04), density=0.8)
    inner = s.chart(length, t, 0.4)
    s.strip('oak', arc(near + 0.08, t - 0.04), arc(near + 0.08, 0.0), TINT['walnut'], chart=(inner, 0, 0))
    s.strip('oak', arc(far - b, t - 0.04), arc(near + 0.08, t - 0.04), TINT['shade'], chart=(inner, 0, 0))
    for a, order in ((a0, 1), (a1, -1)):
        for shift in (0.0, 0.035):
            c = a + order * shift / r
            points = [polar(far - 0.06, c, z), polar(near + 0.04, c, z), polar(near + 0.04, c, z + t - 0.04), polar(far - 0.06, c, z + t - 0.04)]
            face = (0, 1, 2, 3) if (order > 0) == (shift == 0.0) else (3, 2, 1, 0)
            panel = s.chart(0.4, 0.7, 0.7)
            s.add('oak', points, [face], [(0, 0), (0.4, 0), (0.4, 0.7), (0, 0.7)], TINT['walnut'],
                  [(panel, 0, 0), (panel, 0.4, 0), (panel, 0.4, 0.7), (panel, 0, 0.7)])
        rim = [polar(near, a, z + t - 0.04), polar(far, a, z + t - 0.04), polar(far - b, a, z + t), polar(near + b, a, z + t)]
        s.add('oak', rim, [(3, 2, 1, 0) if order > 0 else (0, 1, 2, 3)], [(0, 0), (0.45, 0), (0.45, 0.04), (0, 0.04)], (0.9, 0.9, 0.9),
              [(chart, 0 if order > 0 else length, 0.1)] * 4)
    m = max(2, n // 3)
    cut = [a0 + (a1 - a0) * i / m for i in range(m + 1)]
    for p, q in zip(cut, cut[1:]):
        base = [polar(r + 0.05, p, z), polar(r + 0.05, q, z), polar(r + 0.94, q, z), polar(r + 0.94, p, z)]
        points = base + [(x, y, h + 0.9) for x, y, h in base]
        site.block_mesh('hall', points, [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (3, 0, 4, 7), (1, 2, 6, 5)])


def _light(site):
    for r, z in site.coves:
        reach = min(14.0, r * 0.6)
        half = math.asin(min(reach / r, 0.95))
        for k in range(5):
            a = -half + 2 * half * (k + 0.5) / 5
            x, y, _ = polar(r, a)
            if y > BACK - 0.6 or y < FRONT + 0.5:
                continue
            lamp = site.panel_light((x, y, 6.10), (2 * half * r / 5 * 0.96, 0.3), 115, NEUTRAL)
            lamp.rotation_euler = (0, 0, -a)
    for side in (-1, 1):
        site.panel_light((side * (W - 0.15), (FRONT + BACK) / 2, 4.88), (0.14, BACK - FRONT - 0.4), 230, WARM, (side * -0.25, 0, 1))
    for x in (-4, 0, 4):
        site.spot_light((x, -22.4, 6.2), (x * 0.9, -27.8, STAGE[3] + 1), 520, NEUTRAL)
    site.spot_light((6.4, -21.6, 6.2), (6.4, -26.2, STAGE[3] + 1.2), 330, NEUTRAL, 30)
    for side in (-1, 1):
        site.panel_light((side * 5.97, FRONT + 0.10, 2.7), (0.06, 7.0), 30, WARM, (side * 1.0, 0.35, 0))
    site.panel_light((0, FRONT + 0.35, 3.3), (9.8, 5.4), 45, (0.55, 0.75, 1.0), (0, 1, 0))


def _marks(site):
    site.space('hall', (-W - 0.2, FRONT - 0.2, LOW - 0.6), (W + 0.2, -WALL / 2, TOP + 0.2), 0.45)
    for k, (x0, x1) in enumerate(DOORS):
        site.mark('place', ('hall-entrance-west', 'hall-entrance-east')[k], ((x0 + x1) / 2, -2.0, 0), 0.0)
    site.mark('place', 'hall-back-row', (0, -1.9, 0), 0.0)
    site.mark('place', 'hall-front', (0, CY + R0 - 1.1, LOW), 0.0)
    site.mark('place', 'hall-podium', (-6.2, -26.2, STAGE[3]), math.pi)
    site.mark('place', 'hall-side-aisle', (13.9, -14.0, height(4)), 0.0)
