"""Trees of leaf cards: date palm, bitter orange, olive, cypress, bougainvillea, low plants. Origin on the ground, metres.

The sun and the shade inside a crown are painted into COLOR_0, since instances have no light map: a tree may be turned by a few degrees, not
more. Normals of a crown point away from its middle, so that the sky's light rounds it.
"""
import math
import random

import bpy
import numpy as np
from mathutils import Vector

from materials import srgb
from sun import COLOUR, TO_SUN

# Quarters of the atlas: (u0, v0, width, height).
FROND, CITRUS, OLIVE, CYPRESS, BRACTS = (0, 0, 0.5, 0.5), (0.5, 0, 0.5, 0.5), (0, 0.5, 0.5, 0.5), (0.5, 0.5, 0.25, 0.5), (0.75, 0.5, 0.25, 0.5)

WHITE = (0.511, 0.989)   # the atlas is white there: bark and fruit


class Plant:
    """Gathers quads (foliage) and tubes (bark)."""

    def __init__(self, name, seed):
        self.name, self.rng = name, random.Random(seed)
        self.points, self.uvs, self.colours, self.normals, self.faces = [], [], [], [], []
        self.middle, self.reach = Vector((0, 0, 2)), 1.0

    def _light(self, p, normal, depth):
        """Sky and sun at a point of the crown; `depth` 0 at its skin, 1 in its middle."""
        n = normal.normalized()
        direct = max(0.0, n.dot(TO_SUN) * 0.75 + 0.25) * (1 - 0.8 * depth)
        sky = (0.34 + 0.26 * (0.5 + 0.5 * n.z)) * (1 - 0.5 * depth)
        return tuple(min(1.0, sky * (0.93, 1.0, 1.04)[i] + 0.85 * direct * COLOUR[i]) for i in range(3))

    def quad(self, corners, box, normals, light):
        base = len(self.points)
        u, v, w, h = box
        self.points += [tuple(c) for c in corners]
        self.uvs += [(u, v), (u + w, v), (u + w, v + h), (u, v + h)]
        self.colours += light if isinstance(light, list) else [light] * 4
        self.normals += [tuple(n) for n in normals]
        self.faces.append((base, base + 1, base + 2, base + 3))

    def card(self, at, facing, size, box, depth=None, up=None):
        """A square card in the crown; it faces `facing`, its normals point away from the crown's middle."""
        at, f = Vector(at), Vector(facing).normalized()
        hint = up or Vector((self.rng.uniform(-1, 1), self.rng.uniform(-1, 1), self.rng.uniform(-1, 1)))
        a = f.cross(hint)
        if a.length < 1e-3:
            a = f.cross(Vector((0, 0, 1)) if abs(f.z) < 0.9 else Vector((1, 0, 0)))
        a = a.normalized() * size / 2
        b = f.cross(a).normalized() * size * (box[3] / box[2]) / 2
        corners = [at - a - b, at + a - b, at + a + b, at - a + b]
        out = at - self.middle
        depth = max(0.0, 1 - out.length / self.reach) if depth is None else depth
        normals = [(c - self.middle + Vector((0, 0, 0.25))).normalized() for c in corners]
        self.quad(corners, box, normals, [self._light(c, n, depth) for c, n in zip(corners, normals)])

    def tube(self, path, radii, tone, n=7, sun=True, bumps=0.0):
        """Bark along a path."""
        path = [Vector(p) for p in path]
        rings = []
        for i, p in enumerate(path):
            d = (path[min(i + 1, len(path) - 1)] - path[max(i - 1, 0)]).normalized()
            a = d.cross(Vector((0.3, 0.9, 0.1))).normalized()
            b = d.cross(a)
            rings.append([(p + radii[i] * (a * math.cos(2 * math.pi * k / n) + b * math.sin(2 * math.pi * k / n)),
                           (a * math.cos(2 * math.pi * k / n) + b * math.sin(2 * math.pi * k / n))) for k in range(n)])
        base = len(self.points)
        for i, ring in enumerate(rings):
            for p, normal in ring:
                k = (0.30 + 0.55 * max(0.0, normal.dot(TO_SUN))) if sun else 0.32
                k *= 1 + bumps * (1 if i % 2 else -1)
                self.points.append(tuple(p))
                self.uvs.append(WHITE)
                self.colours.append(tuple(min(1, c * k * s * 1.25) for c, s in zip(tone, (1.03, 1, 0.96))))
                self.normals.append(tuple(normal))
        for i in range(len(rings) - 1):
            for k in range(n):
                a, b = base + i * n + k, base + i * n + (k + 1) % n
                self.faces.append((a, b, b + n, a + n))

    def ball(self, at, r, tone, depth=0.0):
        """A fruit of 24 triangles."""
        at = Vector(at)
        base = len(self.points)
        rows = ((0.0, 1.0), (0.87, 0.5), (0.87, -0.5), (0.0, -1.0))
        for rr, z in rows:
            for k in range(6):
                n = Vector((rr * math.cos(math.pi * k / 3), rr * math.sin(math.pi * k / 3), z))
                light = self._light(at, n, depth)
                self.points.append(tuple(at + n * r))
                self.uvs.append(WHITE)
                self.colours.append(tuple(min(1, t * l * 1.5) for t, l in zip(tone, light)))
                self.normals.append(tuple(n))
        for i in range(3):
            for k in range(6):
                a, b = base + i * 6 + k, base + i * 6 + (k + 1) % 6
                face = (a, a + 6, b + 6, b)
                self.faces.append(face if i == 1 else ((a, a + 6, b + 6) if i == 0 else (a, a + 6, b)))

    def finish(self, materials):
        mesh = bpy.data.meshes.new(self.name)
        mesh.from_pydata(self.points, [], self.faces)
        loops = np.array([loop.vertex_index for loop in mesh.loops])
        mesh.uv_layers.new(name='UVMap').data.foreach_set('uv', np.array(self.uvs)[loops].ravel())
        colour = mesh.color_attributes.new('Color', 'FLOAT_COLOR', 'POINT')
        colour.data.foreach_set('color', [c for t in self.colours for c in (*t, 1.0)])
        mesh.materials.append(materials.get('foliage'))
        mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
        mesh.normals_split_custom_set_from_vertices([Vector(n).normalized() for n in self.normals])
        mesh.update()
        return mesh


