"""Textures made of filtered noise, as (height, width, 3) arrays of sRGB values, bottom row first."""
import numpy as np


def noise(seed, falloff, stretch=(1.0, 1.0), size=512):
    """Seamless noise, mean 0 and deviation 1; a small stretch lengthens what is seen along that axis."""
    field = np.random.default_rng(seed).standard_normal((size, size))
    fy, fx = np.fft.fftfreq(size)[:, None] / stretch[0], np.fft.fftfreq(size)[None, :] / stretch[1]
    k = np.sqrt(fx * fx + fy * fy)
    k[0, 0] = 1.0
    field = np.fft.ifft2(np.fft.fft2(field) / k ** falloff).real
    return (field - field.mean()) / field.std()


def _mix(dark, light, share):
    share = np.clip(share, 0, 1)[..., None]
    return np.array(dark) * (1 - share) + np.array(light) * share


def wood():
    """Planks of 12.5 cm in a repeat of 1 m; the grain runs along V."""
    size, planks = 512, 8
    x = np.arange(size) * planks // size
    tone = np.random.default_rng(4).uniform(-0.16, 0.16, planks)[x][None, :]
    fine = noise(1, 0.9, (0.012, 1.0)) * 0.07 + noise(2, 1.4, (0.03, 0.8)) * 0.09
    edge = np.where((np.arange(size) * planks % size) < planks * 1.6, -0.42, 0.0)[None, :]
    return _mix((0.40, 0.27, 0.17), (0.80, 0.63, 0.45), 0.62 + tone + fine + edge)


def paving():
    """Slabs of 0.5 m by 0.25 m in running bond, 1 m a repeat."""
    size = 512
    y, x = np.mgrid[0:size, 0:size]
    row = y * 4 // size
    shifted = (x + (row % 2) * size // 4) % size
    slab = row * 2 + shifted * 2 // size
    tone = np.random.default_rng(8).uniform(-0.1, 0.1, 8)[slab % 8]
    joint = (np.minimum(y % 128, 128 - y % 128) < 2) | (np.minimum(shifted % 256, 256 - shifted % 256) < 2)
    return _mix((0.45, 0.43, 0.40), (0.80, 0.775, 0.73), np.where(joint, 0.05, 0.66 + tone + 0.05 * noise(9, 0.6) + 0.05 * noise(10, 1.6)))


def grass():
    return _mix((0.20, 0.29, 0.10), (0.47, 0.56, 0.25), 0.5 + 0.13 * noise(21, 0.3) + 0.16 * noise(22, 1.3))


def weave():
    y, x = np.mgrid[0:256, 0:256]
    thread = np.sin(np.pi * (x / 4 % 1)) * ((x // 4 + y // 4) % 2) + np.sin(np.pi * (y / 4 % 1)) * ((x // 4 + y // 4 + 1) % 2)
    return _mix((0.33, 0.40, 0.42), (0.62, 0.68, 0.68), 0.45 + 0.35 * thread + 0.06 * noise(31, 1.0, size=256))


def sky(width=1024, height=512):
    """A clear day with fair-weather clouds; the lower half is haze behind the hills. Seamless from left to right."""
    up = np.linspace(-1, 1, height)[:, None]
    t = np.clip(up, 0, 1) ** 0.55
    picture = np.array((0.80, 0.885, 0.945)) * (1 - t[..., None]) + np.array((0.27, 0.50, 0.80)) * t[..., None]
    picture = np.broadcast_to(picture, (height, width, 3)).copy()
    field = noise(41, 1.75, (1.0, 1.0), size=width)
    rows = (np.clip(1.0 / np.clip(up[:, 0], 0.06, 1), 0, 14) * 60).astype(int) % width
    clouds = field[rows, :] * np.ones((height, width))
    cover = np.clip((clouds - 0.35) * 1.1, 0, 1) * np.clip(up * 5 - 0.25, 0, 1) * np.clip(1.2 - up, 0, 1)
    return np.clip(picture + (np.array((1.0, 0.995, 0.985)) - picture) * (cover * 0.85)[..., None], 0, 1)


def welcome(width=1024, height=576):
    """What the screen shows until the event has something for it: hills at dusk, no words."""
    y, x = np.linspace(0, 1, height)[:, None], np.linspace(0, 1, width)[None, :]
    picture = _mix((0.97, 0.80, 0.62), (0.23, 0.36, 0.58), (y + 0 * x) ** 0.8)
    for layer in range(5):
        ridge = 0.55 - 0.105 * layer + sum(np.sin(2 * np.pi * (x * f * (1 + 0.3 * layer) + layer * 1.7 + f)) / f for f in (1, 2, 3, 5)) * 0.045
        edge = np.clip((ridge - y) * height / 1.5, 0, 1)[..., None]
        colour = np.array((0.42, 0.47, 0.58)) * (1 - layer / 4) + np.array((0.08, 0.16, 0.20)) * (layer / 4)
        picture = picture * (1 - edge) + colour * edge
    return np.clip(picture, 0, 1)
