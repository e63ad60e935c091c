"""From dense parts to the three LOD meshes of an appearance: budgets, normals, soft ambient occlusion, one mesh."""
from dataclasses import dataclass, replace

import numpy as np
from mathutils import Vector

import cloth
import kit
import layers

LIMITS = (7000, 1800, 420)
# Triangles wanted per part and LOD, scaled to fill the limit.
BUDGET = {'head': (2500, 430, 96), 'chest': (0, 0, 22), 'hands': (680, 130, 60), 'shins': (360, 100, 40), 'mouth': (130, 0, 0),
          'eyes': (400, 0, 0), 'lashes': (100, 0, 0), 'brows': (96, 0, 0), 'glasses': (560, 120, 0), 'earrings': (120, 16, 0),
          'beard': (320, 100, 20), 'hair': (1100, 230, 48), 'bun': (252, 60, 30), 'scarf': (1400, 380, 74), 'turban': (1100, 340, 50),
          'jacket': (1000, 420, 84), 'lapel': (110, 36, 0), 'collar': (190, 64, 0), 'shirt': (230, 70, 12), 'blouse': (700, 200, 44),
          'shirt collar': (280, 60, 14), 'button': (24, 10, 0), 'pocket': (4, 4, 0), 'tie': (96, 30, 8), 'knot': (32, 10, 0),
          'trousers': (420, 170, 64), 'shoes': (260, 70, 40), 'dress': (1600, 460, 110), 'robe': (2200, 560, 130),
          'trim': (220, 70, 0), 'shawl': (800, 260, 40), 'panel': (260, 60, 8)}
WHOLE = ('head', 'hands', 'shins', 'trousers', 'shoes', 'eyes', 'bun', 'turban', 'shirt collar', 'brows', 'glasses', 'earrings', 'lashes', 'button', 'tie', 'knot', 'mouth', 'pocket')   # as they are where the budget allows it
THIN = ('face', 'brows', 'lashes', 'glasses', 'eyes')                              # cast no occlusion
SINK = ((.002, .010), (.008, .014), (.022, .022))   # of each LOD: how far below its cover a part lies, and how soon, metres
GAP = (0, .0015, .006)                                # by how much it lies below everywhere, metres
FACE = (0, 116, 18)                                  # triangles of the flat shapes on each LOD's face, at most
KNEE = .85                                           # how much the coarsest level spares knees: most people sit
BEND, EDGE = .45, .30                                # how much the second level spares vertices that follow several bones, and those on an edge
RAYS = 40
REACH = 0.22
DARKEST = (0, .55, .55)                              # a dark corner spreads over all of a large triangle
DEPTH = {'eyes': .35, 'mouth': 0, 'lashes': 0}


@dataclass
class Mesh:
    """One LOD: v, n (n,3), rgba (n,4) linear, w (n,25), f (m,3)."""
    v: np.ndarray
    n: np.ndarray
    rgba: np.ndarray
    w: np.ndarray
    f: np.ndarray


def _hemisphere(count):
    """Cosine-weighted directions about +Z, a fixed golden-angle spiral (count,3)."""
    i = np.arange(count) + .5
    r, angle = np.sqrt(i / count), i * np.pi * (3 - np.sqrt(5))
    return np.stack([r * np.cos(angle), r * np.sin(angle), np.sqrt(1 - r * r)], 1)


def occlusion(v, n, bvh):
    """Openness 0..1 of each vertex; near blockers count more than far ones."""
    local = _hemisphere(RAYS)
    out = np.ones(len(v))
    for i in range(len(v)):
        z = n[i]
        x = np.cross((0, 1, 0) if abs(z[1]) < .9 else (1, 0, 0), z)
        x /= np.linalg.norm(x)
        directions = local @ np.stack([x, np.cross(z, x), z])
        start = Vector(v[i] + z * .0015)
        blocked = 0.0
        for d in directions:
            distance = bvh.ray_cast(start, Vector(d), REACH)[3]
            if distance is not None:
                blocked += 1 - (distance / REACH) ** .6
        out[i] = 1 - blocked / RAYS
    return out


def _goals(parts, lod, taken=0):
    """Triangles for each part, in proportion to its share of the LOD's; parts made for this LOD and small ones stay as they are."""
    wanted = [min(len(p.f), BUDGET[p.name][lod]) for p in parts]
    fixed = [p.name in WHOLE and want == len(p.f) for p, want in zip(parts, wanted)]
    rigid = sum(want for want, keep in zip(wanted, fixed) if keep)
    free = sum(want for want, keep in zip(wanted, fixed) if not keep)
    scale = (LIMITS[lod] - 14 - taken - rigid) / free
    return [want if keep else int(min(len(p.f), want * scale)) for p, want, keep in zip(parts, wanted, fixed)]


