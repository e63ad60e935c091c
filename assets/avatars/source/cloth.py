"""Tailoring tools: cloth that starts as the tight suit of the base mesh and is loosened, cut, hung and layered."""
from dataclasses import replace

import numpy as np
from mathutils import Vector

import base
import kit
import rig


def ramp(x, low, high):
    """Smooth step from 0 at low to 1 at high."""
    t = np.clip((np.asarray(x, float) - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def refine(p):
    """Split every triangle in four, so that cuts and folds are fine; positions are smoothed once."""
    e, _ = kit.edges(p.f)
    index = {tuple(x): len(p.v) + i for i, x in enumerate(e.tolist())}
    stack = np.hstack([p.v, p.w, p.c])
    stack = np.vstack([stack, (stack[e[:, 0]] + stack[e[:, 1]]) / 2])
    f = []
    for a, b, c in p.f.tolist():
        ab, bc, ca = (index[(min(x, y), max(x, y))] for x, y in ((a, b), (b, c), (c, a)))
        f += [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
    wide = p.w.shape[1]
    q = kit.Part(stack[:, :3], np.array(f), stack[:, 3:3 + wide], stack[:, 3 + wide:], p.kind, p.name)
    return kit.smooth(q, 1, .35)


def tights(verts, weights):
    """The refined tight suit, from the neck to the toes, without hands."""
    faces = kit.triangles(base.base_mesh()[1]['helper-tights'])
    return refine(kit.part(verts, faces, weights, kit.FIXED, 'tights'))


def share(p, *bones):
    """Sum of the skin weights of some bones, sides included, per vertex."""
    names = [n for b in bones for n in (b, b + 'L', b + 'R') if n in rig.INDEX]
    return p.w[:, [rig.INDEX[n] for n in names]].sum(axis=1)


def arm(p):
    return share(p, 'upperArm', 'lowerArm', 'hand', 'fingers', 'thumb')


def leg(p):
    return share(p, 'upperLeg', 'lowerLeg', 'foot')


def hull(points):
    """Convex hull (k,2) of 2-D points, anticlockwise (Andrew's monotone chain)."""
    points = sorted(map(tuple, points))
    def chain(sequence):
        out = []
        for p in sequence:
            while len(out) > 1 and ((out[-1][0] - out[-2][0]) * (p[1] - out[-2][1])
                                    - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0])) <= 0:
                out.pop()
            out.append(p)
        return out[:-1]
    return np.array(chain(points) + chain(points[::-1]))


def reach(outline, direction):
    """Distance from the origin to a convex outline along unit 2-D directions (n,2)."""
    a, b = outline, np.roll(outline, -1, axis=0)
    edge = b - a
    normal = np.stack([edge[:, 1], -edge[:, 0]], 1)
    along = np.einsum('ij,ij->i', a, normal)
    facing = direction @ normal.T
    return np.where(facing > 1e-9, along / np.maximum(facing, 1e-9), np.inf).min(axis=1)


def drape(p, low, high, amount, ease):
    """Loosen the torso between two heights: pull it towards the convex outline of each level, plus `ease` metres."""
    torso = (arm(p) < .35) & (p.v[:, 1] > low) & (p.v[:, 1] < high)
    v = p.v.copy()
    for level in np.arange(low, high, .012):
        band = torso & (np.abs(p.v[:, 1] - level) < .014)
        rows = torso & (p.v[:, 1] >= level) & (p.v[:, 1] < level + .012)
        if band.sum() < 8 or not rows.any():
            continue
        flat = p.v[band][:, [0, 2]]
        centre = np.array([0, (flat[:, 1].min() + flat[:, 1].max()) / 2])
        outline = hull(flat - centre)
        away = p.v[rows][:, [0, 2]] - centre
        radius = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
        direction = away / radius[:, None]
        goal = radius + amount * (reach(outline, direction) - radius) + ease
        fade = ramp(high - p.v[rows][:, 1], 0, .10) * (1 - ramp(arm(p)[rows], .05, .35))
        moved = radius + fade * (goal - radius)
        v[np.ix_(rows, [0, 2])] = direction * moved[:, None] + centre
    return replace(p, v=v)


def around(p, start, end, profile, chosen, amount=1.0):
    """Reshape a sleeve or trouser leg towards a round tube. profile(t) -> radius, t along start..end."""
    axis = end - start
    t = ((p.v - start) @ axis) / (axis @ axis)
    foot = start + np.clip(t, -.2, 1.2)[:, None] * axis
    away = p.v - foot
    radius = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
    goal = np.maximum(radius + .004, profile(np.clip(t, 0, 1)))
    weight = chosen * amount
    moved = radius + weight * (goal - radius)
    return replace(p, v=foot + away * (moved / radius)[:, None])


def loops(p):
    """Boundary loops as arrays of vertex numbers in order, longest first."""
    following = {a: b for a, b in kit.boundary_edges(p.f).tolist()}
    out = []
    while following:
        first = next(iter(following))
        loop, at = [first], following.pop(first)
        while at != first and at in following:
            loop.append(at)
            at = following.pop(at)
        out.append(np.array(loop))
    return sorted(out, key=len, reverse=True)


def hang(p, loop, levels, shape, weigh):
    """Weld rings below a boundary loop. levels: heights; shape(angle, y, start (n,3)) -> (n,3);
    weigh(points, start weights) -> weights. Angle 0 is the front (+Z), positive towards +X."""
    start, count = p.v[loop], len(loop)
    angle = np.arctan2(start[:, 0], start[:, 2] - start[:, 2].mean())
    v, w, c, f, above = [p.v], [p.w], [p.c], [p.f], loop
    base_index = len(p.v)
    for number, y in enumerate(levels):
        points = shape(angle, y, start)
        v.append(points), w.append(weigh(points, p.w[loop])), c.append(p.c[loop])
        here = base_index + number * count + np.arange(count)
        a, b = above, np.roll(above, -1)
        f.append(np.vstack([np.stack([b, a, here], 1), np.stack([b, here, np.roll(here, -1)], 1)]))
        above = here
    return replace(p, v=np.vstack(v), w=np.vstack(w), c=np.vstack(c), f=np.vstack(f), keep=None)


def skirt_weights(points, start, stiff=0.0):
    """Weights for hanging cloth: between both legs by side, thigh to shin by height."""
    rest = rig.rest_joints()
    hip, knee = rest['upperLegL'][1], rest['lowerLegL'][1]
    side = ramp(points[:, 0], -.15, .15)
    down = ramp(hip + .02 - points[:, 1], -.05, .12) * (1 - stiff)
    shin = ramp(knee + .015 - points[:, 1], -.07, .07)
    w = start * (1 - down)[:, None]
    for letter, part in (('L', side), ('R', 1 - side)):
        w[:, rig.INDEX['upperLeg' + letter]] += down * part * (1 - shin)
        w[:, rig.INDEX['lowerLeg' + letter]] += down * part * shin
    return w / w.sum(axis=1, keepdims=True)


def polygon_field(points, polygon):
    """Signed distance (positive inside) of 2-D points (n,2) to a closed polygon."""
    poly = np.asarray(polygon, float)
    best = np.full(len(points), np.inf)
    inside = np.zeros(len(points), bool)
    for a, b in zip(poly, np.roll(poly, -1, axis=0)):
        d = b - a
        t = np.clip(((points - a) @ d) / (d @ d), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - t[:, None] * d, axis=1))
        crosses = (a[1] > points[:, 1]) != (b[1] > points[:, 1])
        x = a[0] + (points[:, 1] - a[1]) * d[0] / (d[1] if d[1] else 1e-12)
        inside ^= crosses & (points[:, 0] < x)
    return np.where(inside, best, -best)


