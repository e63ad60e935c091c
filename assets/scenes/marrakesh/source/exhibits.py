"""The objects of the exhibition, as one mesh; each is built about its own origin and looks towards its visitor (-Y)."""
import math

from furnishings import BRASS, BRONZE, _tea, ball
from materials import srgb
from pieces import Piece
from visits import EXHIBITS, behind


class Spot:
    """A place of the common piece, moved and turned."""

    def __init__(self, piece, at, turn):
        self.p, self.o, self.turn = piece, at, turn
        self.c, self.s = math.cos(turn), math.sin(turn)
        self.rng = piece.rng

    def move(self, q):
        x, y, z = q
        return (self.o[0] + x * self.c - y * self.s, self.o[1] + x * self.s + y * self.c, self.o[2] + z)

    def block(self, size, at, material, tint=(1, 1, 1), bevel=0.0, segments=2, turn=(0, 0, 0), grain=None, taper=1.0):
        self.p.block(size, self.move(at), material, tint, bevel, segments, (turn[0], turn[1], turn[2] + self.turn), grain, taper)

    def turned(self, profile, at, material, tint=(1, 1, 1), n=16, lid=True, turn=(0, 0, 0)):
        self.p.turned(profile, self.move(at), material, tint, n, lid, (turn[0], turn[1], turn[2] + self.turn))

    def tube(self, path, radius, material, tint=(1, 1, 1), n=6):
        self.p.tube([self.move(q) for q in path], radius, material, tint, n)

    def leaf(self, base, direction, length, width, tint, droop=0.25, cells=3):
        x, y, z = direction
        self.p.leaf(self.move(base), (x * self.c - y * self.s, x * self.s + y * self.c, z), length, width, tint, droop, cells)


STONE, WOOD, RUSH = srgb('#a49a8a'), (0.8, 0.74, 0.68), srgb('#b9955c')


def _zellige(p):
    """A star table: loose pieces, the cutter's hammer (the round table stands in visits)."""
    tones = [srgb(c) for c in ('#2f5d7d', '#3f7059', '#c79a49', '#8e4a35', '#e4dccb')]
    for i in range(46):
        x, y = p.rng.uniform(0.42, 0.72), p.rng.uniform(-0.34, 0.34)
        p.block((0.045, 0.03, 0.014), (x, y, 0.808 + 0.012 * p.rng.random()), 'satin', tones[i % 5], 0, 1, (0, 0, p.rng.uniform(0, 3)))
    p.tube([(-0.68, -0.25, 0.83), (-0.46, -0.12, 0.83)], 0.013, 'cedar', WOOD, 6)
    p.block((0.03, 0.20, 0.03), (-0.45, -0.115, 0.835), 'metal', srgb('#6d6a66'), 0.008, 1, (0, 0, 0.55), None, 1.0)
    p.turned([(0.10, 0), (0.11, 0.05), (0.09, 0.06)], (-0.6, 0.16, 0.80), 'satin', STONE, 12)


def _khettara(p):
    """A cut through a gallery: shafts from the foot of the hills down to the water, a channel to the gardens."""
    n, w, d = 24, 2.5, 0.86
    low = 0.70

    def ground(t):
        return 0.16 + 0.52 * t ** 1.6 + 0.015 * math.sin(17 * t)

    for i in range(n):
        t = 1 - (i + 0.5) / n
        x, h = -w / 2 + w * (i + 0.5) / n, ground(t)
        p.block((w / n, d, h), (x, 0, low + h / 2), 'satin', srgb('#c49a6c') if t > 0.22 else srgb('#7d8a4a'), 0)
        # Strata on the cut: a sandy, a gravelly and a wet layer.
        for f0, f1, tone in ((0.60, 0.86, '#b5835a'), (0.28, 0.60, '#8f7256'), (0.0, 0.28, '#5f5a58')):
            p.block((w / n, 0.006, h * (f1 - f0)), (x, -d / 2 - 0.002, low + h * (f0 + f1) / 2), 'satin', srgb(tone), 0)
        z = low + 0.075 + 0.075 * t
        p.block((w / n, 0.012, 0.05), (x, -d / 2 - 0.004, z), 'satin', srgb('#1d1a18'), 0)
        p.block((w / n, 0.014, 0.022), (x, -d / 2 - 0.005, z - 0.012), 'satin', srgb('#4f9fb0'), 0)
    for i in range(6):
        t = 0.36 + 0.115 * i
        x, h = w / 2 - w * t, ground(t)
        z = low + 0.075 + 0.075 * t
        p.block((0.045, 0.012, low + h - z), (x, -d / 2 - 0.003, (low + h + z) / 2), 'satin', srgb('#1d1a18'), 0)
        p.turned([(0.10, 0.0), (0.065, 0.045), (0.03, 0.05), (0.02, 0.0)], (x, -d / 2 + 0.13, low + h - 0.004), 'satin', srgb('#d2ad80'), 10, False)
    p.block((0.36, 0.30, 0.012), (w / 2 - 0.26, -0.16, low + 0.19), 'satin', srgb('#4f9fb0'), 0)
    for i in range(7):
        x, y = w / 2 - 0.10 - 0.075 * i, 0.08 + 0.27 * ((i * 0.618) % 1)
        p.tube([(x, y, low + 0.17), (x + 0.01, y, low + 0.36)], 0.009, 'cedar', WOOD, 5)
        for k in range(7):
            a = 0.9 * k
            p.leaf((x + 0.01, y, low + 0.36), (math.cos(a), math.sin(a), 0.45), 0.12, 0.03, srgb('#56733c'), 0.6, 3)


