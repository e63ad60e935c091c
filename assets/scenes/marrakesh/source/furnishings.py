"""Furniture prototypes: origin on the floor (lanterns: on the ceiling), front towards -Y, metres."""
import math

from materials import TINT, srgb
from pieces import Piece

BRASS, BRONZE = srgb('#c79a4c'), srgb('#7a5c35')


def banquette(m):
    """A low three-seat sofa: cedar plinth, mattress, loose cushions."""
    p = Piece('banquette', m)
    wine, cream, ochre, teal = srgb('#8a3f34'), srgb('#dccdb0'), srgb('#c28d43'), srgb('#3d6168')
    p.block((2.46, 0.84, 0.20), (0, 0.02, 0.12), 'cedar', TINT['walnut'], 0.012, 2, (0, 0, 0), 0)
    for i in range(3):
        x = -0.80 + 0.80 * i
        p.block((0.795, 0.78, 0.20), (x, -0.02, 0.315), 'fabric', cream, 0.05, 3)
        p.block((0.76, 0.17, 0.42), (x, 0.315, 0.60), 'fabric', (wine, teal, wine)[i], 0.07, 3, (math.radians(-10), 0, 0))
    for x, tone, turn in ((-1.03, ochre, 0.35), (1.02, ochre, -0.3), (0.42, cream, 0.12)):
        p.block((0.42, 0.13, 0.38), (x, 0.17, 0.60), 'fabric', tone, 0.06, 3, (math.radians(-18), 0, turn))
    for s in (-1, 1):
        p.turned([(0.10, -0.39), (0.125, -0.33), (0.125, 0.33), (0.10, 0.39)], (s * 1.10, 0.0, 0.50), 'fabric', ochre, 14, True, (math.pi / 2, 0, 0))
    return p.finish()


def pouf(m):
    """A round leather pouf, stitched in eight."""
    p = Piece('pouf', m)
    tone, seam = srgb('#a9683c'), srgb('#e2cda6')
    profile = [(0.20, 0.0), (0.265, 0.06), (0.29, 0.17), (0.285, 0.26), (0.24, 0.345), (0.16, 0.385), (0.05, 0.40)]
    p.turned(profile, (0, 0, 0), 'satin', tone, 24)
    for i in range(8):
        a = math.pi / 4 * i
        c, s = math.cos(a), math.sin(a)
        p.tube([(r * 1.006 * c, r * 1.006 * s, z + 0.002) for r, z in profile[2:]], 0.005, 'satin', seam, 4)
    p.turned([(0.075, 0.395), (0.07, 0.406), (0.01, 0.41)], (0, 0, 0), 'satin', seam, 12)
    return p.finish()


def _glass(p, x, y, z, tone):
    p.turned([(0.018, 0), (0.022, 0.03), (0.026, 0.075), (0.024, 0.076)], (x, y, z), 'metal', tone, 8, False)
    p.turned([(0.02, 0.05), (0.019, 0.051)], (x, y, z), 'metal', srgb('#a9772f'), 8)


def _pot(p, x, y, z, k=1.0):
    """A teapot with its spout and handle."""
    body = [(0.045, 0), (0.07, 0.02), (0.085, 0.06), (0.07, 0.11), (0.045, 0.135), (0.05, 0.145), (0.035, 0.165), (0.012, 0.19), (0.014, 0.205), (0.004, 0.215)]
    p.turned([(r * k, h * k) for r, h in body], (x, y, z), 'metal', srgb('#c9c3b4'), 12)
    p.tube([(x + 0.07 * k, y, z + 0.05 * k), (x + 0.12 * k, y, z + 0.07 * k), (x + 0.13 * k, y, z + 0.12 * k), (x + 0.165 * k, y, z + 0.155 * k)],
           [0.018 * k, 0.013 * k, 0.010 * k, 0.007 * k], 'metal', srgb('#c9c3b4'), 6)
    p.tube([(x - 0.05 * k, y, z + 0.13 * k), (x - 0.12 * k, y, z + 0.14 * k), (x - 0.13 * k, y, z + 0.07 * k), (x - 0.075 * k, y, z + 0.035 * k)], 0.007 * k,
           'metal', srgb('#c9c3b4'), 5)


def _tea(p, z):
    p.turned([(0.0, 0.0), (0.20, 0.0), (0.215, 0.012), (0.205, 0.014), (0.19, 0.006)], (0, 0, z), 'metal', BRASS, 20, False)
    p.turned([(0.19, 0.0), (0.0, 0.0)][::-1], (0, 0, z + 0.007), 'metal', BRASS, 20, False)
    _pot(p, -0.04, 0.03, z + 0.008)
    for i, tone in enumerate((srgb('#2f6b52'), srgb('#8a3f34'), srgb('#2f5d7d'), srgb('#c79a49'))):
        a = 0.3 - 0.62 * i
        _glass(p, 0.145 * math.cos(a), 0.145 * math.sin(a), z + 0.008, tone)


