"""Static geometry: quads, boxes, curved strips and prisms gathered into one mesh a material and light map.

Every face keeps its own vertices, so a face is flat unless its builder shares vertices along a strip.
Texture coordinates are in metres divided by the material's tile size: texel density is the same everywhere and
the wood grain (texture V) follows the axis the caller names. Light map coordinates belong to a Chart, a rectangle
in metres that `charts.pack` places in the atlas of its area.
"""
import math
import random

import bpy
from mathutils import Vector

# Metres that one repeat of each material's texture covers.
TILE = {'oak': 1.0, 'stone': 1.2, 'carpet': 1.0}
_rng = random.Random(7)


class Chart:
    """A rectangle of `w` x `h` metres in a light map atlas; `density` scales its texels against the others."""

    def __init__(self, w, h, density=1.0):
        self.w, self.h, self.density = max(w, 1e-3), max(h, 1e-3), density
        self.x = self.y = self.px = self.py = 0.0  # set by the packer (pixels)
        self.turned = False
        self.soft = 0.6  # blur of the finished light, texels


class Surface:
    """Vertices and faces of everything that shares a material and a light map."""

    def __init__(self):
        self.points, self.uvs, self.lights, self.tints, self.faces = [], [], [], [], []


class Static:
    """Collects surfaces; `area` is the light map (or '') that new faces use."""

    def __init__(self):
        self.surfaces = {}
        self.charts = {}
        self.area = ''

    def surface(self, material, role='baked'):
        key = (material, self.area, role)
        return self.surfaces.setdefault(key, Surface())

    def chart(self, w, h, density=1.0):
        chart = Chart(w, h, density)
        self.charts.setdefault(self.area, []).append(chart)
        return chart

    def add(self, material, points, faces, uvs, tint=(1, 1, 1), lights=None, role='baked'):
        """Adds faces; `lights` is one (chart, s, t) a point, s and t in metres inside the chart."""
        s = self.surface(material, role)
        base = len(s.points)
        scale = 1.0 / TILE.get(material, 1.0)
        s.points += [tuple(p) for p in points]
        s.uvs += [(u * scale, v * scale) for u, v in uvs]
        s.lights += lights if lights else [None] * len(points)
        s.tints += tint if isinstance(tint, list) else [tint] * len(points)
        s.faces += [tuple(base + i for i in f) for f in faces]

    def quad(self, material, o, u, v, tint=(1, 1, 1), grain='v', density=1.0, chart=None, shift=None, role='baked'):
        """A parallelogram at `o` with edges `u`, `v`; faces along u x v. `grain` names the edge the wood follows."""
        o, u, v = Vector(o), Vector(u), Vector(v)
        points = [o, o + u, o + u + v, o + v]
        ud, vd = u.normalized(), v.normalized()
        du, dv = shift or (0.0, 0.0)
        flat = [(p.dot(ud) + du, p.dot(vd) + dv) for p in points]
        uvs = flat if grain == 'v' else [(b, a) for a, b in flat]
        w, h = u.length, v.length
        if chart is None and self.area and density > 0:
            chart = (self.chart(w, h, density), 0.0, 0.0)
        lights = None
        if chart:
            c, s, t = chart
            lights = [(c, s, t), (c, s + w, t), (c, s + w, t + h), (c, s, t + h)]
        self.add(material, points, [(0, 1, 2, 3)], uvs, tint, lights, role)

    def box(self, material, low, high, skip='', tint=(1, 1, 1), grain='z', density=1.0, bevel=0.0, loose=True):
        """An axis-aligned box; `skip` names hidden faces among w e s n b t; `bevel` cuts the top edges."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        shift = (_rng.uniform(0, 1), _rng.uniform(0, 1)) if loose and material == 'oak' else None
        b, zt = bevel, z1 - bevel
        dx, dy, dz = x1 - x0, y1 - y0, zt - z0
        sides = {
            's': ((x0, y0, z0), (dx, 0, 0), (0, 0, dz), 'x'), 'n': ((x1, y1, z0), (-dx, 0, 0), (0, 0, dz), 'x'),
            'e': ((x1, y0, z0), (0, dy, 0), (0, 0, dz), 'y'), 'w': ((x0, y1, z0), (0, -dy, 0), (0, 0, dz), 'y'),
            't': ((x0 + b, y0 + b, z1), (dx - 2 * b, 0, 0), (0, dy - 2 * b, 0), 'x'),
            'b': ((x0, y1, z0), (dx, 0, 0), (0, -dy, 0), 'x'),
        }
        made = {}
        for name, (o, u, v, first) in sides.items():
            if name in skip:
                continue
            axis = grain if name not in 'tb' or grain != 'z' else ('x' if dx > dy else 'y')
            if name in 'sn' and axis == 'y' or name in 'ew' and axis == 'x':
                axis = first
            chart = self.chart(Vector(u).length, Vector(v).length, density) if self.area and density > 0 else None
            made[name] = (chart, Vector(u).length, Vector(v).length)
            self.quad(material, o, u, v, tint, 'u' if axis == first else 'v', 0 if not chart else density,
                      (chart, 0, 0) if chart else None, shift)
        if bevel and 't' not in skip:
            self._bevel(material, (low, high), bevel, tint, made['t'][0])

    def _bevel(self, material, corners, b, tint, chart):
        """The four slanted strips round a box's top; they borrow the light of the top's border."""
        (x0, y0, _), (x1, y1, z1) = corners
        low = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        top = [(x0 + b, y0 + b), (x1 - b, y0 + b), (x1 - b, y1 - b), (x0 + b, y1 - b)]
        for i in range(4):
            j = (i + 1) % 4
            points = [(*low[i], z1 - b), (*low[j], z1 - b), (*top[j], z1), (*top[i], z1)]
            lights = None
            if chart:
                st = [(chart, p[0] - x0 - b, p[1] - y0 - b) for p in (top[i], top[j], top[j], top[i])]
                lights = st
            length = (Vector(low[j]) - Vector(low[i])).length
            self.add(material, points, [(0, 1, 2, 3)], [(0, 0), (0, length), (b, length), (b, 0)], tint, lights)

    def strip(self, material, left, right, tint=(1, 1, 1), grain='v', density=1.0, chart=None, closed=False):
        """Quads between two polylines of equal length (smooth shaded); faces (right - left) x forward... reversed.

        The normal of a cell is (left[i+1]-left[i]) x (right[i]-left[i]).
        """
        n = len(left)
        along = [0.0]
        for i in range(1, n):
            along.append(along[-1] + ((Vector(left[i]) - Vector(left[i - 1])).length
                                      + (Vector(right[i]) - Vector(right[i - 1])).length) / 2)
        across = max((Vector(a) - Vector(b)).length for a, b in zip(left, right))
        if chart is None and self.area and density > 0:
            chart = (self.chart(along[-1], across, density), 0.0, 0.0)
        points = list(left) + list(right)
        flat = [(0.0, s) for s in along] + [(across, s) for s in along]
        uvs = flat if grain == 'v' else [(b, a) for a, b in flat]
        lights = None
        if chart:
            c, s0, t0 = chart
            lights = [(c, s0 + s, t0) for s in along] + [(c, s0 + s, t0 + across) for s in along]
        faces = [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)]
        self.add(material, points, faces, uvs, tint, lights)

    def plane_cells(self, material, rows, origin, chart, tint=(1, 1, 1), flip=False, offset=(0, 0)):
        """Horizontal cells between successive polylines `rows`, lit by one top-view `chart` that starts at `origin`."""
        n = len(rows[0])
        points = [p for row in rows for p in row]
        faces = []
        for r in range(len(rows) - 1):
            for i in range(n - 1):
                f = (r * n + i, r * n + i + 1, (r + 1) * n + i + 1, (r + 1) * n + i)
                faces.append(f[::-1] if flip else f)
        uvs = [(p[0] + offset[0], p[1] + offset[1]) for p in points]
        lights = [(chart, p[0] - origin[0], p[1] - origin[1]) for p in points] if chart else None
        self.add(material, points, faces, uvs, tint, lights)

    def polygon(self, material, outline, z, tint=(1, 1, 1), grain='v', density=1.0, down=False):
        """A horizontal polygon, counter-clockwise seen from above."""
        xs, ys = [p[0] for p in outline], [p[1] for p in outline]
        chart = self.chart(max(xs) - min(xs), max(ys) - min(ys), density) if self.area and density > 0 else None
        points = [(x, y, z) for x, y in outline]
        uvs = [(x, y) if grain == 'v' else (y, x) for x, y in outline]
        lights = [(chart, x - min(xs), y - min(ys)) for x, y in outline] if chart else None
        face = tuple(range(len(points)))
        self.add(material, points, [face[::-1] if down else face], uvs, tint, lights)
        return chart

    def prism(self, material, outline, z0, z1, tint=(1, 1, 1), grain='v', density=1.0, bevel=0.0, bottom=False):
        """An upright prism over a counter-clockwise outline, its top edge cut by `bevel`, without a bottom by default."""
        inner = inset(outline, bevel) if bevel else outline
        chart = self.polygon(material, inner, z1, tint, grain, density)
        if chart:
            chart.soft = 2.0
        ring = outline + outline[:1]
        low, high = [(x, y, z0) for x, y in ring], [(x, y, z1 - bevel) for x, y in ring]
        if chart and z1 - z0 < 0.1:
            self._rim(material, low, high, tint, chart, inner)
        else:
            self.strip(material, low, high, tint, 'u', density)
        if bevel:
            xs, ys = [p[0] for p in inner], [p[1] for p in inner]
            inn = inner + inner[:1]
            n = len(ring)
            points = [(x, y, z1 - bevel) for x, y in ring] + [(x, y, z1) for x, y in inn]
            lights = [(chart, x - min(xs), y - min(ys)) for x, y in inn] * 2 if chart else None
            self.add(material, points, [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)],
                     [(p[0], p[1]) for p in points], tint, lights)
        if bottom:
            self.polygon(material, outline, z0, tint, grain, density * 0.5, down=True)


    def _rim(self, material, low, high, tint, chart, inner):
        """A thin edge lit like the border of the polygon `inner`: too thin for texels of its own."""
        xs, ys = [p[0] for p in inner], [p[1] for p in inner]
        n, along = len(low), 0.0
        uvs = []
        for i, p in enumerate(low):
            along += (Vector(p) - Vector(low[i - 1])).length if i else 0.0
            uvs.append((0.0, along))
        height = high[0][2] - low[0][2]
        uvs += [(height, v) for _, v in uvs]
        closed = list(inner) + list(inner[:1])
        lights = [(chart, x - min(xs), y - min(ys)) for x, y in closed] * 2
        self.add(material, low + high, [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)], uvs, tint, lights)


def inset(outline, d):
    """A convex counter-clockwise outline moved inwards by `d`."""
    result = []
    n = len(outline)
    for i in range(n):
        p, q, r = (Vector(outline[i - 1]), Vector(outline[i]), Vector(outline[(i + 1) % n]))
        a, b = (q - p).normalized(), (r - q).normalized()
        na, nb = Vector((-a.y, a.x)), Vector((-b.y, b.x))
        m = (na + nb)
        m = m / max(m.dot(na), 0.2)
        result.append((q.x + m.x * d, q.y + m.y * d))
    return result


def rounded(x0, y0, x1, y1, r, n=6):
    """A rectangle with round corners, counter-clockwise."""
    out = []
    for cx, cy, a in ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180)):
        out += [(cx + r * math.cos(math.radians(a + 90 * i / n)), cy + r * math.sin(math.radians(a + 90 * i / n)))
                for i in range(n + 1)]
    return out


def circle(cx, cy, r, n=24):
    """A regular polygon, counter-clockwise."""
    return [(cx + r * math.cos(2 * math.pi * i / n), cy + r * math.sin(2 * math.pi * i / n)) for i in range(n)]


def to_object(surface, name, material, place):
    """A Blender object of a surface. `place(chart, s, t)` gives atlas coordinates 0..1."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(surface.points, [], surface.faces)
    loops = [loop.vertex_index for loop in mesh.loops]
    uv = mesh.uv_layers.new(name='UVMap')
    uv.data.foreach_set('uv', [c for i in loops for c in surface.uvs[i]])
    if any(surface.lights):
        lm = mesh.uv_layers.new(name='Light')
        flat = [place(*light) if light else (0.0, 0.0) for light in surface.lights]
        lm.data.foreach_set('uv', [c for i in loops for c in flat[i]])
    colour = mesh.color_attributes.new('Color', 'FLOAT_COLOR', 'POINT')
    colour.data.foreach_set('color', [c for t in surface.tints for c in (*t, 1.0)])
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    mesh.materials.append(material)
    mesh.validate()
    mesh.update()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(obj)
    return obj
