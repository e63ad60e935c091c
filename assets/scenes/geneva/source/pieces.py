"""Builds one furniture mesh from bevelled blocks, tubes and turned shapes, with ambient occlusion in its colours."""
import math
import random

import bmesh
import bpy
from mathutils import Matrix, Vector
from mathutils.bvhtree import BVHTree

from geometry import TILE

AO_RAYS, AO_REACH = 64, 0.7


class Piece:
    """Collects parts in one bmesh; `finish` makes the object (hidden prototype) to be instanced."""

    def __init__(self, name, materials):
        self.name, self.materials = name, materials
        self.bm = bmesh.new()
        self.uv = self.bm.loops.layers.uv.new('UVMap')
        self.tint = self.bm.verts.layers.float_color.new('Color')
        self.used = []
        self.rng = random.Random(name)

    def _adopt(self, part, material, tint, matrix, grain):
        """Moves a temporary bmesh into the piece: tint, material and box-projected UVs (grain axis to V)."""
        if material not in self.used:
            self.used.append(material)
        index = self.used.index(material)
        scale = 1.0 / TILE.get(material, 0.5 if material == 'fabric' else 1.0)
        du, dv = self.rng.random(), self.rng.random()
        normal_matrix = matrix.to_3x3()
        made = {v: self.bm.verts.new(matrix @ v.co) for v in part.verts}
        for v in made.values():
            v[self.tint] = (*tint, 1.0)
        for face in part.faces:
            new = self.bm.faces.new([made[v] for v in face.verts])
            new.material_index, new.smooth = index, True
            n = face.normal
            axis = max(range(3), key=lambda i: abs(n[i]))
            others = [i for i in range(3) if i != axis]
            if grain in others:
                others.remove(grain)
                others.append(grain)
            for loop, source in zip(new.loops, face.loops):
                c = source.vert.co
                loop[self.uv].uv = (c[others[0]] * scale + du, c[others[1]] * scale + dv)
        part.free()
        return normal_matrix

    def block(self, size, at, material, tint=(1, 1, 1), bevel=0.0, segments=2, turn=(0, 0, 0), grain=None, taper=1.0):
        """A box of `size` centred `at`; `taper` scales its lower face."""
        part = bmesh.new()
        bmesh.ops.create_cube(part, size=1.0)
        for v in part.verts:
            k = taper if v.co.z < 0 else 1.0
            v.co = Vector((v.co.x * size[0] * k, v.co.y * size[1] * k, v.co.z * size[2]))
        if bevel:
            bmesh.ops.bevel(part, geom=part.edges[:], offset=bevel, segments=segments, profile=0.5, affect='EDGES',
                            clamp_overlap=True)
        part.normal_update()
        axis = max(range(3), key=lambda i: size[i]) if grain is None else grain
        matrix = Matrix.Translation(at) @ Matrix.Rotation(turn[2], 4, 'Z') @ Matrix.Rotation(
            turn[1], 4, 'Y') @ Matrix.Rotation(turn[0], 4, 'X')
        self._adopt(part, material, tint, matrix, axis)

    def turned(self, profile, at, material, tint=(1, 1, 1), n=16, lid=True, turn=(0, 0, 0)):
        """A surface of revolution about Z; `profile` is (radius, z) from bottom to top. `lid` closes the top."""
        part = bmesh.new()
        rings = []
        for r, z in profile:
            rings.append([part.verts.new((r * math.cos(2 * math.pi * i / n), r * math.sin(2 * math.pi * i / n), z))
                          for i in range(n)])
        for a, b in zip(rings, rings[1:]):
            for i in range(n):
                j = (i + 1) % n
                part.faces.new((a[i], a[j], b[j], b[i]))
        if lid:
            part.faces.new(rings[-1])
        part.normal_update()
        matrix = Matrix.Translation(at) @ Matrix.Rotation(turn[2], 4, 'Z') @ Matrix.Rotation(
            turn[1], 4, 'Y') @ Matrix.Rotation(turn[0], 4, 'X')
        self._adopt(part, material, tint, matrix, None)

    def tube(self, path, radius, material, tint=(1, 1, 1), n=6):
        """A round bar along a polyline; `radius` may be a list, one a point."""
        part = bmesh.new()
        points = [Vector(p) for p in path]
        radii = radius if isinstance(radius, list) else [radius] * len(points)
        rings = []
        for i, p in enumerate(points):
            d = (points[min(i + 1, len(points) - 1)] - points[max(i - 1, 0)]).normalized()
            side = d.cross(Vector((0.31, 0.95, 0.07)) if abs(d.y) < 0.9 else Vector((1, 0, 0))).normalized()
            up = side.cross(d)
            rings.append([part.verts.new(p + radii[i] * (side * math.cos(2 * math.pi * k / n)
                                                         + up * math.sin(2 * math.pi * k / n))) for k in range(n)])
        for a, b in zip(rings, rings[1:]):
            for i in range(n):
                part.faces.new((a[i], b[i], b[(i + 1) % n], a[(i + 1) % n]))
        part.faces.new(rings[0])
        part.faces.new(rings[-1][::-1])
        bmesh.ops.recalc_face_normals(part, faces=part.faces[:])
        part.normal_update()
        self._adopt(part, material, tint, Matrix.Identity(4), None)

    def leaf(self, base, direction, length, width, tint, droop=0.25, cells=3):
        """A leaf blade along a drooping midrib: folded with 3 cells or more, else a flat strip."""
        part = bmesh.new()
        base, d = Vector(base), Vector(direction).normalized()
        side = d.cross(Vector((0, 0, 1)))
        side = side.normalized() if side.length > 1e-3 else Vector((1, 0, 0))
        rows = []
        for i in range(cells + 1):
            t = i / cells
            mid = base + d * (length * t) + Vector((0, 0, -droop * length * t * t))
            w = width * 0.5 * math.sin(math.pi * min(max(t * 0.93 + 0.05, 0), 1)) ** 0.75
            fold = Vector((0, 0, 0.28 * w))
            row = [mid - side * w + fold, mid, mid + side * w + fold]
            rows.append([part.verts.new(q) for q in (row if cells > 2 else row[::2])])
        for a, b in zip(rows, rows[1:]):
            for k in range(len(a) - 1):
                part.faces.new((a[k], a[k + 1], b[k + 1], b[k]))
        part.normal_update()
        self._adopt(part, 'leaf', tint, Matrix.Identity(4), None)

    def finish(self, ground=True, sharp=35.0):
        """The finished object: occlusion multiplied into the colours, weighted normals applied."""
        self._occlude(ground)
        mesh = bpy.data.meshes.new(self.name)
        self.bm.to_mesh(mesh)
        self.bm.free()
        for name in self.used:
            mesh.materials.append(self.materials.get(name) if isinstance(name, str) else name)
        mesh.set_sharp_from_angle(angle=math.radians(sharp))
        obj = bpy.data.objects.new(self.name, mesh)
        bpy.context.scene.collection.objects.link(obj)
        modifier = obj.modifiers.new('normals', 'WEIGHTED_NORMAL')
        modifier.keep_sharp, modifier.weight = True, 60
        final = bpy.data.meshes.new_from_object(obj.evaluated_get(bpy.context.evaluated_depsgraph_get()))
        bpy.data.objects.remove(obj)
        bpy.data.meshes.remove(mesh)
        final.name = self.name
        final.color_attributes.active_color = final.color_attributes['Color']
        return final

    def _occlude(self, ground):
        bm = self.bm
        bm.normal_update()
        bm.verts.index_update()
        verts = [v.co.copy() for v in bm.verts]
        faces = [[v.index for v in f.verts] for f in bm.faces]
        if ground:
            k = len(verts)
            verts += [Vector((-3, -3, -0.002)), Vector((3, -3, -0.002)), Vector((3, 3, -0.002)), Vector((-3, 3, -0.002))]
            faces.append([k, k + 1, k + 2, k + 3])
        tree = BVHTree.FromPolygons(verts, faces)
        spots = []
        for i in range(AO_RAYS):
            u, a = (i + 0.5) / AO_RAYS, i * 2.399963
            spots.append(Vector((math.sqrt(u) * math.cos(a), math.sqrt(u) * math.sin(a), math.sqrt(1 - u))))
        seen = {}
        for v in bm.verts:
            n = v.normal if v.normal.length > 0.1 else Vector((0, 0, 1))
            key = (round(v.co.x, 4), round(v.co.y, 4), round(v.co.z, 4), round(n.x, 1), round(n.y, 1), round(n.z, 1))
            if key not in seen:
                basis = n.to_track_quat('Z', 'Y')
                start = v.co + n * 0.006
                blocked = 0.0
                for s in spots:
                    hit = tree.ray_cast(start, basis @ s, AO_REACH)
                    if hit[0] is not None:
                        blocked += 1 - 0.55 * (hit[3] / AO_REACH)
                seen[key] = 1 - blocked / AO_RAYS
            light = 0.22 + 0.78 * seen[key]
            t = v[self.tint]
            v[self.tint] = (t[0] * light, t[1] * light, t[2] * light, 1.0)