def date_palm(m, height=7.4, seed=1):
    """A date palm with a crown of arching fronds and a ringed trunk."""
    p = Plant('date-palm', seed)
    rng = p.rng
    n = 15
    lean = 0.35
    path = [(lean * (i / n) ** 2, 0.12 * math.sin(2.2 * i / n), height * i / n) for i in range(n + 1)]
    radii = [0.30 - 0.09 * min(1, i / 3) + (0.018 if i % 2 else -0.006) + (0.06 if i == n else 0) for i in range(n + 1)]
    p.tube(path, radii, srgb('#8a6f52'), 9, True, 0.10)
    top = Vector(path[-1])
    p.middle, p.reach = top, 3.2
    for k in range(34):
        a = k * 2.39996 + rng.uniform(-0.15, 0.15)
        f = k / 33
        rise, length = 1.25 - 1.75 * f, 2.5 + 0.55 * math.sin(math.pi * f) + rng.uniform(-0.2, 0.2)
        side = Vector((-math.sin(a), math.cos(a), 0))
        width, cells = 0.80, 6
        out = Vector((math.cos(a), math.sin(a), 0))
        row = []
        at, angle = top + Vector((0, 0, 0.05)), math.atan2(rise, 1.0)
        for i in range(cells + 1):
            row.append((at.copy(), angle))
            angle -= (0.20 + 0.10 * (1 - f)) * (0.6 + i / cells)
            at = at + (out * math.cos(angle) + Vector((0, 0, math.sin(angle)))) * (length / cells)
        for i in range(cells):
            (p0, a0), (p1, a1) = row[i], row[i + 1]
            for s in (-1, 1):
                up0, up1 = (Vector((0, 0, 1)) * math.cos(a0) - out * math.sin(a0)), (Vector((0, 0, 1)) * math.cos(a1) - out * math.sin(a1))
                edge0, edge1 = p0 + side * s * width / 2 + up0 * 0.16, p1 + side * s * width / 2 + up1 * 0.16
                u0, du = 0.5 * i / cells, 0.5 / cells
                corners = [p0, p1, edge1, edge0] if s > 0 else [edge0, edge1, p1, p0]
                box = (u0, 0.25 if s > 0 else 0.0, du, 0.25)
                normal = [(up0 * 0.8 + out * 0.3 + side * s * 0.35).normalized()] * 4
                lights = [p._light(c, nn, 0.45 * f + 0.25 * (1 - i / cells)) for c, nn in zip(corners, normal)]
                p.quad(corners, box, normal, lights)
    for k in range(5):
        a = 2 * math.pi * k / 5
        at = top + Vector((0.28 * math.cos(a), 0.28 * math.sin(a), -0.35))
        p.tube([top + Vector((0.1 * math.cos(a), 0.1 * math.sin(a), 0.05)), at, at - Vector((0, 0, 0.45))], [0.03, 0.10, 0.03], srgb('#b06a2c'), 6)
    return p.finish(m)


