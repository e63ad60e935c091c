"""The view: a cylinder round the site that carries the panorama, bright by itself."""
import math

import bpy

RADIUS, HEAD = 160.0, 1.65
LEFT, RIGHT = -100.0, 100.0   # degrees of azimuth from +Y, clockwise; the picture spans them
LOW, HIGH = -20.0, 26.0       # degrees of elevation spanned by the picture


def mesh():
    """A cylinder section with a cap ring above that repeats the picture's upper border (sky)."""
    n = 40
    rings = [(LOW, 0.001)] + [(LOW + (HIGH - LOW) * k / 6, k / 6) for k in range(1, 6)] + [(HIGH, 0.998), (78.0, 0.999)]
    points, faces, uvs = [], [], []
    for elevation, v in rings:
        z = HEAD + RADIUS * math.tan(math.radians(elevation))
        for i in range(n + 1):
            a = math.radians(LEFT + (RIGHT - LEFT) * i / n)
            points.append((RADIUS * math.sin(a), 6.0 + RADIUS * math.cos(a), z))
            uvs.append((i / n, v))
    for r in range(len(rings) - 1):
        for i in range(n):
            a = r * (n + 1) + i
            faces.append((a, a + n + 1, a + n + 2, a + 1)[::-1])
    data = bpy.data.meshes.new('view')
    data.from_pydata(points, [], faces)
    layer = data.uv_layers.new(name='UVMap')
    layer.data.foreach_set('uv', [c for loop in data.loops for c in uvs[loop.vertex_index]])
    return data
