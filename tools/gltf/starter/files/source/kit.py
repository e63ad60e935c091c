"""Small helpers for building a venue scene in Blender: geometry gathered by material, and marks.

Works in Blender 3.4 and later. Blender axes: X to the right, Y ahead, Z up, metres. The exporter turns them into those of glTF.
"""
import math
import random

import bpy
from mathutils import Vector

rng = random.Random(20)


def srgb(code):
    """'#rrggbb' as linear red, green, blue."""
    values = [int(code[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def _socket(shader, *names):
    """The first input of these names: Blender 4 renamed some."""
    return next(shader.inputs[name] for name in names if name in shader.inputs)


def material(name, colour='#ffffff', roughness=0.8, metallic=0.0, picture=None, glow=None, both_sides=False, opacity=1.0):
    """A plain material. `picture`: rows of sRGB values, bottom row first. `glow`: a colour that shines by itself."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made.use_backface_culling = not both_sides
    shader = made.node_tree.nodes['Principled BSDF']
    shader.inputs['Base Color'].default_value = (*srgb(colour), 1) if glow is None else (0, 0, 0, 1)
    shader.inputs['Roughness'].default_value = roughness
    shader.inputs['Metallic'].default_value = metallic
    target = shader.inputs['Base Color']
    if glow is not None:
        target = _socket(shader, 'Emission Color', 'Emission')
        target.default_value = (*srgb(glow), 1)
        shader.inputs['Emission Strength'].default_value = 1.0
        _socket(shader, 'Specular IOR Level', 'Specular').default_value = 0.0
    if picture is not None:
        node = made.node_tree.nodes.new('ShaderNodeTexImage')
        node.image = image(name, picture)
        made.node_tree.links.new(node.outputs['Color'], target)
    if opacity < 1:
        shader.inputs['Alpha'].default_value = opacity
        if hasattr(made, 'blend_method'):
            made.blend_method = 'BLEND'
    return made


def image(name, rows):
    """Packs an array (height, width, 3) of sRGB values 0..1 into the file."""
    import numpy as np
    height, width = rows.shape[:2]
    made = bpy.data.images.new(name, width, height)
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = rows
    made.pixels.foreach_set(pixels.ravel())
    made.pack()
    return made


class Shape:
    """Points and faces of one object, by material. Each face has its own points, so edges are sharp; `turned` and `leaf` share theirs and are round."""

    def __init__(self, name):
        self.name, self.points, self.uvs, self.faces, self.materials = name, [], [], [], []

    def _add(self, stuff, points, uvs, faces):
        base = len(self.points)
        if stuff not in self.materials:
            self.materials.append(stuff)
        self.points += [tuple(p) for p in points]
        self.uvs += uvs
        self.faces += [(tuple(base + i for i in face), self.materials.index(stuff)) for face in faces]
        return self

    def sheet(self, stuff, origin, u, v, step=100.0, tile=1.0):
        """A parallelogram that faces u x v, in cells of at most `step` metres: baked light lives in their corners."""
        o, u, v = Vector(origin), Vector(u), Vector(v)
        across, along = max(1, math.ceil(u.length / step - 1e-6)), max(1, math.ceil(v.length / step - 1e-6))
        points = [o + u * (i / across) + v * (j / along) for j in range(along + 1) for i in range(across + 1)]
        ud, vd = u.normalized(), v.normalized()
        uvs = [(p.dot(ud) / tile, p.dot(vd) / tile) for p in points]
        row = across + 1
        faces = [(j * row + i, j * row + i + 1, (j + 1) * row + i + 1, (j + 1) * row + i) for j in range(along) for i in range(across)]
        return self._add(stuff, points, uvs, faces)

    def box(self, stuff, low, high, skip='', step=100.0, tile=1.0, along='z'):
        """A box; `skip` names sides that nobody sees: w e s n (left, right, front, back), b t. `along`: the axis that the grain of wood follows."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        dx, dy, dz = x1 - x0, y1 - y0, z1 - z0
        sides = {
            's': ((x0, y0, z0), (dx, 0, 0), (0, 0, dz)), 'n': ((x1, y1, z0), (-dx, 0, 0), (0, 0, dz)),
            'e': ((x1, y0, z0), (0, dy, 0), (0, 0, dz)), 'w': ((x0, y1, z0), (0, -dy, 0), (0, 0, dz)),
            't': ((x0, y0, z1), (dx, 0, 0), (0, dy, 0)), 'b': ((x0, y1, z0), (dx, 0, 0), (0, -dy, 0)),
        }
        grain = {'x': 0, 'y': 1, 'z': 2}[along]
        for side, (o, u, v) in sides.items():
            if side in skip:
                continue
            first = len(self.points)
            self.sheet(stuff, o, u, v, step, tile)
            if abs(u[grain]) > 0:
                self.uvs[first:] = [(b, a) for a, b in self.uvs[first:]]
        return self

    def turned(self, stuff, profile, at=(0, 0, 0), sides=24, tile=1.0):
        """A body of revolution round a vertical axis; `profile` is (radius, height) from bottom to top."""
        points, uvs, faces, length = [], [], [], 0.0
        for i, (radius, height) in enumerate(profile):
            if i:
                length += math.dist(profile[i - 1], (radius, height))
            for k in range(sides + 1):
                a = 2 * math.pi * k / sides
                points.append((at[0] + radius * math.cos(a), at[1] + radius * math.sin(a), at[2] + height))
                uvs.append((k / sides * max(1, round(2 * math.pi * radius / tile)), length / tile))
        row = sides + 1
        for i in range(len(profile) - 1):
            faces += [(i * row + k, i * row + k + 1, (i + 1) * row + k + 1, (i + 1) * row + k) for k in range(sides)]
        return self._add(stuff, points, uvs, faces)

    def disc(self, stuff, centre, radius, sides=32, rings=1, tile=1.0):
        """A round sheet that looks up."""
        profile = [(radius * (rings - i) / rings, 0.0) for i in range(rings)] + [(0.0, 0.0)]
        first = len(self.points)
        self.turned(stuff, profile, centre, sides)
        self.uvs[first:] = [(p[0] / tile, p[1] / tile) for p in self.points[first:]]
        return self

    def blob(self, stuff, centre, size, bumps=0.18, detail=2):
        """A bumpy ball: bushes and the crowns of trees."""
        import bmesh
        ball = bmesh.new()
        bmesh.ops.create_icosphere(ball, subdivisions=detail, radius=1.0)
        points = []
        for vertex in ball.verts:
            p = vertex.co.normalized() * (1 + rng.uniform(-bumps, bumps))
            points.append((centre[0] + p.x * size[0], centre[1] + p.y * size[1], centre[2] + p.z * size[2]))
        faces = [tuple(v.index for v in face.verts) for face in ball.faces]
        ball.free()
        return self._add(stuff, points, [(0.0, 0.0)] * len(points), faces)

    def leaf(self, stuff, root, heading, length, width, rise, droop):
        """A blade that rises from `root` and bends down at its tip."""
        along, side = Vector((math.cos(heading), math.sin(heading), 0)), Vector((-math.sin(heading), math.cos(heading), 0))
        points, count = [], 5
        for i in range(count + 1):
            t = i / count
            spine = Vector(root) + along * (length * t * (1 - 0.25 * rise)) + Vector((0, 0, length * (rise * t - droop * t * t)))
            half = width * math.sin(math.pi * (0.12 + 0.88 * t)) * (1 - 0.35 * t) / 2
            points += [spine - side * half, spine + side * half]
        faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(count)]
        return self._add(stuff, points, [(0.0, 0.0)] * len(points), faces)

    def mesh(self):
        """The finished mesh, to be shared by several objects."""
        made = bpy.data.meshes.new(self.name)
        made.from_pydata(self.points, [], [face for face, _ in self.faces])
        made.polygons.foreach_set('material_index', [index for _, index in self.faces])
        made.polygons.foreach_set('use_smooth', [True] * len(made.polygons))
        layer = made.uv_layers.new(name='UVMap')
        layer.data.foreach_set('uv', [c for loop in made.loops for c in self.uvs[loop.vertex_index]])
        for stuff in self.materials:
            made.materials.append(stuff)
        made.validate()
        made.update()
        return made

    def place(self):
        """Puts the shape into the scene as one object, a part of the building."""
        return put(self.name, self.mesh())


def put(name, mesh, at=(0, 0, 0), turn=0.0, scale=1.0):
    """An object of a mesh. Objects that share a mesh are drawn at once."""
    made = bpy.data.objects.new(name, mesh)
    made.location, made.rotation_euler, made.scale = at, (0, 0, math.radians(turn)), (scale, scale, scale)
    bpy.context.scene.collection.objects.link(made)
    return made


def mark(name, at, turn, **venue):
    """An empty that says what is there. It looks along -Y turned by `turn` degrees to the left: what glTF calls +Z."""
    made = put(name, None, at, turn)
    made['venue'] = venue
    return made


def body(name, low, high, **venue):
    """A box that is not drawn: an obstacle, an acoustic space, a zone."""
    made = Shape(name).box(bpy.data.materials.get('marks') or material('marks'), low, high).place()
    made['venue'] = venue
    return made