def _astrolabe(p):
    """An astrolabe four times the size: mater, rete with star pointers, alidade, throne and ring."""
    z, r = 1.42, 0.34
    flat = (math.pi / 2, 0, 0)
    p.block((0.34, 0.20, 0.03), (0, 0, 0.875), 'cedar', WOOD, 0.006)
    p.tube([(0, 0.05, 0.88), (0, 0.05, 1.06)], 0.018, 'metal', BRONZE, 8)
    p.turned([(0, -0.012), (r, -0.012), (r + 0.012, 0.0), (r, 0.022), (r - 0.028, 0.022), (r - 0.03, 0.008), (0.0, 0.008)], (0, 0, z), 'metal', BRASS, 48, False, flat)

    def circle(cx, cz, rad, thick, n=40, y=-0.016, a0=0.0, a1=2 * math.pi):
        p.tube([(cx + rad * math.cos(a0 + (a1 - a0) * i / n), y, z + cz + rad * math.sin(a0 + (a1 - a0) * i / n)) for i in range(n + 1)], thick, 'metal', srgb('#e0bd74'), 4)

    circle(0, 0, r - 0.05, 0.006)
    circle(0, 0.075, 0.205, 0.008)
    circle(0, 0, 0.11, 0.005)
    for k in range(72):
        a = 2 * math.pi * k / 72
        e = r - (0.022 if k % 6 else 0.034)
        p.tube([(e * math.cos(a), -0.024, z + e * math.sin(a)), ((r - 0.004) * math.cos(a), -0.024, z + (r - 0.004) * math.sin(a))], 0.0018, 'metal', BRONZE, 3)
    for k in range(13):
        a = 0.48 * k + 0.3
        q = 0.12 + 0.15 * ((k * 0.618) % 1)
        p.tube([(q * math.cos(a), -0.016, z + q * math.sin(a)), ((q + 0.03) * math.cos(a + 0.16), -0.022, z + (q + 0.03) * math.sin(a + 0.16)),
                ((q + 0.055) * math.cos(a + 0.22), -0.020, z + (q + 0.055) * math.sin(a + 0.22))], [0.007, 0.005, 0.001], 'metal', srgb('#e0bd74'), 4)
    for a in (0.6, 0.6 + math.pi):
        p.tube([(0.02 * math.cos(a), -0.032, z + 0.02 * math.sin(a)), ((r - 0.01) * math.cos(a), -0.032, z + (r - 0.01) * math.sin(a))], [0.014, 0.003], 'metal', BRONZE, 4)
    p.turned([(0.03, 0), (0.028, 0.02), (0.01, 0.03)], (0, -0.02, z), 'metal', BRASS, 12, True, flat)
    p.turned([(0.12, -0.01), (0.085, 0.05), (0.03, 0.09)], (0, 0, z + r), 'metal', BRASS, 4, False)
    p.tube([(0.045 * math.cos(a), 0, z + r + 0.125 + 0.045 * math.sin(a)) for a in [math.pi * i / 8 for i in range(17)]], 0.007, 'metal', BRASS, 5)


