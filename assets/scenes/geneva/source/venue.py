"""The site under construction: static surfaces, instances, lights for the bake, and the marks the venue reads.

Marks are Blender custom properties `venue` that become `extras.venue` of glTF nodes. A mark at turn 0 looks along
Blender -Y, which is glTF +Z.
"""
import math

import bpy
from mathutils import Vector

from geometry import Static
from materials import Materials


class Site:
    """Everything the area modules add to."""

    def __init__(self):
        self.static = Static()
        self.materials = Materials()
        self.prototypes = {}
        self.instances, self.lights, self.marks = [], [], []
        self.screens, self.coves = [], []
        self.walkable, self.obstacles = {}, {}
        self.scene = bpy.context.scene

    def _link(self, obj):
        self.scene.collection.objects.link(obj)
        return obj

    def put(self, name, at, turn=0.0, scale=1.0):
        """An instance of a furniture prototype; shares its mesh."""
        obj = self._link(bpy.data.objects.new(f'{name}.{len(self.instances):03d}', self.prototypes[name]))
        obj.location, obj.rotation_euler = at, (0, 0, turn)
        obj.scale = (scale, scale, scale)
        self.instances.append(obj)
        return obj

    def mark(self, kind, identity, at, turn=0.0, **more):
        """An empty that names a seat, a place or a spawn point; it looks along (sin turn, -cos turn)."""
        obj = self._link(bpy.data.objects.new(f'{kind}-{identity}', None))
        obj.location, obj.rotation_euler = at, (0, 0, turn)
        obj['venue'] = {'kind': kind, 'id': identity, **more}
        self.marks.append(obj)
        return obj

    def seat(self, identity, label, at, turn, height=0.45):
        self.mark('seat', identity, at, turn, label=label, height=height)

    def _mesh(self, name, points, faces, venue):
        mesh = bpy.data.meshes.new(name)
        mesh.from_pydata([tuple(p) for p in points], [], faces)
        obj = self._link(bpy.data.objects.new(name, mesh))
        obj['venue'] = venue
        obj.hide_render = True
        self.marks.append(obj)
        return obj

    def space(self, identity, low, high, reverb):
        """The box of an acoustic space; `reverb` from 0 (dry) to 1 (cathedral)."""
        self._mesh(f'space-{identity}', *box_mesh(low, high), {'kind': 'space', 'id': identity, 'reverb': reverb})

    def walk(self, area, points, faces):
        """Adds faces (up) to the invisible floor of an area."""
        store = self.walkable.setdefault(area, ([], []))
        base = len(store[0])
        store[0].extend(tuple(p) for p in points)
        store[1].extend(tuple(base + i for i in f) for f in faces)

    def walk_box(self, area, x0, y0, x1, y1, z):
        self.walk(area, [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], [(0, 1, 2, 3)])

    def block(self, area, low, high):
        """An obstacle box."""
        self.block_mesh(area, *box_mesh(low, high))

    def block_turned(self, area, at, size, turn):
        """An obstacle box of (w, d, h) whose base centre is `at`, turned about Z."""
        w, d, h = size
        points, faces = box_mesh((-w / 2, -d / 2, 0), (w / 2, d / 2, h))
        c, s = math.cos(turn), math.sin(turn)
        self.block_mesh(area, [(at[0] + x * c - y * s, at[1] + x * s + y * c, at[2] + z) for x, y, z in points], faces)

    def block_mesh(self, area, points, faces):
        store = self.obstacles.setdefault(area, ([], []))
        base = len(store[0])
        store[0].extend(tuple(p) for p in points)
        store[1].extend(tuple(base + i for i in f) for f in faces)

    def close_marks(self):
        """Makes the meshes of the gathered floors and obstacles."""
        for kind, stores in (('walkable', self.walkable), ('obstacle', self.obstacles)):
            for area, (points, faces) in stores.items():
                self._mesh(f'{kind}-{area}', points, faces, {'kind': kind})

    def shield(self, low, high):
        """A body that stops light in the bake only."""
        points, faces = box_mesh(low, high)
        mesh = bpy.data.meshes.new('shield')
        mesh.from_pydata(points, [], faces)
        self.lights.append(self._link(bpy.data.objects.new('shield', mesh)))

    def panel_light(self, at, size, watts, colour, aim=(0, 0, -1)):
        """A rectangular lamp for the bake only."""
        lamp = bpy.data.lights.new('panel', 'AREA')
        lamp.shape, lamp.size, lamp.size_y = 'RECTANGLE', size[0], size[1]
        lamp.energy, lamp.color = watts, colour
        obj = self._link(bpy.data.objects.new('panel', lamp))
        obj.location = at
        obj.rotation_euler = Vector(aim).to_track_quat('-Z', 'Y').to_euler()
        self.lights.append(obj)
        return obj

    def globe_light(self, at, radius, watts, colour):
        lamp = bpy.data.lights.new('globe', 'POINT')
        lamp.shadow_soft_size, lamp.energy, lamp.color = radius, watts, colour
        obj = self._link(bpy.data.objects.new('globe', lamp))
        obj.location = at
        self.lights.append(obj)
        return obj

    def spot_light(self, at, aim, watts, colour, angle=50.0):
        lamp = bpy.data.lights.new('spot', 'SPOT')
        lamp.spot_size, lamp.spot_blend, lamp.shadow_soft_size = math.radians(angle), 0.8, 0.12
        lamp.energy, lamp.color = watts, colour
        obj = self._link(bpy.data.objects.new('spot', lamp))
        obj.location = at
        obj.rotation_euler = (Vector(aim) - Vector(at)).to_track_quat('-Z', 'Y').to_euler()
        self.lights.append(obj)
        return obj