def tray_table(m):
    """A hammered tray on folding legs with tea for four."""
    p = Piece('tray-table', m)
    p.turned([(0.02, 0.405), (0.36, 0.405), (0.385, 0.425), (0.375, 0.428), (0.35, 0.413), (0.01, 0.413)], (0, 0, 0), 'metal', BRASS, 28)
    for i in range(6):
        a, b = math.pi / 3 * i, math.pi / 3 * i + 0.9
        p.tube([(0.25 * math.cos(a), 0.25 * math.sin(a), 0.0), (0.24 * math.cos(b), 0.24 * math.sin(b), 0.405)], 0.016, 'cedar', TINT['walnut'], 6)
    _tea(p, 0.413)
    return p.finish()


def tea_set(m):
    p = Piece('tea-set', m)
    _tea(p, 0.0)
    return p.finish(ground=True)


def bowl(m):
    """A glazed bowl of oranges."""
    p = Piece('bowl', m)
    p.turned([(0.07, 0), (0.075, 0.02), (0.15, 0.07), (0.19, 0.11), (0.185, 0.112), (0.14, 0.07), (0.02, 0.05)], (0, 0, 0), 'satin', srgb('#2f5d7d'), 20, False)
    for x, y, z in ((0, 0, 0.10), (0.085, 0.02, 0.095), (-0.07, 0.05, 0.095), (0.0, -0.085, 0.095), (0.05, 0.09, 0.1), (0.03, 0.02, 0.155), (-0.03, -0.03, 0.15)):
        ball(p, (x, y, z), 0.045, srgb('#d9822b'))
    return p.finish()


def ball(p, at, r, tone, n=8, material='satin'):
    p.turned([(max(0.004, r * math.sin(math.pi * k / 6)), -r * math.cos(math.pi * k / 6)) for k in range(7)], at, material, tone, n, False)


def _lantern(p, top, k, glow, n=8):
    """A brass lantern hanging with its middle at z = `top`, `k` times 40 cm wide: a cage of bars round glowing panes."""
    def at(profile):
        return [(r * k, top + z * k) for r, z in profile]
    p.turned(at([(0.005, -0.46), (0.02, -0.43), (0.012, -0.40), (0.05, -0.36), (0.10, -0.30), (0.125, -0.28)]), (0, 0, 0), 'metal', BRASS, n, False)
    p.turned(at([(0.12, -0.28), (0.19, -0.02)]), (0, 0, 0), glow, (1, 1, 1), n, False)
    p.turned(at([(0.19, -0.02), (0.15, 0.14)]), (0, 0, 0), glow, (1, 1, 1), n, False)
    p.turned(at([(0.195, -0.04), (0.21, -0.02), (0.195, 0.0)]), (0, 0, 0), 'metal', BRASS, n, False)
    p.turned(at([(0.155, 0.12), (0.175, 0.15), (0.16, 0.17), (0.17, 0.19), (0.12, 0.25), (0.06, 0.29), (0.035, 0.34), (0.05, 0.36), (0.02, 0.40), (0.008, 0.46)]),
             (0, 0, 0), 'metal', BRASS, n, False)
    for i in range(n):
        a = 2 * math.pi * i / n
        c, s = math.cos(a), math.sin(a)
        p.tube([(0.125 * k * c, 0.125 * k * s, top - 0.28 * k), (0.195 * k * c, 0.195 * k * s, top - 0.02 * k), (0.157 * k * c, 0.157 * k * s, top + 0.14 * k)],
               0.008 * k, 'metal', BRASS, 4)
        b = 2 * math.pi * (i + 1) / n
        for za, ra in ((-0.20, 0.146), (-0.11, 0.170), (0.06, 0.176)):
            d, e = math.cos(b), math.sin(b)
            p.tube([(ra * k * c, ra * k * s, top + za * k), (ra * k * d, ra * k * e, top + za * k)], 0.005 * k, 'metal', BRASS, 3)


def lantern(m, glow):
    p = Piece('lantern', m)
    _lantern(p, -1.35, 1.0, glow)
    p.tube([(0, 0, 0), (0, 0, -0.90)], 0.007, 'metal', BRONZE, 4)
    p.turned([(0.02, -0.03), (0.06, 0.0)], (0, 0, 0), 'metal', BRASS, 8, False)
    return p.finish(ground=False)


def floor_lantern(m, glow):
    p = Piece('floor-lantern', m)
    _lantern(p, 0.52, 1.0, glow)
    p.turned([(0.17, 0.0), (0.17, 0.02), (0.12, 0.05), (0.04, 0.10), (0.05, 0.14), (0.10, 0.22)], (0, 0, 0), 'metal', BRASS, 8, False)
    return p.finish()