def _argan(p):
    """A hand mill for argan kernels, nuts in a basket, a jar for the oil."""
    p.turned([(0.46, 0.0), (0.50, 0.05), (0.50, 0.22), (0.46, 0.27), (0.34, 0.27), (0.32, 0.24)], (0, 0, 0.10), 'satin', STONE, 28, False)
    p.turned([(0.33, 0.33), (0.1, 0.335)], (0, 0, 0.01), 'satin', srgb('#7c7063'), 28)
    p.turned([(0.30, 0.35), (0.31, 0.42), (0.24, 0.60), (0.15, 0.74), (0.13, 0.80), (0.16, 0.86), (0.10, 0.87), (0.06, 0.80)], (0, 0, 0), 'satin', STONE, 24, False)
    p.tube([(0.10, 0.0, 0.66), (0.42, 0.0, 0.80)], 0.022, 'cedar', WOOD, 8)
    p.tube([(0.40, 0.0, 0.72), (0.40, 0.0, 1.0)], 0.020, 'cedar', WOOD, 8)
    p.block((0.10, 0.20, 0.03), (0.0, -0.52, 0.30), 'satin', STONE, 0.008)
    p.turned([(0.15, 0), (0.21, 0.10), (0.23, 0.20), (0.22, 0.205), (0.19, 0.12)], (-0.62, -0.32, 0.10), 'fabric', RUSH, 18, False)
    for i in range(40):
        a, r = i * 2.4, 0.19 * math.sqrt((i % 20 + 0.5) / 20)
        ball(p, (-0.62 + r * math.cos(a), -0.32 + r * math.sin(a), 0.265 + 0.02 * (i // 20)), 0.028, srgb('#9a6a34') if i % 3 else srgb('#7e8a3c'), 6)
    p.turned([(0.07, 0), (0.11, 0.08), (0.12, 0.16), (0.08, 0.25), (0.045, 0.29), (0.055, 0.31), (0.04, 0.312)], (0.62, -0.34, 0.10), 'satin', srgb('#3f7059'), 18, False)
    p.turned([(0.14, 0), (0.16, 0.03), (0.155, 0.035), (0.13, 0.02)], (0.05, -0.70, 0.10), 'satin', srgb('#e4dccb'), 18, False)
    p.turned([(0.135, 0.02), (0.02, 0.022)], (0.05, -0.70, 0.10), 'satin', srgb('#c98f2b'), 18)


def _loom(p):
    """An upright loom: beams, warp, heddle rod, beaters, balls of wool (the rug itself stands in visits)."""
    for s in (-1, 1):
        p.block((0.10, 0.10, 2.45), (s * 1.22, 0.0, 1.32), 'cedar', WOOD, 0.01)
        p.block((0.12, 0.70, 0.10), (s * 1.22, 0.0, 0.15), 'cedar', WOOD, 0.01)
    for z in (0.38, 2.38):
        p.tube([(-1.35, 0, z), (1.35, 0, z)], 0.055, 'cedar', WOOD, 10)
    for i in range(50):
        x = -0.98 + 1.96 * i / 49
        p.tube([(x, -0.01 if i % 2 else 0.015, 1.38), (x, -0.01 if i % 2 else 0.015, 2.36)], 0.0042, 'fabric', srgb('#efe6d0'), 3)
    p.tube([(-1.1, -0.10, 1.75), (1.1, -0.10, 1.75)], 0.018, 'cedar', WOOD, 6)
    p.tube([(-1.1, 0.07, 1.95), (1.1, 0.07, 1.95)], 0.014, 'cedar', WOOD, 6)
    for x, tone in ((-0.9, '#8e3b2b'), (-0.72, '#c08b3e'), (-0.55, '#38516a'), (0.7, '#efe6d0'), (0.88, '#3a2a26')):
        ball(p, (x, -0.42, 0.18), 0.085, srgb(tone), 10, 'fabric')
    p.block((0.16, 0.05, 0.22), (0.25, -0.42, 0.14), 'cedar', WOOD, 0.006, 1, (1.4, 0, 0.3))
    p.block((1.3, 0.26, 0.10), (0, -0.62, 0.16), 'fabric', srgb('#b5a283'), 0.03, 2)


def _tea_service(p):
    """Tea for guests on a tall tray, with mint and a sugar loaf."""
    common = p.p
    x, y, z = p.move((0, 0, 0.862))

    class Raised:
        """The tea set of the furniture, at this place."""

        def turned(self, profile, at, *rest):
            common.turned(profile, (x + at[0], y + at[1], z + at[2] - 0.862), *rest)

        def tube(self, path, *rest):
            common.tube([(x + a, y + b, z + c - 0.862) for a, b, c in path], *rest)

    _tea(Raised(), 0.862)
    p.turned([(0.045, 0), (0.04, 0.10), (0.012, 0.19)], (0.30, 0.16, 0.862), 'satin', srgb('#f1ede4'), 14)
    p.turned([(0.06, 0), (0.075, 0.10), (0.07, 0.105)], (-0.30, 0.15, 0.862), 'satin', srgb('#2f5d7d'), 14, False)
    for i in range(26):
        a = i * 2.4
        p.leaf((-0.30 + 0.03 * math.cos(a), 0.15 + 0.03 * math.sin(a), 0.93 + 0.006 * i), (math.cos(a), math.sin(a), 0.9), 0.10, 0.05, srgb('#4e7f3a'), 0.4, 3)


def exhibits(m):
    """All objects, at their places in the exhibition."""
    p = Piece('exhibits', m)
    makers = {'zellige': (_zellige, 1.75), 'khettara': (_khettara, 1.8), 'astrolabe': (_astrolabe, 1.75), 'argan': (_argan, 1.7), 'loom': (_loom, 1.9), 'tea': (_tea_service, 1.75)}
    for name, (make, d) in makers.items():
        make(Spot(p, (*behind(name, d), 0.0), EXHIBITS[name][1]))
    return p.finish(ground=False)


def viewer(m):
    """The stand of the 360-degree picture: a brass ring on a turned post round an open globe."""
    p = Piece('viewer', m)
    p.turned([(0.34, 0.0), (0.34, 0.03), (0.14, 0.07), (0.07, 0.16), (0.055, 0.60), (0.09, 0.72), (0.06, 0.80)], (0, 0, 0), 'cedar', WOOD, 20, False)
    z, r = 1.18, 0.34
    for axis in range(3):
        path = []
        for i in range(33):
            a = 2 * math.pi * i / 32
            q = ((r * math.cos(a), r * math.sin(a), 0), (r * math.cos(a), 0, r * math.sin(a)), (0, r * math.cos(a), r * math.sin(a)))[axis]
            path.append((q[0], q[1], z + q[2]))
        p.tube(path, 0.014 if axis == 0 else 0.010, 'metal', BRASS, 6)
    p.turned([(0.03, -0.36), (0.05, -0.38)], (0, 0, z), 'metal', BRASS, 12)
    p.turned([(max(0.004, 0.15 * math.sin(math.pi * k / 12)), z - 0.15 * math.cos(math.pi * k / 12)) for k in range(13)], (0, 0, 0), 'metal', srgb('#3d6c86'), 24, False)
    p.tube([(0, 0, z - 0.36), (0, 0, z + 0.40)], 0.009, 'metal', BRONZE, 6)
    hoop = [(0.42 * math.cos(2 * math.pi * i / 32), 0.42 * math.sin(2 * math.pi * i / 32), 0.86) for i in range(33)]
    p.tube(hoop, 0.016, 'metal', BRASS, 6)
    for i in range(4):
        a = math.pi / 4 + math.pi / 2 * i
        p.tube([(0.06 * math.cos(a), 0.06 * math.sin(a), 0.72), (0.42 * math.cos(a), 0.42 * math.sin(a), 0.86)], 0.010, 'metal', BRASS, 5)
    return p.finish()


def finial(m):
    """Three brass globes on the pavilion's roof."""
    p = Piece('finial', m)
    p.turned([(0.10, 0), (0.05, 0.06), (0.12, 0.16), (0.15, 0.24), (0.12, 0.32), (0.04, 0.40), (0.08, 0.48), (0.10, 0.54), (0.08, 0.60), (0.03, 0.66), (0.055, 0.72), (0.06, 0.76),
              (0.03, 0.82), (0.005, 1.0)], (0, 0, 0), 'metal', BRASS, 14, False)
    return p.finish(ground=False)


MAKERS = (exhibits, viewer, finial)
