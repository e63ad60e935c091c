"""The picture of all foliage: four kinds of leaf cluster in one RGBA atlas, drawn leaf by leaf.

Quarters (u, v from the bottom left): palm frond (0, 0), citrus (1, 0), olive (0, 1), cypress and, in its right half, bougainvillea (1, 1).
"""
import numpy as np

from textures import noise, rgb

HALF = 512


class _Sheet:
    """A square canvas with depth: later leaves lie on earlier ones."""

    def __init__(self, size, over=2):
        self.n, self.over = size * over, over
        self.colour = np.zeros((self.n, self.n, 3), np.float32)
        self.alpha = np.zeros((self.n, self.n), bool)

    def blade(self, base, tip, width, tint, bend=0.0, gloss=0.10):
        """One leaf from `base` to `tip` (0..1); folded along its midrib, one half lighter."""
        b, t = np.array(base) * self.n, np.array(tip) * self.n
        length = np.hypot(*(t - b))
        if length < 1:
            return
        d = (t - b) / length
        w = width * self.n
        pad = w + abs(bend) * length
        x0, y0 = np.maximum(np.floor(np.minimum(b, t) - pad), 0).astype(int)
        x1, y1 = np.minimum(np.ceil(np.maximum(b, t) + pad) + 1, self.n).astype(int)
        if x1 <= x0 or y1 <= y0:
            return
        y, x = np.mgrid[y0:y1, x0:x1]
        s = ((x - b[0]) * d[0] + (y - b[1]) * d[1]) / length
        r = -(x - b[0]) * d[1] + (y - b[1]) * d[0]
        r = r - bend * length * 4 * s * (1 - s)
        half = w * np.sin(np.pi * np.clip(s, 0, 1) ** 0.8) ** 0.85
        inside = (s > 0) & (s < 1) & (np.abs(r) < half)
        k = 1 + gloss * np.where(r > 0, 1, -1) + 0.10 * (s - 0.5) - 0.18 * (np.abs(r) < 0.06 * w + 0.6)
        part = self.colour[y0:y1, x0:x1]
        part[inside] = (np.asarray(tint) * k[..., None])[inside]
        self.alpha[y0:y1, x0:x1] |= inside

    def finish(self):
        """RGBA, colour bled outwards under the transparent texels so that mipmaps do not darken."""
        a = self.alpha.astype(np.float32)
        pre = np.concatenate([self.colour * a[..., None], a[..., None]], -1)
        n, o = self.n // self.over, self.over
        pre = pre.reshape(n, o, n, o, 4).mean((1, 3))
        rgba = pre.copy()
        mean = pre[..., :3].sum((0, 1)) / max(pre[..., 3].sum(), 1e-6)
        wide = pre
        for _ in range(24):
            wide = (wide + np.roll(wide, 1, 0) + np.roll(wide, -1, 0) + np.roll(wide, 1, 1) + np.roll(wide, -1, 1)) / 5
        bled = np.where(wide[..., 3:] > 1e-3, wide[..., :3] / np.maximum(wide[..., 3:], 1e-3), mean)
        rgba[..., :3] = np.where(pre[..., 3:] > 0.05, pre[..., :3] / np.maximum(pre[..., 3:], 0.05), bled)
        return rgba


def _vary(rng, tint, k=0.16, warm=0.06):
    f, w = 1 + rng.uniform(-k, k), rng.uniform(-warm, warm)
    return np.array(tint) * f * np.array((1 + w, 1, 1 - w))


def _frond(rng):
    """A date palm's frond, its stem along the left to the right side, the tip at the right."""
    s = _Sheet(HALF)
    green = rgb('#6d7f52')
    for k in range(92):
        t = 0.06 + 0.78 * k / 91
        stem = np.array((t, 0.5))
        reach = 0.44 * np.sin(np.pi * (0.14 + 0.92 * t)) ** 0.65
        for side in (-1, 1):
            lean = 0.75 + 0.5 * t + rng.uniform(-0.08, 0.08)
            tip = stem + reach * np.array((lean * 0.55, side * 0.92)) * rng.uniform(0.88, 1.0)
            s.blade(stem, np.clip(tip, 0.005, 0.995), 0.0075, _vary(rng, green, 0.14), 0.02 * side)
    s.blade((0.0, 0.5), (0.93, 0.5), 0.010, rgb('#9a9468'))
    return s.finish()


