"""Small mesh tools on numpy arrays: cut along a field, smooth, offset, thicken, decimate, shade."""
from dataclasses import dataclass, field, replace

import bpy
import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from mathutils.kdtree import KDTree

BONE_COUNT = 25
FIXED, SKIN, HAIR, GARMENT1, GARMENT2 = 0.0, 0.25, 0.5, 0.75, 1.0


@dataclass
class Part:
    """A piece of one recolourable kind. v (n,3) metres, f (m,3), w (n,25) skin weights, c (n,3) linear rgb."""
    v: np.ndarray
    f: np.ndarray
    w: np.ndarray
    c: np.ndarray
    kind: float = FIXED
    name: str = ''
    keep: np.ndarray = field(default=None)   # 0..1 per vertex: how much decimation spares it
    only: tuple = (0, 1, 2)                  # the LODs this part is for
    n: np.ndarray = field(default=None)      # normals of the dense surface, kept through decimation
    hem: tuple = None                        # (depth, shade) of a rim that the finest LOD gets; None = no rim


def at(lods, parts):
    """The parts, for these LODs only."""
    return [replace(p, only=lods) for p in parts]


def triangles(faces):
    """Fan-triangulate a list of polygons."""
    return np.array([[p[0], p[i], p[i + 1]] for p in faces for i in range(1, len(p) - 1)], int).reshape(-1, 3)


def part(v, f, w, kind, name, colour=(1, 1, 1), keep=None):
    """Make a Part that holds only the vertices its faces use."""
    f = np.asarray(f, int)
    used, inverse = np.unique(f, return_inverse=True)
    c = np.tile(np.asarray(colour, float), (len(used), 1)) if np.ndim(colour) == 1 else np.asarray(colour)[used]
    return Part(np.asarray(v, float)[used], inverse.reshape(-1, 3), np.asarray(w, float)[used], c, kind, name,
                None if keep is None else np.asarray(keep)[used])


def merge(parts, kind=None, name=None):
    """Concatenate parts; the first one's kind and name unless given."""
    offset, vs, fs = 0, [], []
    for p in parts:
        vs.append(p.v)
        fs.append(p.f + offset)
        offset += len(p.v)
    keeps = [p.keep if p.keep is not None else np.zeros(len(p.v)) for p in parts]
    return Part(np.vstack(vs), np.vstack(fs), np.vstack([p.w for p in parts]), np.vstack([p.c for p in parts]),
                parts[0].kind if kind is None else kind, name or parts[0].name, np.concatenate(keeps), parts[0].only,
                hem=parts[0].hem)


def normals(v, f):
    """Area-weighted vertex normals."""
    face = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    out = np.zeros_like(v)
    for k in range(3):
        np.add.at(out, f[:, k], face)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def welded_normals(v, f, digits=5):
    """Vertex normals that are shared between vertices at the same place (split seams stay smooth)."""
    _, group = np.unique(np.round(v, digits), axis=0, return_inverse=True)
    group = group.reshape(-1)
    raw = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    total = np.zeros((group.max() + 1, 3))
    for k in range(3):
        np.add.at(total, group[f[:, k]], raw)
    out = total[group]
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def cut(p, value):
    """Keep the side where value > 0, cutting triangles exactly along value = 0. value (n,)."""
    value = np.where(np.abs(value) < 1e-9, 1e-9, value)
    inside = value > 0
    count = inside[p.f].sum(axis=1)
    whole = p.f[count == 3]
    stack = np.hstack([p.v, p.w, p.c] + ([p.keep[:, None]] if p.keep is not None else []))
    rows, made, faces = [stack], {}, []

    def crossing(a, b):
        key = (min(a, b), max(a, b))
        if key not in made:
            t = value[a] / (value[a] - value[b])
            made[key] = len(stack) + len(made)
            rows.append((stack[a] * (1 - t) + stack[b] * t)[None])
        return made[key]

    for tri, n in zip(p.f[(count > 0) & (count < 3)], count[(count > 0) & (count < 3)]):
        odd = next(i for i in range(3) if inside[tri[i]] == (n == 1))
        a, b, c = tri[odd], tri[(odd + 1) % 3], tri[(odd + 2) % 3]
        ab, ac = crossing(a, b), crossing(a, c)
        faces += [[a, ab, ac]] if n == 1 else [[ab, b, c], [ab, c, ac]]
    all_faces = np.vstack([whole, np.array(faces, int).reshape(-1, 3)])
    rows = np.vstack(rows)
    wide = p.w.shape[1]
    q = part(rows[:, :3], all_faces, rows[:, 3:3 + wide], p.kind, p.name, rows[:, 3 + wide:6 + wide],
             rows[:, 6 + wide] if p.keep is not None else None)
    return replace(q, hem=p.hem, only=p.only)