def _fit(parts, face, lod):
    """Decimate each part to its share of the LOD's triangles, the outermost first, and each below what lies over it."""
    parts = [p for p in parts if lod in p.only]
    if lod == 0:
        parts = [kit.rim(p, *p.hem) if p.hem else p for p in parts]
    goals = _goals(parts, lod, FACE[lod])
    out = [None] * len(parts)
    for i in sorted(range(len(parts)), key=lambda i: -layers.LAYER.get(parts[i].name, 9)):
        p, goal = parts[i], goals[i]
        if goal >= 2:
            if lod > 0 and p.name == 'shirt':   # the narrow end of a neckline has no margin to lower
                p = kit.offset(p, -.004)
            over = [q for q in out if q is not None]
            p = layers.sink(p, over, *SINK[lod])
            out[i] = kit.decimate(replace(p, keep=_spared(p, lod)), goal)
            if lod > 0:
                out[i] = layers.settle(out[i], over, GAP[lod])
                out[i] = replace(out[i], n=kit.welded_normals(out[i].v, out[i].f) if goal == len(p.f) else _mean_normals(out[i], p))
    out = [p for p in out if p is not None]
    if lod > 0:
        out += face.shapes(next(p for p in out if p.name == 'head'), [p for p in out if p.name == 'beard'], lod)
    return out


def _spared(p, lod):
    """How much decimation spares each vertex of a part (n,), or None."""
    if lod == 2 and p.name in ('robe', 'dress'):
        knee = np.minimum.reduce([cloth.share(p, 'upperLeg'), cloth.share(p, 'lowerLeg')])
        return KNEE * np.clip(4 * knee, 0, 1)
    if lod != 1 or layers.LAYER.get(p.name, 0) in (0, layers.LAYER['scarf']):
        return None if lod == 2 else p.keep
    keep = np.zeros(len(p.v)) if p.keep is None else p.keep
    bends = BEND * np.clip(2.5 * (1 - p.w.max(axis=1)), 0, 1)
    edge = np.zeros(len(p.v))
    edge[np.unique(kit.boundary_edges(p.f))] = EDGE
    return np.maximum.reduce([keep, bends, edge])


def _mean_normals(coarse, dense):
    """Normals (n,3) of a coarse part: the mean of the dense surface where that agrees with the coarse one, which has folded there otherwise."""
    own = kit.welded_normals(coarse.v, coarse.f)
    n = kit.gather(coarse.v, dense, dense.n if dense.n is not None else kit.welded_normals(dense.v, dense.f), own)
    size = np.linalg.norm(n, axis=1, keepdims=True)
    n = n / np.maximum(size, 1e-9)
    return np.where((n * own).sum(axis=1, keepdims=True) > .4, n, own)


def lods(parts, face):
    """The three LOD meshes of an appearance from its dense parts and its Face."""
    parts, fine = layers.drop_hidden(parts), {}
    return [_joined(_shaded(_fit(parts, face, number), number, fine)) for number in range(3)]


def _shaded(chosen, number, fine):
    """The parts of one LOD with normals and occlusion in their colours. `fine` passes the openness of the fine head on to the
    coarse ones, whose own occlusion would blacken them."""
    solid = [p for p in chosen if p.name not in THIN]
    offsets = np.cumsum([0] + [len(p.v) for p in solid])
    bvh = kit.tree(np.vstack([p.v for p in solid]), np.vstack([p.f + o for p, o in zip(solid, offsets)]))
    out = []
    for p in chosen:
        n = p.n if p.n is not None else kit.welded_normals(p.v, p.f)
        size = np.linalg.norm(n, axis=1, keepdims=True)
        n = np.where(size > 1e-6, n / np.maximum(size, 1e-9), (0, 0, 1.0))
        if p.name == 'head' and number > 0:
            open_ = np.maximum(kit.gather(p.v, *fine['head'], n)[:, 0], .80)
        elif p.name == 'face':
            open_ = np.ones(len(p.v))
        else:
            open_ = np.maximum(occlusion(p.v, n, bvh), DARKEST[number])
        if p.name == 'head' and number == 0:
            fine['head'] = p, open_[:, None]
        shade = 1 - DEPTH.get(p.name, .85) * (1 - np.clip(open_ * 1.08, 0, 1))
        warm = np.stack([shade ** .82, shade, shade ** 1.05], 1) if p.kind == kit.SKIN else shade[:, None] * np.ones((1, 3))
        out.append(replace(p, n=n, c=np.clip(p.c * warm, 0, 1)))
    return out


def _joined(chosen):
    """One mesh of shaded parts."""
    offsets = np.cumsum([0] + [len(p.v) for p in chosen])
    rgba = [np.hstack([p.c, np.full((len(p.v), 1), p.kind)]) for p in chosen]
    return Mesh(np.vstack([p.v for p in chosen]), np.vstack([p.n for p in chosen]), np.vstack(rgba),
                limit_weights(np.vstack([p.w for p in chosen])), np.vstack([p.f + o for p, o in zip(chosen, offsets)]))


def limit_weights(w, count=4):
    """Keep the four largest weights of each vertex, normalised."""
    order = np.argsort(-w, axis=1)[:, count:]
    w = w.copy()
    np.put_along_axis(w, order, 0, axis=1)
    w[w < .012] = 0
    return w / w.sum(axis=1, keepdims=True)


def with_normals(p):
    """Remember the dense surface's normals through decimation."""
    return replace(p, n=kit.welded_normals(p.v, p.f))