def _cluster(rng, tint, count, length, width, dark=0.55):
    """A round spray of leaves: dark ones behind, light ones in front."""
    s = _Sheet(HALF)
    for i in range(9):
        a = rng.uniform(0, 2 * np.pi)
        s.blade((0.5, 0.5), (0.5 + 0.36 * np.cos(a), 0.5 + 0.36 * np.sin(a)), 0.006, rgb('#5b4a38'))
    for i in range(count):
        f = i / count
        a, r = rng.uniform(0, 2 * np.pi), 0.40 * np.sqrt(rng.random())
        c = np.array((0.5 + r * np.cos(a), 0.5 + r * np.sin(a)))
        b = a + rng.uniform(-1.1, 1.1)
        l = length * rng.uniform(0.75, 1.2)
        d = np.array((np.cos(b), np.sin(b))) * l / 2
        if np.abs(c + d - 0.5).max() > 0.485:
            continue
        s.blade(c - d, c + d, width * rng.uniform(0.8, 1.2), _vary(rng, np.array(tint) * (dark + (1 - dark) * f)), rng.uniform(-0.08, 0.08))
    return s.finish()


def _cypress(rng):
    """Upright scale-leaved sprays (left half) and bougainvillea bracts (right half)."""
    s = _Sheet(HALF)
    for i in range(620):
        f = i / 620
        x, y = rng.uniform(0.03, 0.46), rng.uniform(0.02, 0.86)
        # The spray tapers upwards.
        if abs(x - 0.245) > 0.215 * (1.04 - y) ** 0.55:
            continue
        lean = (x - 0.245) * 0.5 + rng.uniform(-0.02, 0.02)
        s.blade((x, y), (np.clip(x + lean * 0.4, 0.01, 0.485), y + rng.uniform(0.05, 0.11)), 0.010, _vary(rng, rgb('#566f49') * (0.5 + 0.5 * f)))
    for i in range(420):
        f = i / 420
        a, r = rng.uniform(0, 2 * np.pi), 0.21 * np.sqrt(rng.random())
        c = np.array((0.755 + r * np.cos(a), 0.5 + 2.1 * r * np.sin(a)))
        b = rng.uniform(0, 2 * np.pi)
        bract = rng.random() < 0.25 + 0.6 * f
        l = 0.030 if bract else 0.045
        d = np.array((np.cos(b), np.sin(b))) * l
        if not (0.515 < c[0] - l and c[0] + l < 0.99 and 0.01 < c[1] - l and c[1] + l < 0.99):
            continue
        tint = rgb('#b83a74') * (0.65 + 0.4 * f) if bract else rgb('#5f7440') * (0.6 + 0.4 * f)
        s.blade(c - d, c + d, 0.017 if bract else 0.012, _vary(rng, tint, 0.14, 0.04))
    return s.finish()


def foliage():
    """The atlas, 1024 px."""
    rng = np.random.default_rng(17)
    citrus = _cluster(rng, rgb('#68863f'), 210, 0.135, 0.021)
    olive = _cluster(rng, rgb('#98a184'), 430, 0.125, 0.0095)
    sheet = np.concatenate([np.concatenate([_frond(rng), citrus], 1), np.concatenate([olive, _cypress(rng)], 1)], 0)
    sheet[..., :3] *= (1 + 0.03 * noise(99, 0.8, size=2 * HALF))[..., None]
    sheet[-24:, HALF:HALF + 24] = 1   # a white patch for bark and fruit, whose colour stands in the vertices
    return np.clip(sheet, 0, 1)