def weld(p, digits=5):
    """Merge vertices at the same place and drop faces without area."""
    _, first, group = np.unique(np.round(p.v, digits), axis=0, return_index=True, return_inverse=True)
    f = group.reshape(-1)[p.f]
    f = f[(f[:, 0] != f[:, 1]) & (f[:, 1] != f[:, 2]) & (f[:, 2] != f[:, 0])]
    return replace(p, v=p.v[first], f=f, w=p.w[first], c=p.c[first], keep=None if p.keep is None else p.keep[first])


def edges(f):
    """Unique undirected edges and the number of faces on each."""
    e = np.sort(np.vstack([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]]), axis=1)
    return np.unique(e, axis=0, return_counts=True)


def boundary_edges(f):
    """Directed edges that have a face on one side only."""
    e = np.vstack([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]])
    _, inverse, count = np.unique(np.sort(e, axis=1), axis=0, return_inverse=True, return_counts=True)
    return e[count[inverse.reshape(-1)] == 1]


def smooth(p, rounds, amount=0.5, pin=None):
    """Laplacian smoothing; boundary vertices only slide along the boundary. pin (n,) 1 = stay."""
    e, count = edges(p.f)
    rim = np.zeros(len(p.v), bool)
    rim[e[count == 1].ravel()] = True
    use = (count == 1) | ~(rim[e[:, 0]] | rim[e[:, 1]])
    links = np.vstack([e[use], e[use][:, ::-1],
                       np.array([[a, b] if rim[b] else [b, a] for a, b in e[~use] if rim[a] != rim[b]], int).reshape(-1, 2)])
    degree = np.maximum(np.bincount(links[:, 0], minlength=len(p.v)), 1)[:, None]
    free = amount * (1 if pin is None else (1 - pin)[:, None])
    v = p.v.copy()
    for _ in range(rounds):
        total = np.zeros_like(v)
        np.add.at(total, links[:, 0], v[links[:, 1]])
        has = np.bincount(links[:, 0], minlength=len(v))[:, None] > 0
        v = v + np.where(has, free * (total / degree - v), 0)
    return replace(p, v=v)


def offset(p, distance):
    """Move along the normals by a distance (scalar or per vertex)."""
    d = np.broadcast_to(distance, (len(p.v),))
    return replace(p, v=p.v + welded_normals(p.v, p.f) * d[:, None])


def hem(p, depth, shade=0.7):
    """Ask for a rim of `depth` metres, see `rim`. Coarse LODs go without: decimation would tear it."""
    return replace(p, hem=(depth, shade))


def rim(p, depth, shade=0.7):
    """Fold the boundary inwards by `depth` metres, so that a shell shows a thickness."""
    e = boundary_edges(p.f)
    ring = np.unique(e)
    n = welded_normals(p.v, p.f)
    index = {a: len(p.v) + i for i, a in enumerate(ring)}
    inner = p.v[ring] - n[ring] * depth
    strip = [[b, a, index[a]] for a, b in e] + [[b, index[a], index[b]] for a, b in e]
    keep = None if p.keep is None else np.concatenate([p.keep, p.keep[ring]])
    return replace(p, v=np.vstack([p.v, inner]), f=np.vstack([p.f, np.array(strip, int)]), w=np.vstack([p.w, p.w[ring]]),
                   c=np.vstack([p.c, p.c[ring] * shade]), keep=keep)


def tree(v, f):
    return BVHTree.FromPolygons([Vector(x) for x in v], [tuple(int(i) for i in t) for t in f])


def transfer(points, source, columns):
    """Values of `columns` (n,k) of `source` at the nearest surface points. Returns (len(points), k)."""
    bvh = tree(source.v, source.f)
    out = np.zeros((len(points), columns.shape[1]))
    for i, point in enumerate(points):
        place, _, face, _ = bvh.find_nearest(Vector(point))
        a, b, c = source.f[face]
        weight = barycentric(np.array(place), source.v[a], source.v[b], source.v[c])
        out[i] = weight @ columns[[a, b, c]]
    return out


