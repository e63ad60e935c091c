"""Packs and cleans light map charts into a square atlas: shelves of falling height, the density found by bisection."""

import numpy as np

MARGIN = 3  # pixels kept round each chart, so that neither bilinear filtering nor the first mips mix neighbours


def _sizes(charts, texels):
    """Pixel sizes, the longer side lying along x."""
    for c in charts:
        w = max(2, round(c.w * texels * c.density))
        h = max(2, round(c.h * texels * c.density))
        c.turned = h > w
        c.px, c.py = (h, w) if c.turned else (w, h)


def _fits(charts, size):
    x = y = shelf = 0
    for c in sorted(charts, key=lambda c: (-c.py, -c.px)):
        w, h = c.px + 2 * MARGIN, c.py + 2 * MARGIN
        if w > size:
            return False
        if x + w > size:
            x, y, shelf = 0, y + shelf, 0
        shelf = max(shelf, h)
        if y + h > size:
            return False
        c.x, c.y = x + MARGIN, y + MARGIN
        x += w
    return True


def pack(charts, size):
    """Places the charts in a `size` px atlas and returns the density reached (texels a metre at density 1)."""
    low, high = 1.0, 400.0
    for _ in range(24):
        mid = (low + high) / 2
        _sizes(charts, mid)
        if _fits(charts, size):
            low = mid
        else:
            high = mid
    _sizes(charts, low)
    if not _fits(charts, size):
        raise ValueError(f'{len(charts)} charts do not fit {size} px')
    return low


def placer(size):
    """A function (chart, s, t) -> atlas coordinates 0..1, for `geometry.to_object`.

    Faces end on texel borders, so that every texel is sampled strictly inside its face: a sample exactly in the
    corner of two walls would see the light behind them.
    """

    def place(c, s, t):
        a, b = min(max(s / c.w, 0.0), 1.0), min(max(t / c.h, 0.0), 1.0)
        if c.turned:
            a, b = b, a
        return ((c.x + a * c.px) / size, (c.y + b * c.py) / size)

    return place


def _boxes(charts):
    for c in charts:
        yield c.x, c.y, c.x + c.px, c.y + c.py


def colours(charts, size):
    """A picture that gives each chart (with its margin) a grey of its own."""
    picture = np.full((size, size, 3), 0.5, np.float32)
    rng = np.random.default_rng(3)
    for x0, y0, x1, y1 in _boxes(charts):
        picture[y0 - MARGIN:y1 + MARGIN, x0 - MARGIN:x1 + MARGIN] = rng.uniform(0.25, 0.95)
    return picture


def _grow(part, known):
    """Fills the unknown texels of a chart (outside its face) from their known neighbours, ring by ring."""
    while not known.all():
        total, count = np.zeros_like(part), np.zeros(known.shape, np.float32)
        wide, mask = np.pad(part * known[..., None], ((1, 1), (1, 1), (0, 0))), np.pad(known, 1).astype(np.float32)
        for dy in (0, 1, 2):
            for dx in (0, 1, 2):
                total += wide[dy:dy + known.shape[0], dx:dx + known.shape[1]]
                count += mask[dy:dy + known.shape[0], dx:dx + known.shape[1]]
        ring = ~known & (count > 0)
        if not ring.any():
            return part
        part[ring] = total[ring] / count[ring][:, None]
        known = known | ring
    return part


def fill(light, known, charts):
    """Fills every chart and its margin from the texels that the bake reached; the rest of the atlas stays black."""
    result = np.zeros_like(light)
    for x0, y0, x1, y1 in _boxes(charts):
        part = _grow(light[y0:y1, x0:x1].copy(), known[y0:y1, x0:x1].copy())
        result[y0 - MARGIN:y1 + MARGIN, x0 - MARGIN:x1 + MARGIN] = np.pad(part, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode='edge')
    return result


def _blur(values, sigma, axis):
    radius = int(3 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    pad = [(0, 0)] * 3
    pad[axis] = (radius, radius)
    wide = np.pad(values, pad, mode='edge')
    length = values.shape[axis]
    return sum(k * np.take(wide, range(i, i + length), axis=axis) for i, k in enumerate(kernel)).astype(np.float32)


def smooth(light, charts):
    """Blurs inside each chart: a little, and more in small ones, whose few texels cannot average out noise."""
    result = np.zeros_like(light)
    for c, (x0, y0, x1, y1) in zip(charts, _boxes(charts)):
        part = light[y0:y1, x0:x1]
        small = min(x1 - x0, y1 - y0) < 14 or (x1 - x0) * (y1 - y0) < 2500
        for axis in (0, 1):
            part = _blur(part, max(c.soft, 2.2 if small else 0.0), axis)
        result[y0 - MARGIN:y1 + MARGIN, x0 - MARGIN:x1 + MARGIN] = np.pad(part, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode='edge')
    return result
