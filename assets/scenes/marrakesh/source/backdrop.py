"""What lies beyond the walls: a cylinder section with the picture of the view, and a plain sky over everything else."""
import math

import bpy
import numpy as np

RADIUS, HEAD, MIDDLE = 150.0, 1.65, 14.0   # metres; eye height; Y of the axis
LEFT, RIGHT = -92.0, 92.0    # degrees of azimuth from +Y, clockwise; the picture spans them
LOW, HIGH = -6.0, 22.0       # degrees of elevation spanned by the picture
# The sky's colour (linear) by elevation in degrees. It does not depend on azimuth, so that picture and dome meet unseen.
SKY = ((-8, (0.80, 0.76, 0.68)), (0, (0.80, 0.79, 0.76)), (3, (0.68, 0.76, 0.84)), (9, (0.47, 0.66, 0.88)), (20, (0.28, 0.52, 0.86)), (45, (0.145, 0.36, 0.76)), (90, (0.085, 0.25, 0.62)))


def sky(elevation):
    """Linear colour at elevations in degrees (array)."""
    at = [e for e, _ in SKY]
    return np.stack([np.interp(elevation, at, [c[k] for _, c in SKY]) for k in range(3)], -1)


def sky_picture(height=256):
    """The dome's texture: a column of the sky from -8 to 90 degrees, sRGB."""
    linear = sky(-8 + 98 * (np.arange(height) + 0.5) / height)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.clip(linear, 0, None) ** (1 / 2.4) - 0.055)
    return np.repeat(np.clip(srgb, 0, 1)[:, None, :], 8, 1)


def _mesh(name, azimuths, elevations, uv):
    points, uvs, faces = [], [], []
    n = len(azimuths)
    for e in elevations:
        for a in azimuths:
            x, y = math.sin(math.radians(a)), math.cos(math.radians(a))
            if e < 80:
                points.append((RADIUS * x, MIDDLE + RADIUS * y, HEAD + RADIUS * math.tan(math.radians(e))))
            else:
                points.append((0.01 * x, MIDDLE + 0.01 * y, HEAD + RADIUS * math.tan(math.radians(78)) * 1.05))
            uvs.append(uv(a, e))
    for r in range(len(elevations) - 1):
        for i in range(n - 1):
            a = r * n + i
            faces.append((a, a + 1, a + n + 1, a + n)[::-1])
    data = bpy.data.meshes.new(name)
    data.from_pydata(points, [], [f[::-1] for f in faces])
    layer = data.uv_layers.new(name='UVMap')
    layer.data.foreach_set('uv', [c for loop in data.loops for c in uvs[loop.vertex_index]])
    return data


def view_mesh():
    n, m = 46, 8
    azimuths = [LEFT + (RIGHT - LEFT) * i / n for i in range(n + 1)]
    elevations = [LOW + (HIGH - LOW) * k / m for k in range(m + 1)]
    return _mesh('view', azimuths, elevations, lambda a, e: ((a - LEFT) / (RIGHT - LEFT), 0.001 + 0.998 * (e - LOW) / (HIGH - LOW)))


def _v(e):
    return (e + 8) / 98


def sky_mesh():
    """Two parts in one mesh: the ring behind the picture's ends, and the dome above all."""
    behind = _mesh('behind', [RIGHT + (360 - RIGHT + LEFT) * i / 36 for i in range(37)], [LOW, -2, 0, 3, 6, 9, 14, HIGH], lambda a, e: (0.5, _v(e)))
    above = _mesh('above', [-180 + 360 * i / 60 for i in range(61)], [HIGH, 27, 33, 40, 48, 58, 68, 78, 90], lambda a, e: (0.5, _v(e)))
    points = [tuple(v.co) for v in behind.vertices] + [tuple(v.co) for v in above.vertices]
    base = len(behind.vertices)
    faces = [tuple(p.vertices) for p in behind.polygons] + [tuple(base + i for i in p.vertices) for p in above.polygons]
    flat = [0.0] * (2 * sum(len(f) for f in faces))
    behind.uv_layers['UVMap'].data.foreach_get('uv', first := [0.0] * (2 * len(behind.loops)))
    above.uv_layers['UVMap'].data.foreach_get('uv', second := [0.0] * (2 * len(above.loops)))
    flat = first + second
    data = bpy.data.meshes.new('sky')
    data.from_pydata(points, [], faces)
    data.uv_layers.new(name='UVMap').data.foreach_set('uv', flat)
    return data