def _crown(p, blobs, count, size, box, fruit=0):
    """Leaf cards over a crown made of `blobs` (centre, radius)."""
    rng = p.rng
    total = sum(r * r for _, r in blobs)
    p.reach = max((Vector(c) - p.middle).length + r for c, r in blobs)
    for c, r in blobs:
        for _ in range(round(count * r * r / total)):
            d = Vector((rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1) * 0.9)).normalized()
            f = rng.uniform(0.6, 1.04)
            facing = d + Vector((rng.uniform(-0.6, 0.6), rng.uniform(-0.6, 0.6), rng.uniform(-0.3, 0.7)))
            at = Vector(c) + d * r * f
            p.card(at, facing, size * rng.uniform(0.8, 1.2), box)
    for _ in range(fruit):
        c, r = blobs[rng.randrange(len(blobs))]
        d = Vector((rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 0.8) - 0.2)).normalized()
        p.ball(Vector(c) + d * r * 0.98, 0.052, srgb('#e0791f'))


def orange_tree(m, seed=2):
    """A clipped bitter orange of 3.2 m, in fruit."""
    p = Plant('orange-tree', seed)
    p.tube([(0, 0, 0), (0.02, 0.01, 0.6), (-0.02, 0.02, 1.25), (0.02, 0, 1.9)], [0.10, 0.075, 0.07, 0.05], srgb('#7d6a55'), 8)
    for a in (0.4, 2.5, 4.6):
        p.tube([(0, 0, 1.25), (0.3 * math.cos(a), 0.3 * math.sin(a), 1.7), (0.55 * math.cos(a), 0.55 * math.sin(a), 2.2)], [0.05, 0.035, 0.02], srgb('#7d6a55'), 6)
    p.middle = Vector((0, 0, 2.25))
    _crown(p, [((0, 0, 2.3), 0.95), ((0.35, 0.2, 2.1), 0.65), ((-0.3, 0.25, 2.2), 0.65), ((0, -0.38, 2.15), 0.65)], 210, 0.60, CITRUS, 26)
    return p.finish(m)


def olive_tree(m, seed=3):
    """An old olive with a twisted trunk and an airy, silver crown, 4.2 m."""
    p = Plant('olive-tree', seed)
    bark = srgb('#8d8272')
    p.tube([(0, 0, 0), (0.10, 0.05, 0.45), (-0.06, 0.12, 0.95), (0.08, 0.0, 1.5)], [0.36, 0.25, 0.21, 0.16], bark, 10, True, 0.08)
    blobs = []
    for a, reach, z, r in ((0.3, 1.05, 2.6, 0.85), (1.7, 0.95, 3.1, 0.90), (3.0, 1.15, 2.5, 0.85), (4.3, 0.9, 3.0, 0.85), (5.4, 1.1, 2.55, 0.8), (2.3, 0.1, 3.5, 0.8)):
        end = (reach * math.cos(a), reach * math.sin(a), z)
        mid = (0.45 * reach * math.cos(a + 0.4), 0.45 * reach * math.sin(a + 0.4), 1.5 + 0.45 * (z - 1.5))
        p.tube([(0.05, 0, 1.35), mid, end], [0.13, 0.075, 0.03], bark, 7)
        blobs.append((end, r))
    p.middle = Vector((0, 0, 2.6))
    _crown(p, blobs, 190, 0.86, OLIVE)
    return p.finish(m)


