"""The scene's textures, all computed. Values are sRGB 0..1 (RGB or RGBA); row 0 is the bottom of the picture (V = 0); all are seamless."""
import numpy as np

import patterns
from patterns import grid, shrink, tone

SIZE = 512


def noise(seed, beta, stretch=(1.0, 1.0), size=SIZE):
    """Seamless noise with a 1/f^beta spectrum, zero mean and unit deviation; a large stretch shortens that axis."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.fft2(rng.standard_normal((size, size)))
    fy = np.fft.fftfreq(size)[:, None] / stretch[0]
    fx = np.fft.fftfreq(size)[None, :] / stretch[1]
    k = np.sqrt(fx * fx + fy * fy)
    k[0, 0] = 1.0
    field = np.fft.ifft2(spectrum / k ** beta).real
    field -= field.mean()
    return field / field.std()


def rgb(code):
    """'#rrggbb' as sRGB 0..1."""
    return np.array([int(code[i:i + 2], 16) / 255 for i in (1, 3, 5)])


WHITE, INK, SEA, LEAF, HONEY, BRICK = (rgb(c) for c in ('#ded8c8', '#26272a', '#2f5d7d', '#3f7059', '#c79a49', '#8e4a35'))
JOINT = rgb('#b9ad98')


def _glaze(palette, kind, piece, seed, spread=0.09):
    """Hand-cut, hand-glazed: no two pieces of quite the same tone."""
    colour = np.asarray(palette)[np.clip(kind, 0, len(palette) - 1)]
    k = 1 + spread * tone(piece, seed)
    warm = 0.018 * tone(piece, seed + 1)
    return colour * (np.stack([k + warm, k, k - warm], -1))


def zellige(size=1024):
    """The great floor pattern: eight-fold rosettes of 40 cm, three a side."""
    u, v = grid(size, 3, 2)
    c = patterns.lines(u, v, np.radians(22.5), 3, 3)
    colour = _glaze([INK, BRICK, SEA, WHITE * 0.97, HONEY, LEAF], c.kind, c.piece, 1)
    # The middle of every rosette is a star of its own.
    x, y = c.tilt
    heart = np.minimum(np.maximum(np.abs(x), np.abs(y)), (np.abs(x) + np.abs(y)) / np.sqrt(2)) - 0.19
    middle = (c.kind == 0)
    colour = np.where((middle & (heart < 0))[..., None], HONEY, colour)
    c.distance = np.where(middle, np.minimum(c.distance, np.abs(heart) + 0.006), c.distance)
    band = 0.016
    strap = np.clip((band - c.distance) / 0.005, 0, 1)[..., None]
    colour = colour * (1 - strap) + (WHITE * 1.03) * strap
    line = np.clip(1 - np.abs(c.distance - band - 0.004) / 0.0045, 0, 1)[..., None] * 0.55
    colour = colour * (1 - line) + JOINT * 0.55 * line
    return np.clip(shrink(colour, 2), 0, 1)


def dado(size=SIZE):
    """Stars and crosses of 12 cm, four a side: white crosses, stars in greens and blues by turns, each with a heart of its own."""
    u, v = grid(size, 4)
    star, distance, piece = patterns.star_and_cross(u, v)
    cx, cy = np.round(u), np.round(v)
    turn = np.mod(cx + 2 * cy, 4).astype(int)
    kind = np.where(star, turn + 1, 0)
    colour = _glaze([WHITE, LEAF, SEA, LEAF * 0.8, HONEY], kind, piece, 3, 0.10)
    x, y = u - cx, v - cy
    heart = np.minimum(np.maximum(np.abs(x), np.abs(y)), (np.abs(x) + np.abs(y)) / np.sqrt(2)) - 0.155
    ring = np.abs(heart)
    colour = np.where((star & (heart < 0))[..., None], np.where((turn % 2 == 0)[..., None], INK, WHITE), colour)
    px, py = np.abs(u - np.floor(u) - 0.5), np.abs(v - np.floor(v) - 0.5)
    diamond = (px + py) - 0.125
    colour = np.where((~star & (diamond < 0))[..., None], BRICK, colour)
    edge = np.minimum(np.minimum(distance, np.where(star, ring, 9)), np.where(star, 9, np.abs(diamond) / 1.4))
    line = np.clip(1 - edge / 0.020, 0, 1)[..., None] * 0.8
    return np.clip(shrink(colour * (1 - line) + JOINT * 0.78 * line), 0, 1)


def dado_normal(size=SIZE):
    """Every piece of the dado lies a little askew, so that its glaze catches the light by itself (tangent space)."""
    u, v = grid(size, 4)
    _, distance, piece = patterns.star_and_cross(u, v)
    nx, ny = 0.045 * tone(piece, 11), 0.045 * tone(piece, 12)
    rim = np.clip(1 - distance / 0.05, 0, 1)
    nx, ny = nx * (1 - rim), ny * (1 - rim)
    n = np.stack([nx, ny, np.sqrt(1 - nx * nx - ny * ny)], -1)
    return shrink(n) * 0.5 + 0.5


def bejmat(size=SIZE):
    """Unglazed bricks of 5 x 15 cm laid herring-bone, 0.9 m a side."""
    over = 3
    n = size * over
    a = (np.arange(n) + 0.5) / n * 18          # in brick widths
    x, y = np.meshgrid(a, a)
    best = np.full(x.shape, -1.0)
    piece = np.zeros(x.shape, np.int64)
    # Bricks 1 x 3 along x, then along y, in stairs: column i of the herring-bone is shifted by i.
    for horizontal in (True, False):
        s, t = (x, y) if horizontal else (y, x)
        row = np.floor(t)
        phase = np.mod(s - (row if horizontal else row + 1 - 0), 6)
        inside = phase < 3
        edge = np.minimum(np.minimum(phase, 3 - phase), np.minimum(t - row, row + 1 - t))
        number = np.mod(row, 18) * 37 + np.mod(np.floor((s - (row if horizontal else row + 1)) / 6), 3) * 211 + (0 if horizontal else 5003)
        take = inside & (edge > best) if horizontal else inside & (best < 0)
        best = np.where(take, edge, best)
        piece = np.where(take, number.astype(np.int64), piece)
    k = tone(piece, 21)
    base = rgb('#b8876a') * (1 + 0.10 * k[..., None]) + 0.02 * tone(piece, 22)[..., None] * np.array((1, 0.2, -0.4))
    joint = np.clip(1 - best / 0.07, 0, 1)[..., None]
    picture = shrink(base * (1 - joint) + rgb('#9a8672') * 0.82 * joint, over)
    grain = 1 + 0.022 * noise(23, 0.5, size=size) + 0.02 * noise(24, 1.2, size=size)
    return np.clip(picture * grain[..., None], 0, 1)


def paving(size=SIZE):
    """Honey-coloured flags 0.6 m square with narrow joints, two a side."""
    cloud, grain, vein = noise(31, 1.6, size=size), noise(32, 0.45, size=size), np.abs(noise(33, 1.7, (0.6, 1.4), size))
    y, x = np.mgrid[0:size, 0:size]
    half = size // 2
    flag = np.array(((0.0, 0.6), (0.35, -0.8)))[(y // half), (x // half)]
    k = 1 + 0.020 * cloud + 0.018 * grain + 0.028 * flag - 0.04 * np.exp(-(vein / 0.05) ** 2)
    near = np.minimum(np.minimum(x % half, half - x % half), np.minimum(y % half, half - y % half))
    k = np.where(near < 2, 0.80, np.where(near < 4, k * 0.965, k))
    return np.clip(k[..., None] * rgb('#cfb594'), 0, 1)


def tadelakt(size=SIZE):
    """Polished lime plaster, to be tinted by vertex colours: clouds, trowel marks, a fine dark craze here and there."""
    cloud = noise(41, 1.9, size=size)
    trowel = noise(42, 1.3, (0.5, 1.5), size)
    fine = noise(43, 0.6, size=size)
    craze = np.exp(-(np.abs(noise(44, 1.5, size=size)) / 0.02) ** 2) * np.clip(noise(45, 1.8, size=size), 0, 1)
    k = 0.91 + 0.018 * cloud + 0.018 * trowel + 0.008 * fine - 0.04 * craze
    warm = 0.007 * cloud
    return np.clip(np.stack([k + warm, k, k - warm], -1), 0, 1)


def pise(size=SIZE):
    """Weathered earth render, to be tinted by vertex colours."""
    cloud, grit, lift = noise(51, 1.8, (1.3, 0.7), size), noise(52, 0.35, size=size), noise(53, 1.2, (2.2, 0.4), size)
    straw = np.clip(noise(54, 0.5, (0.7, 1.3), size) - 1.7, 0, 1.5)
    k = 0.86 + 0.030 * cloud + 0.030 * grit + 0.018 * lift - 0.06 * straw
    return np.clip(np.repeat(k[..., None], 3, 2), 0, 1)


def _relief(height, size, depth=1.0):
    """Shades a relief as carved stone in light from above: slope, hollows dark, edges bright."""
    dy = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * size / 512
    dx = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * size / 512
    wide = height
    for _ in range(3):
        wide = (wide + np.roll(wide, 3, 0) + np.roll(wide, -3, 0) + np.roll(wide, 3, 1) + np.roll(wide, -3, 1)) / 5
    return 1 - depth * (0.75 * dy + 0.15 * np.abs(dx)) + depth * 0.9 * np.clip(height - wide, -0.4, 0.25) - 0.30 * depth * (1 - height)


def _carving(size, cells, alpha):
    u, v = grid(size, cells)
    c = patterns.lines(u, v, np.radians(alpha), 3)
    strap = np.clip((0.075 - c.distance) / 0.02, 0, 1)
    groove = np.clip(1 - c.distance / 0.012, 0, 1)
    # Between the bands: buds, as rounded bumps with a vein, deep in the ground.
    x, y = c.tilt
    bud = 0.5 + 0.5 * np.cos(8 * np.arctan2(y, x)) * np.cos(13 * np.hypot(x, y))
    bud = np.clip(bud * np.clip((c.distance - 0.10) / 0.06, 0, 1), 0, 1)
    height = np.maximum(strap - 0.5 * groove, 0.62 * bud * (bud > 0.25))
    return shrink(height[..., None])[..., 0]


def gebs(size=SIZE):
    """Carved plaster: bands of the rosette over a ground of buds."""
    k = _relief(_carving(size, 3, 35), size, 0.55)
    k = k * (1 + 0.012 * noise(61, 0.8, size=size))
    return np.clip(k[..., None] * rgb('#dccfb8'), 0, 1)


def cedar(size=SIZE):
    """Cedar: warm brown, fine straight grain along V, to be tinted by vertex colours."""
    fine, band, warp = noise(71, 0.9, (0.012, 1.0), size), noise(72, 1.5, (0.02, 1.0), size), noise(73, 2.0, (0.12, 0.6), size)
    x = np.arange(size)[None, :] / size
    rings = np.sin(2 * np.pi * (x * 11 + 0.6 * warp + 0.4 * band))
    mix = np.clip(0.55 + 0.13 * fine + 0.10 * rings + 0.12 * band, 0, 1)[..., None]
    return rgb('#6e4327') + (rgb('#b07f52') - rgb('#6e4327')) * mix


def carved(size=SIZE):
    """Cedar carved with rosettes, two a side, the ground painted dark."""
    height = _carving(size, 2, 45)
    k = _relief(height, size, 0.5)[..., None]
    wood = cedar(size)
    ground = rgb('#3b2a22') * 0.9
    return np.clip((ground + (wood - ground) * np.clip(height * 2.2, 0, 1)[..., None]) * k, 0, 1)


def lattice(size=256):
    """Turned lattice (mashrabiya), four spindles a side in half a metre, RGBA."""
    over = 4
    n = size * over
    a = (np.arange(n) + 0.5) / n * 4
    x, y = np.meshgrid(a, a)
    fx, fy = x - np.round(x), y - np.round(y)
    bead = np.hypot(fx, fy) - 0.245

    def spindle(along, across):
        t = np.abs(along)
        swell = 0.060 + 0.055 * np.exp(-((t - 0.5) / 0.10) ** 2)
        return np.abs(across) - swell

    d = np.minimum(bead, np.minimum(spindle(fx, fy), spindle(fy, fx)))
    knot = np.hypot(fx, fy)
    round_ = np.where(bead < 0, 1.05 - 2.4 * knot ** 2 + 0.35 * fy, 0.78 + 0.8 * fy * (np.abs(fy) < 0.2))
    ring = np.where((knot > 0.13) & (knot < 0.16), 0.62, 1.0)
    k = np.clip(round_ * ring, 0.25, 1.2)[..., None]
    colour = k * rgb('#8d5a35')
    alpha = np.clip(0.5 - d / 0.02, 0, 1)[..., None]
    rgba = shrink(np.concatenate([colour * alpha, alpha], -1), over)
    rgba[..., :3] = np.where(rgba[..., 3:] > 0.02, rgba[..., :3] / np.maximum(rgba[..., 3:], 0.02), rgb('#5a3a24'))
    return np.clip(rgba, 0, 1)


def rug(size=SIZE):
    """A flat-woven rug in wool tones: rows of lozenges and zigzags, threads visible."""
    y, x = np.mgrid[0:size, 0:size] / size
    cream, red, dark, gold, blue = (rgb(c) for c in ('#d9c7a6', '#8e3b2b', '#3a2a26', '#c08b3e', '#38516a'))
    step = 64
    xs, ys = np.floor(x * step) / step, np.floor(y * step) / step
    picture = np.broadcast_to(red, (size, size, 3)).copy()
    row = np.floor(ys * 8).astype(int)
    t = ys * 8 - row
    lozenge = np.abs((xs * 6) % 1 - 0.5) + np.abs(t - 0.5)
    zig = np.abs((xs * 12) % 1 - 0.5) * 1.0
    for parity, inner, outer in ((0, gold, cream), (2, blue, cream), (4, cream, dark), (6, gold, dark)):
        here = row == parity
        picture[here & (lozenge < 0.46)] = outer
        picture[here & (lozenge < 0.33)] = dark if outer is cream else red
        picture[here & (lozenge < 0.20)] = inner
    for parity, a, b in ((1, dark, cream), (3, cream, gold), (5, blue, cream), (7, gold, red)):
        here = row == parity
        picture[here] = a
        picture[here & (np.abs(t - 0.25 - zig) < 0.16)] = b
    thread = 1 + 0.07 * np.sin(2 * np.pi * x * 128) * np.sign(np.sin(2 * np.pi * y * 128)) + 0.05 * noise(81, 0.5, size=size)
    fade = 1 + 0.03 * noise(82, 1.3, (3, 0.4), size)
    return np.clip(picture * (thread * fade)[..., None], 0, 1)


def weave(size=256):
    """Neutral woven upholstery, to be tinted by vertex colours."""
    y, x = np.mgrid[0:size, 0:size]
    u, v = x * 48 / size, y * 48 / size
    over = (np.floor(u) + np.floor(v)) % 2
    thread = np.where(over > 0.5, np.sin(np.pi * (u % 1)) ** 0.5, np.sin(np.pi * (v % 1)) ** 0.5)
    k = 0.74 + 0.18 * thread + 0.03 * noise(91, 0.7, size=size)
    return np.clip(np.repeat(k[..., None], 3, 2), 0, 1)


def tiles(size=256):
    """Barrel roof tiles, to be tinted by vertex colours: four rows along V (up the slope), six barrels across."""
    over = 2
    n = size * over
    a = (np.arange(n) + 0.5) / n
    x, y = np.meshgrid(a * 6, a * 4)
    fx, fy = x % 1, y % 1
    cover = fx < 0.56
    s = np.where(cover, fx / 0.56, (fx - 0.56) / 0.44) * 2 - 1
    k = np.where(cover, 0.55 + 0.42 * np.sqrt(np.clip(1 - s * s, 0, 1)), 0.30 + 0.22 * s * s)
    k = k * np.where(fy > 0.93, 0.55, 1.0) * (0.92 + 0.10 * fy)
    piece = (np.floor(x) * 2 + cover + np.floor(y) * 31).astype(np.int64)
    k = k * (1 + 0.12 * tone(piece, 95))
    return np.clip(np.repeat(shrink(k[..., None], over), 3, 2), 0, 1)


def ripples(size=256):
    """Normal map of almost still water."""
    height = noise(97, 1.9, size=size) + 0.25 * noise(98, 1.2, size=size)
    nx = -(np.roll(height, -1, 1) - np.roll(height, 1, 1)) * 0.10
    ny = -(np.roll(height, -1, 0) - np.roll(height, 1, 0)) * 0.10
    n = np.stack([nx, ny, np.ones_like(nx)], -1)
    return n / np.linalg.norm(n, axis=-1, keepdims=True) * 0.5 + 0.5


def idle_screen(width=768, height=432):
    """The picture of a screen at rest: one great rosette in ochre on dusk blue, no words."""
    over = 2
    y, x = np.mgrid[0:height * over, 0:width * over]
    u, v = (x - width * over / 2) / (170 * over), (y - height * over / 2) / (170 * over)
    c = patterns.lines(u, v, np.radians(22.5), 3)
    r = np.hypot(u, v)
    low, high = rgb('#1f3147'), rgb('#0e1a2b')
    base = low + (high - low) * np.clip(r / 2, 0, 1)[..., None]
    glow = np.clip((0.030 - c.distance) / 0.012, 0, 1) * np.exp(-(r / 1.1) ** 2)
    fill = np.exp(-(r / 0.8) ** 2) * (0.06 + 0.05 * (c.kind % 2))
    picture = base + fill[..., None] * rgb('#d9a15a') + glow[..., None] * (rgb('#e2b774') - base) * 0.85
    return np.clip(shrink(picture, over), 0, 1)


def panels(width=1024, height=512):
    """The seven panels of the exhibition: each a field of pattern over a quiet ground; the words are the venue's, in six languages."""
    sheet = np.empty((height, width, 3))
    grounds = [rgb(c) for c in ('#e9dfca', '#e6d8c0', '#ecdfc6', '#e4d9c8', '#e9dcc4', '#e7dfcf', '#e9dfca', '#e9dfca')]
    inks = [rgb(c) for c in ('#6e4327', '#8e3b2b', '#2f5d7d', '#3f7059', '#a8762c', '#5d6a2f', '#2f5d7d', '#8e4a35')]
    angles = (45, 35, 22.5, 55, 30, 50, 40, 22.5)
    n = 256
    for k in range(8):
        a = (np.arange(n * 2) + 0.5) / (n * 2)
        x, y = np.meshgrid(a, a)
        c = patterns.lines((x - 0.5) * 1.7, (y - 0.60) * 1.7, np.radians(angles[k]), 3)
        r = np.hypot(x - 0.5, y - 0.60)
        line = np.clip((0.034 - c.distance) / 0.016, 0, 1) * np.clip((0.30 - r) / 0.01, 0, 1)
        fill = (c.kind % 2) * np.clip((0.30 - r) / 0.01, 0, 1) * 0.16
        rule = np.clip(1 - np.abs(r - 0.315) / 0.004, 0, 1)
        edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
        frame = np.clip(1 - np.abs(edge - 0.045) / 0.004, 0, 1) + (edge < 0.012)
        bar = ((np.abs(y - 0.16) < 0.006) & (np.abs(x - 0.5) < 0.16)).astype(float)
        mix = np.clip(np.maximum.reduce([line, fill, rule, frame, bar]), 0, 1)[..., None]
        cell = shrink(grounds[k] * (1 - mix) + inks[k] * mix, 2)
        row, column = 1 - k // 4, k % 4
        sheet[row * n:(row + 1) * n, column * n:(column + 1) * n] = cell
    return np.clip(sheet, 0, 1)