def lay(points, surface, bvh, lift):
    """Drop points (n,3) onto a surface along -Z and raise them by `lift` along its normal."""
    out = []
    for q in points:
        hit, normal, _, _ = bvh.ray_cast(Vector((q[0], q[1], 1.0)), Vector((0, 0, -1)))
        out.append(np.array(hit) + np.array(normal) * lift if hit else q)
    return np.array(out)


def weights_from(points, source):
    """Skin weights of the nearest surface points."""
    return kit.transfer(points, source, source.w)


def sheet(rows, source, kind, name, colour=(1, 1, 1)):
    """A grid of points (k,n,3) as cloth with the weights of the surface under it, facing +Z."""
    v, f = kit.loft(rows, close=False)
    if kit.normals(v, f)[:, 2].mean() < 0:
        f = f[:, ::-1]
    return kit.part(v, f, weights_from(v, source), kind, name, colour)


def disc(centre, normal, radius, source, colour, thickness=.003):
    """A button: a low dome of 10 triangles."""
    turn = rig.rotation_between((0, 0, 1), normal)
    angle = np.arange(8) * np.pi / 4
    ring = np.stack([np.cos(angle) * radius, np.sin(angle) * radius, np.zeros(8)], 1)
    v = np.vstack([ring, ring * .8 + [0, 0, thickness], [[0, 0, thickness * .6]]]) @ turn.T + centre
    f = []
    for i in range(8):
        j = (i + 1) % 8
        f += [[i, j, 8 + j], [i, 8 + j, 8 + i], [8 + i, 8 + j, 16]]
    p = kit.part(v, f, weights_from(v, source), kit.FIXED, 'button', colour)
    return p