def gather(points, source, columns, facing=None):
    """Area-weighted mean of `columns` (n,k) of a dense `source` over the vertices that each vertex of a coarse mesh stands
    for: those that are nearest to it. Vertices that stand for none take the nearest surface point's values.
    facing: normals of the coarse vertices; those that look another way do not count."""
    area = np.linalg.norm(np.cross(source.v[source.f[:, 1]] - source.v[source.f[:, 0]], source.v[source.f[:, 2]] - source.v[source.f[:, 0]]), axis=1)
    share = np.zeros(len(source.v))
    for k in range(3):
        np.add.at(share, source.f[:, k], area)
    near = KDTree(len(points))
    for i, q in enumerate(points):
        near.insert(Vector(q), i)
    near.balance()
    own = np.array([near.find(Vector(q))[1] for q in source.v])
    if facing is not None:
        share = share * ((welded_normals(source.v, source.f) * facing[own]).sum(axis=1) > .35)
    total, out = np.zeros(len(points)), np.zeros((len(points), columns.shape[1]))
    np.add.at(total, own, share)
    np.add.at(out, own, columns * share[:, None])
    lone = total < 1e-12
    out[~lone] /= total[~lone, None]
    if lone.any():
        out[lone] = transfer(points[lone], source, columns)
    return out


def barycentric(p, a, b, c):
    u, v, w = b - a, c - a, p - a
    d00, d01, d11, d20, d21 = u @ u, u @ v, v @ v, w @ u, w @ v
    det = d00 * d11 - d01 * d01
    if det < 1e-18:
        return np.array([1.0, 0, 0])
    s, t = (d11 * d20 - d01 * d21) / det, (d00 * d21 - d01 * d20) / det
    out = np.clip([1 - s - t, s, t], 0, 1)
    return out / out.sum()


def decimate(p, goal):
    """Collapse edges until about `goal` triangles are left (Blender's decimate), sparing p.keep. Heads stay symmetric, since a lopsided
    mouth is a grimace; the edges of garments suffer from it."""
    if len(p.f) <= goal:
        return p
    mesh = bpy.data.meshes.new('d')
    mesh.from_pydata(p.v.tolist(), [], p.f.tolist())
    thing = bpy.data.objects.new('d', mesh)
    bpy.context.scene.collection.objects.link(thing)
    modifier = thing.modifiers.new('d', 'DECIMATE')
    modifier.ratio = max(goal, 2) / len(p.f)
    modifier.use_symmetry, modifier.symmetry_axis = p.name in ('head', 'beard'), 'X'
    if p.keep is not None and p.keep.max() > 0:
        group = thing.vertex_groups.new(name='k')
        for i, k in enumerate(p.keep):
            group.add([i], float(max(0, 1 - 0.97 * k)), 'REPLACE')
        modifier.vertex_group, modifier.vertex_group_factor = 'k', 1.0
    out = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    v = np.array([x.co[:] for x in out.vertices])
    f = triangles([list(x.vertices) for x in out.polygons])
    bpy.data.objects.remove(thing)
    bpy.data.meshes.remove(mesh)
    keep = p.keep if p.keep is not None else np.zeros(len(p.v))
    attributes = transfer(v, p, np.hstack([p.w, p.c, keep[:, None]] + ([p.n] if p.n is not None else [])))
    wide = p.w.shape[1]
    n = attributes[:, wide + 4:wide + 7] if p.n is not None else None
    return replace(p, v=v, f=f, w=attributes[:, :wide], c=attributes[:, wide:wide + 3], keep=attributes[:, wide + 3], n=n)


def loft(rings, close=True, caps=(False, False)):
    """Vertices and triangles of a tube through rings (k,n,3). Ring order upwards, points anticlockwise from above."""
    rings = np.asarray(rings, float)
    k, n, _ = rings.shape
    f = []
    for i in range(k - 1):
        for j in range(n if close else n - 1):
            a, b = i * n + j, i * n + (j + 1) % n
            f += [[a, b, b + n], [a, b + n, a + n]]
    v = rings.reshape(-1, 3)
    for end, use in zip((0, k - 1), caps):
        if use:
            v = np.vstack([v, rings[end].mean(axis=0)])
            for j in range(n):
                tri = [end * n + j, end * n + (j + 1) % n, len(v) - 1]
                f.append(tri[::-1] if end == 0 else tri)
    return v, np.array(f, int)
