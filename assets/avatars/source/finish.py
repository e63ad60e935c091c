"""From dense parts to the three LOD meshes of an appearance: budgets, normals, soft ambient occlusion, one mesh."""
from dataclasses import dataclass, replace

import numpy as np
from mathutils import Vector

import kit

LIMITS = (7000, 1800, 350)
# Triangles wanted per part and LOD, scaled to fill the limit.
BUDGET = {'head': (2500, 800, 100), 'hands': (680, 120, 32), 'shins': (360, 110, 30), 'mouth': (130, 24, 0),
          'eyes': (400, 200, 12), 'lashes': (100, 0, 0), 'brows': (96, 32, 0), 'glasses': (560, 120, 0), 'beard': (320, 90, 20),
          'hair': (1100, 230, 48), 'bun': (252, 60, 16), 'scarf': (1400, 380, 74), 'turban': (1100, 240, 50),
          'jacket': (1000, 270, 76), 'lapel': (110, 40, 0), 'collar': (190, 40, 0), 'shirt': (230, 60, 12),
          'shirt collar': (280, 48, 0), 'button': (24, 0, 0), 'pocket': (4, 0, 0), 'tie': (96, 30, 8), 'knot': (32, 10, 0),
          'trousers': (420, 130, 56), 'shoes': (260, 70, 30), 'dress': (1600, 400, 110), 'robe': (2200, 520, 130),
          'trim': (220, 60, 0), 'shawl': (800, 240, 40), 'panel': (260, 60, 14)}
WHOLE = ('shirt collar', 'brows', 'glasses', 'lashes', 'button', 'tie', 'knot', 'mouth')   # never decimated where the budget allows it
THIN = ('brows', 'lashes', 'glasses', 'eyes')                              # cast no occlusion
RAYS = 40
REACH = 0.22
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


def _fit(parts, lod):
    """Decimate each part to its share of the LOD's triangles; parts made for one LOD stay as they are."""
    parts = [p for p in parts if p.only in (None, lod)]
    goals = [min(len(p.f), BUDGET[p.name][lod]) for p in parts]
    fixed = [p.only is not None or p.name in WHOLE and goal == len(p.f) for p, goal in zip(parts, goals)]
    rigid = sum(len(p.f) if p.only is not None else goal for p, goal, keep in zip(parts, goals, fixed) if keep)
    free = sum(goal for goal, keep in zip(goals, fixed) if not keep)
    scale = (LIMITS[lod] - 14 - rigid) / free
    out = []
    for p, goal, keep in zip(parts, goals, fixed):
        goal = len(p.f) if keep else int(min(len(p.f), goal * scale))
        if goal >= 2:
            spare = None if p.keep is None or lod == 2 else p.keep if lod == 0 else np.minimum(p.keep, .86)
            if lod > 0 and p.name == 'shirt':   # coarse jackets must not let it through
                p = kit.offset(p, -.006)
            out.append(kit.decimate(replace(p, keep=spare), goal))
    return out


def lods(parts):
    """The three LOD meshes of an appearance."""
    faces = {}
    return [lod(parts, number, faces) for number in range(3)]


def lod(parts, number, faces_seen):
    """Build one LOD mesh from dense parts. faces_seen passes the openness of the fine head on to the coarse ones,
    whose own occlusion would blacken lips and eyes."""
    chosen = _fit(parts, number)
    vs = np.vstack([p.v for p in chosen])
    offsets = np.cumsum([0] + [len(p.v) for p in chosen])
    faces = np.vstack([p.f + o for p, o in zip(chosen, offsets)])
    solid = np.concatenate([np.full(len(p.f), p.name not in THIN) for p in chosen])
    bvh = kit.tree(vs, faces[solid])
    normal, rgba = [], []
    for p in chosen:
        fine = p.n is not None and number == 0   # coarse faces shade best by their own shape
        n = p.n if fine else kit.welded_normals(p.v, p.f)
        size = np.linalg.norm(n, axis=1, keepdims=True)
        n = np.where(size > 1e-6, n / np.maximum(size, 1e-9), (0, 0, 1.0))
        if p.name == 'head' and number > 0:
            open_ = np.maximum(kit.transfer(p.v, *faces_seen['head'])[:, 0], .78)
        else:
            open_ = occlusion(p.v, n, bvh)
        if p.name == 'head' and number == 0:
            faces_seen['head'] = p, open_[:, None]
        strength = DEPTH.get(p.name, .85)
        shade = 1 - strength * (1 - np.clip(open_ * 1.08, 0, 1))
        warm = np.stack([shade ** .82, shade, shade ** 1.05], 1) if p.kind == kit.SKIN else shade[:, None] * np.ones((1, 3))
        rgba.append(np.hstack([np.clip(p.c * warm, 0, 1), np.full((len(p.v), 1), p.kind)]))
        normal.append(n)
    return Mesh(vs, np.vstack(normal), np.vstack(rgba), limit_weights(np.vstack([p.w for p in chosen])), faces)


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