def great_lantern(m, glow):
    """The court's chandelier: a ring of small lanterns below a large one."""
    p = Piece('great-lantern', m)
    p.tube([(0, 0, 0), (0, 0, -3.3)], 0.018, 'metal', BRONZE, 6)
    p.turned([(0.05, -0.08), (0.16, 0.0)], (0, 0, 0), 'metal', BRASS, 12, False)
    _lantern(p, -4.15, 2.0, glow, 8)
    hoop = [(1.05 * math.cos(2 * math.pi * i / 16), 1.05 * math.sin(2 * math.pi * i / 16), -3.75) for i in range(17)]
    p.tube(hoop, 0.020, 'metal', BRASS, 5)
    for i in range(8):
        a = 2 * math.pi * i / 8
        x, y = 1.05 * math.cos(a), 1.05 * math.sin(a)
        p.tube([(x, y, -3.75), (0, 0, -2.6)], 0.006, 'metal', BRONZE, 3)
        for zs, r, mat in (((-3.80, -3.86), (0.01, 0.05), 'metal'), ((-3.86, -4.02), (0.055, 0.09), glow), ((-4.02, -4.10), (0.09, 0.015), 'metal')):
            p.turned([(r[1], zs[1]), (r[0], zs[0])], (x, y, 0), mat, (1, 1, 1) if mat == glow else BRASS, 8, False)
    return p.finish(ground=False)


def fountain_bowl(m):
    """A lobed bowl on a stem in the middle of the court's basin."""
    p = Piece('fountain-bowl', m)
    tone = srgb('#e6dccb')
    p.turned([(0.16, 0.0), (0.16, 0.18), (0.09, 0.24), (0.07, 0.42), (0.11, 0.50)], (0, 0, 0), 'satin', tone, 16, False)
    p.turned([(0.10, 0.49), (0.30, 0.55), (0.46, 0.64), (0.50, 0.67), (0.49, 0.68), (0.44, 0.655), (0.05, 0.645)], (0, 0, 0), 'satin', tone, 32)
    p.turned([(0.05, 0.64), (0.035, 0.76), (0.06, 0.80), (0.02, 0.83)], (0, 0, 0), 'satin', tone, 12)
    return p.finish()


def spout(m):
    p = Piece('spout', m)
    p.turned([(0.06, 0.0), (0.06, 0.015), (0.03, 0.03)], (0, 0, 0), 'metal', BRASS, 12, True, (math.pi / 2, 0, 0))
    p.tube([(0, -0.02, 0), (0, -0.14, 0.01), (0, -0.19, -0.03)], [0.018, 0.016, 0.014], 'metal', BRASS, 8)
    return p.finish(ground=False)


def door_metal(m):
    """Knockers, hinges and studs of the south gate; origin at its threshold."""
    p = Piece('door-metal', m)
    for s in (-1, 1):
        for z in (0.35, 1.15, 1.95, 2.75):
            for i in range(5):
                x = s * (0.16 + 0.25 * i)
                if z < 2.6 or abs(x) < 0.9:
                    p.turned([(0.032, 0), (0.026, 0.012), (0.006, 0.02)], (x, 0, z), 'metal', BRONZE, 8, True, (math.pi / 2, 0, 0))
        p.turned([(0.10, 0), (0.09, 0.012), (0.05, 0.02)], (s * 0.22, 0, 1.35), 'metal', BRASS, 16, True, (math.pi / 2, 0, 0))
        hoop = [(s * 0.22 + 0.075 * math.sin(2 * math.pi * i / 14), -0.035, 1.27 + 0.075 * math.cos(2 * math.pi * i / 14)) for i in range(15)]
        p.tube(hoop, 0.011, 'metal', BRASS, 5)
    return p.finish(ground=False)


def stool(m):
    """A turned cedar stool with a rush seat."""
    p = Piece('stool', m)
    p.turned([(0.17, 0.40), (0.19, 0.42), (0.19, 0.445), (0.16, 0.455), (0.02, 0.45)], (0, 0, 0), 'cedar', (1.2, 1.15, 0.9), 18)
    for i in range(4):
        a = math.pi / 4 + math.pi / 2 * i
        c, s = math.cos(a), math.sin(a)
        p.tube([(0.19 * c, 0.19 * s, 0.0), (0.14 * c, 0.14 * s, 0.41)], [0.015, 0.021], 'cedar', TINT['walnut'], 6)
    for z in (0.14, 0.27):
        hoop = [((0.175 - 0.06 * z) * math.cos(math.pi / 4 + math.pi / 2 * i), (0.175 - 0.06 * z) * math.sin(math.pi / 4 + math.pi / 2 * i), z) for i in range(5)]
        p.tube(hoop, 0.009, 'cedar', TINT['walnut'], 4)
    return p.finish()


def cafe_table(m):
    """A small tiled table for the square."""
    p = Piece('cafe-table', m)
    p.turned([(0.36, 0.55), (0.38, 0.565), (0.38, 0.585), (0.37, 0.595), (0.02, 0.595)], (0, 0, 0), 'metal', srgb('#5f8f78'), 24)
    for i in range(3):
        a = 2 * math.pi * i / 3
        c, s = math.cos(a), math.sin(a)
        p.tube([(0.30 * c, 0.30 * s, 0), (0.05 * c, 0.05 * s, 0.30), (0.26 * c, 0.26 * s, 0.56)], 0.012, 'metal', srgb('#4a4036'), 5)
    _tea(p, 0.595)
    return p.finish()


MAKERS = (banquette, pouf, tray_table, tea_set, bowl, fountain_bowl, spout, door_metal, stool, cafe_table)
GLOWING = (lantern, floor_lantern, great_lantern)