def cypress(m, seed=4):
    """A slender cypress of 7 m."""
    p = Plant('cypress', seed)
    rng = p.rng
    p.tube([(0, 0, 0), (0, 0, 0.6)], [0.13, 0.11], srgb('#6f5c48'), 7)
    core = []
    for i in range(9):
        t = i / 8
        core.append((0.04 + 0.34 * math.sin(math.pi * min(1, 0.16 + 0.84 * t)) ** 0.7, 0.35 + 6.2 * t))
    p.tube([(0, 0, z) for _, z in core], [r for r, _ in core], srgb('#1d2a1a'), 8, False)
    for i in range(120):
        t = (i + rng.random()) / 120
        z = 0.30 + 6.1 * t
        r = 0.10 + 0.50 * math.sin(math.pi * min(1, 0.16 + 0.84 * t)) ** 0.7
        a = i * 2.39996 + rng.uniform(-0.2, 0.2)
        d = Vector((math.cos(a), math.sin(a), 0))
        p.middle, p.reach = Vector((0, 0, z)), r + 0.2
        w, h = 0.50 * (1.05 - 0.35 * t), 1.05
        side = Vector((-math.sin(a), math.cos(a), 0)) * w / 2
        low, high = Vector((0, 0, z)) + d * r, Vector((0, 0, z + h)) + d * (r * 0.78 - 0.05)
        corners = [low - side, low + side, high + side, high - side]
        normals = [(d + side * s * 1.2 + Vector((0, 0, 0.2))).normalized() for s in (-1, 1, 1, -1)]
        lights = [p._light(c, n, k) for c, n, k in zip(corners, normals, (0.55, 0.55, 0.0, 0.0))]
        p.quad(corners, CYPRESS, normals, lights)
    return p.finish(m)


def bougainvillea(m, seed=5):
    """A climber 2.2 m wide and 4 m high on a wall at y = 0 (it grows towards -Y)."""
    p = Plant('bougainvillea', seed)
    rng = p.rng
    p.tube([(0, -0.08, 0), (0.1, -0.06, 1.0), (-0.15, -0.08, 2.0), (0.2, -0.08, 3.2)], [0.06, 0.05, 0.04, 0.02], srgb('#7a6650'), 6)
    for i in range(74):
        z = 0.9 + 3.0 * rng.random() ** 0.75
        wide = 1.15 * math.sin(math.pi * min(1, (z - 0.6) / 3.6)) ** 0.6
        x = rng.uniform(-wide, wide) + 0.25 * math.sin(z * 1.7)
        y = -0.10 - 0.32 * rng.random()
        p.middle, p.reach = Vector((x * 0.6, 0.8, z - 0.3)), 1.5
        p.card((x, y, z), (rng.uniform(-0.7, 0.7), -1, rng.uniform(-0.2, 0.6)), 0.42 * rng.uniform(0.8, 1.3), BRACTS if i % 5 else (0.5, 0, 0.5, 0.5),
               0.35 - y * 0 - 0.9 * (-y - 0.10) if y > -0.3 else 0.0, Vector((rng.uniform(-0.4, 0.4), 0, 1)))
    return p.finish(m)


def shrub(m, seed=6):
    """Low planting for beds and pots, 0.5 m."""
    p = Plant('shrub', seed)
    rng = p.rng
    p.middle, p.reach = Vector((0, 0, -0.1)), 0.75
    for i in range(26):
        a, r = i * 2.39996, 0.42 * math.sqrt((i + 0.5) / 26)
        z = 0.30 - 0.35 * r + rng.uniform(-0.04, 0.05)
        p.card((r * math.cos(a), r * math.sin(a), z), (0.7 * math.cos(a), 0.7 * math.sin(a), 0.8), 0.44 * rng.uniform(0.8, 1.1), OLIVE if i % 3 == 0 else CITRUS)
    return p.finish(m)


MAKERS = (date_palm, orange_tree, olive_tree, cypress, bougainvillea, shrub)
