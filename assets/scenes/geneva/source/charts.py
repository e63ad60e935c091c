"""Packs light map charts into a square atlas: shelves of falling height, the density found by bisection."""

MARGIN = 3  # pixels kept round each chart, so that neither bilinear filtering nor the first mips mix neighbours


def _sizes(charts, texels):
    """Pixel sizes, the longer side lying along x."""
    for c in charts:
        w = max(2, round(c.w * texels * c.density)) + 1
        h = max(2, round(c.h * texels * c.density)) + 1
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
    """A function (chart, s, t) -> atlas coordinates 0..1, for `geometry.to_object`. Texel centres meet the borders."""

    def place(c, s, t):
        a, b = min(max(s / c.w, 0.0), 1.0), min(max(t / c.h, 0.0), 1.0)
        if c.turned:
            a, b = b, a
        return ((c.x + 0.5 + a * (c.px - 1)) / size, (c.y + 0.5 + b * (c.py - 1)) / size)

    return place
