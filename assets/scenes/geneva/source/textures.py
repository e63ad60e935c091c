"""Seamless textures from filtered noise (numpy). Values are sRGB 0..1; row 0 is the bottom of the picture (V = 0)."""
import numpy as np

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


def oak():
    """Light oak, rift cut: grain along V, fine pores, gentle growth bands."""
    fine = noise(1, 0.9, (0.012, 1.0))
    band = noise(2, 1.5, (0.02, 1.0))
    warp = noise(3, 2.0, (0.15, 0.6))
    x = np.arange(SIZE)[None, :] / SIZE
    rings = np.sin(2 * np.pi * (x * 14 + 0.55 * warp + 0.35 * band))
    pores = np.clip(noise(4, 0.35, (0.03, 1.0)) - 1.5, 0, 1.5)
    tone = 1 + 0.035 * fine + 0.028 * rings + 0.035 * band - 0.13 * pores
    light, dark = np.array((0.815, 0.705, 0.580)), np.array((0.61, 0.485, 0.365))
    mix = np.clip(0.80 + (tone - 1) * 2.6, 0, 1)[..., None]
    return dark + (light - dark) * mix


def stone():
    """Honed limestone, slabs of 1.2 m x 0.6 m in running bond with fine joints."""
    cloud = noise(11, 1.7, (1.0, 1.6))
    grain = noise(12, 0.4)
    vein = np.abs(noise(13, 1.8, (0.5, 1.5)))
    fleck = np.clip(noise(14, 0.55) - 2.1, 0, 1)
    tone = 1 + 0.014 * cloud + 0.012 * grain - 0.05 * np.exp(-(vein / 0.045) ** 2) - 0.10 * fleck
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    half = SIZE // 2
    tone = tone * np.where(y < half, 1.008, 0.992)
    shifted = np.where(y < half, x, (x + half) % SIZE)
    joint = (np.minimum(y % half, half - y % half) < 1) | (np.minimum(shifted, SIZE - shifted) < 1)
    tone = np.where(joint, 0.86, tone)
    return np.clip(tone[..., None] * np.array((0.845, 0.825, 0.785)), 0, 1)


def carpet():
    """Neutral cut pile, to be tinted by vertex colours."""
    tone = 0.86 + 0.075 * noise(21, 0.25) + 0.035 * noise(22, 0.8)
    return np.clip(np.repeat(tone[..., None], 3, axis=2), 0, 1)


def weave():
    """Neutral woven upholstery, 2.5 mm threads over a 0.5 m repeat, to be tinted by vertex colours."""
    y, x = np.mgrid[0:SIZE, 0:SIZE]
    threads = 96
    u, v = x * threads / SIZE, y * threads / SIZE
    over = (np.floor(u) + np.floor(v)) % 2
    warp = np.sin(np.pi * (u % 1)) ** 0.5
    weft = np.sin(np.pi * (v % 1)) ** 0.5
    thread = np.where(over > 0.5, warp, weft)
    tone = 0.72 + 0.20 * thread + 0.025 * noise(31, 0.6) + 0.02 * noise(32, 1.4)
    return np.clip(np.repeat(tone[..., None], 3, axis=2), 0, 1)


def idle_screen(width=1024, height=576):
    """The picture of a screen at rest: dusk-blue ridges over a lake, no words."""
    y = np.linspace(0, 1, height)[:, None]
    x = np.linspace(0, 1, width)[None, :]
    low, high = np.array((0.30, 0.50, 0.68)), np.array((0.035, 0.115, 0.245))
    t = np.clip((y - 0.34) / 0.66, 0, 1)[..., None] ** 0.7
    picture = np.broadcast_to(low + (high - low) * t, (height, width, 3)).copy()
    rng = np.random.default_rng(5)
    for layer in range(5):
        ridge = np.zeros((1, width))
        for octave in range(1, 9):
            f = (1.2 + layer * 0.5) * 1.72 ** octave
            ridge += np.abs(np.sin(np.pi * f * x + rng.uniform(0, 6))) / f ** 0.92
        ridge = 0.565 - 0.05 * layer + (ridge - ridge.mean()) * (0.17 - 0.018 * layer)
        depth = layer / 4
        colour = np.array((0.27, 0.46, 0.63)) * (1 - depth) + np.array((0.04, 0.125, 0.235)) * depth
        edge = np.clip((ridge - y) * height / 1.5, 0, 1)[..., None]
        haze = np.clip((ridge - y) * 5, 0, 1)[..., None] * 0.35
        picture = picture * (1 - edge) + (colour * (1 - haze) + np.array((0.33, 0.53, 0.70)) * haze) * edge
    shore = 0.335
    mirror = picture[np.clip((2 * shore * height - np.arange(height)).astype(int), 0, height - 1)]
    wave = 0.5 + 0.5 * np.sin(y * 420 + 2 * np.sin(x * 9 + y * 60))
    water = mirror * 0.72 + np.array((0.06, 0.16, 0.27)) * 0.28 + 0.012 * wave[..., None]
    return np.clip(np.where((y < shore)[..., None], water, picture), 0, 1)
