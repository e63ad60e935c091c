"""Potted plants from plain leaf geometry (no alpha)."""
import math

from materials import TINT, srgb
from pieces import Piece


def _pot(p, r, h, tone):
    p.turned([(r * 0.78, 0.0), (r * 0.80, 0.01), (r, h - 0.02), (r, h), (r * 0.92, h), (r * 0.90, h - 0.06)], (0, 0, 0), 'satin',
             tone, 24, False)
    p.turned([(r * 0.93, h - 0.065), (r * 0.5, h - 0.05)], (0, 0, 0), 'leaf', srgb('#2c231b'), 16)


def _green(p, low=0.75, high=1.15):
    base = srgb('#4f7a3c')
    k = p.rng.uniform(low, high)
    warm = p.rng.uniform(-0.12, 0.12)
    return (base[0] * k * (1 + warm), base[1] * k, base[2] * k * (1 - warm))


def rubber_fig(m):
    """A fig of 1.9 m: three stems with broad glossy leaves."""
    p = Piece('rubber-fig', m)
    _pot(p, 0.24, 0.46, TINT['white'])
    for stem in range(3):
        a0 = stem * 2.1 + 0.4
        lean = 0.18 + 0.05 * stem
        top = 1.55 + 0.17 * stem
        path = [(0.05 * math.cos(a0) + lean * t * t * math.cos(a0), 0.05 * math.sin(a0) + lean * t * t * math.sin(a0),
                 0.40 + (top - 0.40) * t) for t in (0, 0.35, 0.7, 1.0)]
        p.tube(path, [0.017, 0.014, 0.011, 0.006], 'leaf', srgb('#5b4a35'), 6)
        count = 17
        for i in range(count):
            t = 0.22 + 0.78 * i / (count - 1)
            a = a0 + i * 2.4 + p.rng.uniform(-0.3, 0.3)
            x = 0.05 * math.cos(a0) + lean * t * t * math.cos(a0)
            y = 0.05 * math.sin(a0) + lean * t * t * math.sin(a0)
            z = 0.40 + (top - 0.40) * t
            rise = 0.25 + 0.9 * t * t
            p.leaf((x, y, z), (math.cos(a), math.sin(a), rise), 0.30 - 0.08 * t + p.rng.uniform(-0.02, 0.03),
                   0.15 - 0.04 * t, _green(p), 0.45)
    return p.finish(sharp=80)


def palm(m):
    """A kentia palm of 2.2 m: arching fronds with paired leaflets."""
    p = Piece('palm', m)
    _pot(p, 0.26, 0.42, TINT['clay'])
    fronds = 9
    for f in range(fronds):
        a = f * 2.4 + p.rng.uniform(-0.2, 0.2)
        reach, top = 0.55 + 0.5 * (f / fronds), 2.15 - 0.75 * (f / fronds)
        spine = []
        for k in range(9):
            t = k / 8
            r = reach * t ** 1.7
            z = 0.36 + (top - 0.36) * (1.28 * t - 0.28 * t ** 4) * (1 - 0.10 * t ** 6)
            z -= 0.16 * (f / fronds + 0.35) * max(0, t - 0.6) ** 1.5 * 4
            spine.append((r * math.cos(a) + 0.03 * math.cos(a), r * math.sin(a) + 0.03 * math.sin(a), z))
        p.tube(spine, [0.011 - 0.0011 * k for k in range(9)], 'leaf', srgb('#55713a'), 4)
        tone = _green(p)
        for k in range(20):
            t = 0.36 + 0.64 * k / 19
            i = min(int(t * 8), 7)
            q = t * 8 - i
            base = [spine[i][c] * (1 - q) + spine[i + 1][c] * q for c in range(3)]
            along = [spine[i + 1][c] - spine[i][c] for c in range(3)]
            norm = math.sqrt(sum(c * c for c in along))
            along = [c / norm for c in along]
            for s in (-1, 1):
                side = (-math.sin(a) * s, math.cos(a) * s, 0.12)
                d = [side[c] * 0.85 + along[c] * (0.55 + 0.5 * t) for c in range(3)]
                length = 0.36 * math.sin(math.pi * (0.16 + 0.78 * (t - 0.36) / 0.64)) + 0.05
                p.leaf(base, d, length, 0.045, tone, 0.45, 2)
    return p.finish(sharp=80)


def snake_plant(m):
    """A low bowl of upright blades for counters and window sills, 0.6 m."""
    p = Piece('snake-plant', m)
    _pot(p, 0.15, 0.20, TINT['white'])
    for i in range(16):
        a = i * 2.4
        r = 0.015 + 0.006 * i
        lean = 0.10 + 0.02 * i
        p.leaf((r * math.cos(a), r * math.sin(a), 0.15), (lean * math.cos(a), lean * math.sin(a), 1.0), 0.50 - 0.014 * i, 0.06,
               _green(p, 0.65, 1.0), -0.05)
    return p.finish(sharp=80)
