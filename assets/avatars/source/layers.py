"""What one layer of an appearance hides of the layers under it: drops it, and lowers the margin that stays under an edge.

Without this a coarse level shows skin through cloth: both are decimated on their own, by more than the few millimetres between them,
and bones move them apart a little."""
from dataclasses import replace

import numpy as np
from mathutils import Vector
from mathutils.kdtree import KDTree

import kit

# Which part lies over which; the same number means side by side. Parts that are not named hide nothing and are not hidden.
LAYER = {'head': 0, 'chest': 0, 'hands': 0, 'shins': 0, 'shoes': 1, 'shirt': 2, 'trousers': 2, 'dress': 2, 'robe': 2, 'blouse': 3, 'tie': 3, 'shirt collar': 3,
         'knot': 4, 'jacket': 4, 'lapel': 5, 'collar': 6, 'shawl': 5, 'trim': 6, 'panel': 6, 'scarf': 7, 'turban': 7}
CLOSE = {'beard': .35, 'hair': .25, 'scarf': .3, 'turban': .3}    # lie directly on the head: coarse levels lower it under them by this share of the usual depth
FOLDED = ('shirt collar',)      # sheets that show both faces: a normal does not say where their outside is
MARGIN = {'trousers': .09, 'dress': .05, 'robe': .05, 'head': .030}   # how far a hidden part still reaches under an edge, metres
USUAL_MARGIN = .030
REACH = .10        # cloth further off than this hides nothing, metres
BEHIND = .014      # a part may stick out of its cover by this much and still counts as covered, metres
SAMPLES = np.array([(a / 5, b / 5, (5 - a - b) / 5) for a in range(6) for b in range(6 - a)])   # places on a triangle
TILTS = ((0, 0), (.7, 0), (-.7, 0), (0, .7), (0, -.7))


def _tree(parts):
    """One tree of several parts, or None."""
    if not parts:
        return None
    offsets = np.cumsum([0] + [len(p.v) for p in parts])
    return kit.tree(np.vstack([p.v for p in parts]), np.vstack([p.f + o for p, o in zip(parts, offsets)]))


def heights(p, bvh):
    """Distance (n,) along the normal from each vertex to the cover over it; negative where it sticks out, NaN where there is none."""
    n, out = kit.welded_normals(p.v, p.f), np.full(len(p.v), np.nan)
    for i, (place, normal) in enumerate(zip(p.v, n)):
        hit = bvh.ray_cast(Vector(place - normal * BEHIND), Vector(normal), REACH + BEHIND)[3]
        if hit is not None:
            out[i] = hit - BEHIND
    return out


def _seen(p, bvh, covered):
    """Of the covered vertices, those that one can look at past the edge of the cover (n,) bool."""
    n, out = kit.welded_normals(p.v, p.f), ~covered
    for i in np.flatnonzero(covered):
        z = n[i]
        x = np.cross((0, 1, 0) if abs(z[1]) < .9 else (1, 0, 0), z)
        x /= np.linalg.norm(x)
        y, start = np.cross(z, x), Vector(p.v[i] - z * BEHIND)
        out[i] = any(bvh.ray_cast(start, Vector(z + a * x + b * y).normalized(), REACH + BEHIND)[3] is None for a, b in TILTS)
    return out


def _away(v, chosen):
    """Distance (n,) of each vertex to the nearest chosen one; large if there is none."""
    if not chosen.any():
        return np.full(len(v), 9.0)
    near = KDTree(int(chosen.sum()))
    for k, i in enumerate(np.flatnonzero(chosen)):
        near.insert(Vector(v[i]), k)
    near.balance()
    return np.array([near.find(Vector(q))[2] for q in v])


def _over(p, parts):
    """The parts that lie over p and share a LOD with it."""
    own = LAYER.get(p.name)
    return [q for q in parts if own is not None and p.name not in FOLDED and LAYER.get(q.name, -1) > own and set(q.only) & set(p.only)]


def drop_hidden(parts):
    """The parts without the faces that nobody can see in any level or pose."""
    out = []
    for p in parts:
        bvh = _tree(_over(p, parts))
        if bvh is not None:
            seen = _seen(p, bvh, ~np.isnan(heights(p, bvh)))
            kept = _away(p.v, seen) < MARGIN.get(p.name, USUAL_MARGIN)
            p = _faces(p, kept[p.f].any(axis=1))
        out.append(p)
    return [p for p in out if len(p.f)]


def _faces(p, chosen):
    """The part with only the chosen faces."""
    used, inverse = np.unique(p.f[chosen], return_inverse=True)
    pick = lambda a: None if a is None else a[used]
    return replace(p, v=p.v[used], f=inverse.reshape(-1, 3), w=p.w[used], c=p.c[used], keep=pick(p.keep), n=pick(p.n))


def sink(p, over, depth, soft):
    """Lower p under the finished parts over it: by nothing at their edge, `soft` metres further in to `depth` metres below them."""
    p = _lowered(p, _tree([q for q in _over(p, over) if p.name != 'head' or q.name not in CLOSE]), depth, soft)
    if p.name == 'head' and 0 not in p.only:
        for name, share in CLOSE.items():
            p = _lowered(p, _tree([q for q in over if q.name == name]), depth * share, soft / 2)
    return p


def _lowered(p, bvh, depth, soft):
    if bvh is None:
        return p
    height = heights(p, bvh)
    covered = ~np.isnan(height)
    if not covered.any():
        return p
    goal = depth * np.clip(_away(p.v, ~covered) / soft, 0, 1)
    down = np.where(covered, np.maximum(goal - np.nan_to_num(height), 0), 0)
    return replace(p, v=p.v - kit.welded_normals(p.v, p.f) * down[:, None])


def settle(p, over, gap, rounds=4):
    """Lower the corners of a decimated part's triangles until none sticks out of the finished parts over it."""
    covers = _over(p, over)
    if p.name == 'head':   # a scarf's opening is cut close around the face
        covers = [q for q in covers if q.name != 'scarf'] + [q for q in over if q.name in ('hair', 'beard')]
    bvh = _tree(covers)
    if bvh is None:
        return p
    for _ in range(rounds):
        n, down = kit.welded_normals(p.v, p.f), np.zeros(len(p.v))
        for tri in p.f:
            for weight in SAMPLES:
                normal = Vector(weight @ n[tri]).normalized()
                hit = bvh.ray_cast(Vector(weight @ p.v[tri]) - normal * BEHIND, normal, BEHIND + gap)[3]
                if hit is not None:
                    down[tri] = np.maximum(down[tri], (BEHIND + gap - hit) * (weight > .1))
        if not down.any():
            break
        p = replace(p, v=p.v - n * down[:, None])
    return p