def box_mesh(low, high):
    """Points and outward faces of a box."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    points = [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0), (x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]
    return points, [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (3, 0, 4, 7), (1, 2, 6, 5)]


def slats(static, material, o, u, v, width=0.06, pitch=0.12, depth=0.05, tint=(1, 1, 1), density=1.0, rng=None):
    """A field of slats that run along `v`, in front of a dark back; front faces look along u x v.

    The light is baked on one smooth proxy sheet at the slats' fronts and projected onto slats and back, so that
    hundreds of thin faces need no charts of their own and show no baking noise.
    """
    o, u, v = Vector(o), Vector(u), Vector(v)
    ud, n = u.normalized(), u.cross(v).normalized()
    chart = static.chart(u.length, v.length, density)
    chart.soft = 1.5
    static.quad(material, o, u, v, tuple(0.6 * t for t in tint), 'v', density, (chart, 0, 0), role='proxy')
    back = tuple(0.10 * t for t in tint)
    static.quad(material, o - n * depth, u, v, back, 'v', density, (chart, 0, 0), role='projected')
    count = int((u.length + pitch - width) / pitch)
    start = (u.length - (count - 1) * pitch - width) / 2
    side = n * depth
    for i in range(count):
        s = start + i * pitch
        a = o + ud * s
        k = rng.uniform(0.90, 1.06)
        tone = tuple(k * t for t in tint)
        shift = (rng.random(), rng.random())
        static.quad(material, a, ud * width, v, tone, 'v', density, (chart, s, 0), shift, 'projected')
        dark = tuple(0.30 * t for t in tone)
        h = v.length
        for edge, order in ((a, 1), (a + ud * width, -1)):
            points = [edge - side, edge, edge + v, edge - side + v]
            tints = [dark, tuple(0.72 * t for t in tone), tuple(0.72 * t for t in tone), dark]
            at = s if order > 0 else s + width
            lights = [(chart, at, 0), (chart, at, 0), (chart, at, h), (chart, at, h)]
            face = (0, 1, 2, 3) if order > 0 else (3, 2, 1, 0)
            base = edge.dot(v.normalized()) + shift[1]
            uvs = [(shift[0], base), (shift[0] + depth, base), (shift[0] + depth, base + h), (shift[0], base + h)]
            static.add(material, points, [face], uvs, tints, lights, 'projected')


def wall(static, material, o, u, height, openings=(), tint=(1, 1, 1), density=1.0, grain='v'):
    """An upright wall of length |u| and `height` from `o`, with door openings (start, end, top) along it."""
    o, u = Vector(o), Vector(u)
    ud, up = u.normalized(), Vector((0, 0, 1))
    chart = static.chart(u.length, height, density)
    chart.soft = 2.0

    def piece(s0, s1, t0, t1):
        if s1 - s0 > 1e-4 and t1 - t0 > 1e-4:
            static.quad(material, o + ud * s0 + up * t0, ud * (s1 - s0), up * (t1 - t0), tint, grain, density, (chart, s0, t0))

    at = 0.0
    for s0, s1, top in sorted(openings):
        piece(at, s0, 0, height)
        piece(s0, s1, top, height)
        at = s1
    piece(at, u.length, 0, height)
