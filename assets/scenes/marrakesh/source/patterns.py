"""Geometric patterns of the eight-pointed family, drawn exactly: polygons in contact on octagons and squares (4.8.8).

From the middle of every edge of a tile two lines go inwards, each at `alpha` from the edge's normal (Hankin 1925; Kaplan, "Islamic star
patterns from polygons in contact", 2005). Each tile has mirror lines, so a point is folded into one narrow wedge, where only a few straight
segments remain; which side of them it lies on names its piece. So every edge is as sharp as the sampling.
"""
import numpy as np

SQUARE_HALF = np.sqrt(2) - 1   # inradius of the small square, where that of the octagon is 1


class Cell:
    """What `lines` found for every sample."""

    def __init__(self, kind, distance, piece, tilt):
        self.kind = kind          # which sort of piece: 0 inner star, 1 petal, 2 kite, 3 outer field; 4, 5 in the small square
        self.distance = distance  # to the nearest line, in inradii of the octagon
        self.piece = piece        # a number of the single piece, for its tone
        self.tilt = tilt          # (x, y) from the centre of the tile, for its lie


def _fold(x, y, n, inradius):
    """Folds a regular tile with n edges (one towards +x) into the wedge 0 <= angle <= pi / n; returns x, y, sector."""
    angle, r = np.arctan2(y, x), np.hypot(x, y)
    step = 2 * np.pi / n
    sector = np.round(angle / step).astype(int)
    inner = np.abs(angle - sector * step)
    return r * np.cos(inner) / inradius, r * np.sin(inner) / inradius, sector % n


def _segments(n, alpha, levels):
    """The line from (1, 0) folded at the wedge's mirrors: `levels` segments, as (p, q)."""
    p, d = np.array((1.0, 0.0)), np.array((-np.cos(alpha), np.sin(alpha)))
    edge = np.array((np.cos(np.pi / n), np.sin(np.pi / n)))
    made = []
    for k in range(levels):
        # Alternately meets the mirror at pi/n and the one at 0.
        normal = np.array((-edge[1], edge[0])) if k % 2 == 0 else np.array((0.0, 1.0))
        t = -(p @ normal) / (d @ normal)
        q = p + d * t
        made.append((p, q))
        d = d - 2 * (d @ normal) * normal
        p = q
    return made


def _distance(x, y, p, q):
    d = q - p
    t = np.clip(((x - p[0]) * d[0] + (y - p[1]) * d[1]) / (d @ d), 0, 1)
    return np.hypot(x - p[0] - t * d[0], y - p[1] - t * d[1])


def _classify(x, y, segments):
    """The number of segments beyond which a point lies, seen from the outside in, and its distance to the nearest."""
    beyond = np.zeros(x.shape, int)
    near = np.full(x.shape, 9.0)
    for p, q in segments:
        d = q - p
        side = (x - p[0]) * -d[1] + (y - p[1]) * d[0]
        centre = p[0] * d[1] - p[1] * d[0]
        beyond += (side * centre > 0)
        near = np.minimum(near, _distance(x, y, p, q))
    return beyond, near


def lines(u, v, alpha=np.radians(45), levels=3, period=12):
    """The pattern at lattice coordinates (one octagon a unit square); pieces repeat after `period` cells."""
    cx, cy = np.round(u), np.round(v)
    x, y = (u - cx) * 2, (v - cy) * 2
    square = np.abs(x) + np.abs(y) > np.sqrt(2)
    ox, oy, sector = _fold(x, y, 8, 1.0)
    kind, near = _classify(ox, oy, _segments(8, alpha, levels))
    sx, sy = np.abs(x) - 1, np.abs(y) - 1
    # Turned so that the edge of the small square lies towards +x.
    tx, ty = (sx + sy) / np.sqrt(2), (sy - sx) / np.sqrt(2)
    qx, qy, sector4 = _fold(tx, ty, 4, SQUARE_HALF)
    inner, close = _classify(qx, qy, _segments(4, alpha, 1))
    kind = np.where(square, 4 + inner, levels - kind)
    near = np.where(square, close * SQUARE_HALF, near)
    # Pieces lie alternately across the mirrors at pi/n and at 0.
    wedge = np.floor(np.arctan2(y, x) / (np.pi / 4)).astype(int) % 8
    part = np.where((levels - kind) % 2 == 0, wedge, sector) + 1
    part = np.where(square, sector4 + 1, np.where(kind == 0, 0, part))
    part = np.where(kind == 5, 0, part)
    number = np.where(square, np.mod(np.floor(u), period) * 37 + np.mod(np.floor(v), period) * 91 + 5000,
                      np.mod(cx, period) * 53 + np.mod(cy, period) * 17)
    piece = (number * 31 + kind * 7 + part * 131).astype(np.int64)
    return Cell(kind, near, piece, (x, y))


def star_and_cross(u, v, period=4):
    """Eight-pointed stars (two squares) on a square lattice, crosses between them: (star, distance to the line, piece)."""
    cx, cy = np.round(u), np.round(v)
    x, y = np.abs(u - cx), np.abs(v - cy)
    a = 0.5 / np.sqrt(2)
    d = np.minimum(np.maximum(x, y), (x + y) / np.sqrt(2)) - a
    star = d < 0
    piece = np.where(star, np.mod(cx, period) * 57 + np.mod(cy, period) * 131,
                     np.mod(np.floor(u), period) * 91 + np.mod(np.floor(v), period) * 17 + 7001).astype(np.int64)
    return star, np.abs(d), piece


def tone(piece, seed=0):
    """A value -1..1 a piece."""
    table = np.random.default_rng(seed).uniform(-1, 1, 9973)
    return table[np.mod(piece * 2654435761 % 4294967296, 9973)]


def grid(size, cells, over=3):
    """Lattice coordinates of `over` x `over` samples a texel, row 0 at the bottom, cell centres on whole numbers."""
    n = size * over
    a = (np.arange(n) + 0.5) / n * cells - 0.5
    return np.meshgrid(a, a)


def shrink(samples, over=3):
    """Averages samples to texels (box filter)."""
    h, w = samples.shape[0] // over, samples.shape[1] // over
    return samples.reshape(h, over, w, over, -1).mean((1, 3))
