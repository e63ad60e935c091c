"""Skin with a painted face, eyes, lashes and brows, from a shaped base body in the shared rest pose."""
from dataclasses import replace
from functools import lru_cache

import numpy as np
from mathutils import Vector

import base
import kit
import rig
from kit import FIXED, HAIR, SKIN

LID_ANGLE = np.radians(34)
JAW_ANGLE = np.radians(12)
LOCKED = 1.04      # a `keep` that decimation never touches: the lips must close over the cavity of the mouth


def region(count, path):
    """0..1 mask of the vertices that a shape target moves (for both sides where the path holds '{s}')."""
    mask = np.zeros(count)
    for side in ('l', 'r') if '{s}' in path else ('',):
        index, move = base.target(path.format(s=side))
        size = np.linalg.norm(move, axis=1)
        mask[index] = np.maximum(mask[index], size / size.max())
    return mask


def _fit(count, paths, pivot, verts, angle):
    """Weight per vertex of a rotation about X at `pivot` that best reproduces the shape targets."""
    move = np.zeros((count, 3))
    for path in paths:
        index, offset = base.target(path)
        move[index] += offset
    turn = (verts - pivot) @ (rig.rotation((1, 0, 0), angle) - np.eye(3)).T
    return np.clip((move * turn).sum(1) / np.maximum((turn * turn).sum(1), 1e-7), 0, 1)


def skin_weights(verts):
    """Weights (n,25) with the jaw and the upper eyelids split off from the head."""
    n = len(verts)
    w = rig.coarse_weights(n)
    rest = rig.rest_joints()
    head = w[:, rig.INDEX['head']].copy()
    stem = 'expression/units/caucasian/'
    jaw = _fit(n, [stem + 'mouth-open'], rest['jaw'], verts, JAW_ANGLE)
    jaw = np.where(jaw < .06, 0, jaw) * (verts[:, 2] > rest['jaw'][2] - .06)
    lids = _fit(n, [stem + 'eye-left-closure', stem + 'eye-right-closure'], rest['eyelids'], verts, LID_ANGLE)
    lids = np.where((verts[:, 1] < rest['eyelids'][1] - .004) | (lids < .05), 0, lids)
    for name, share in (('jaw', jaw), ('eyelids', lids)):
        w[:, rig.INDEX[name]] = head * share
    w[:, rig.INDEX['head']] = head * np.clip(1 - jaw - lids, 0, 1)
    return w / w.sum(axis=1, keepdims=True)


def eye_centres(verts):
    """[(centre (3,), radius)] for the left and right eyeball."""
    out = []
    for low, high in base.EYES:
        ball = verts[low:high]
        centre = (ball.min(0) + ball.max(0)) / 2
        out.append((centre, (ball[:, 0].max() - ball[:, 0].min()) / 2))
    return out


def _ramp(x, low, high):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def paint(verts, look):
    """Neutral skin colour (n,3) to be multiplied by the skin tint: cheeks, nose, ears, stubble, lips, lids."""
    return paint_features(verts, look, paint_skin(verts, look))


def paint_skin(verts, look):
    """The soft part of `paint`, which coarse levels can show too."""
    n = len(verts)
    colour = np.ones((n, 3))
    blend = lambda mask, rgb: _blend(colour, mask, rgb)
    eyes = eye_centres(verts)
    cheek = region(n, 'cheek/{s}-cheek-volume-incr')
    blend(.5 * cheek, (1.0, .86, .84))
    nose = region(n, 'nose/nose-point-width-incr')
    blend(.25 * nose, (1.0, .88, .86))
    blend(.35 * region(n, 'ears/{s}-ear-scale-incr'), (1.0, .88, .85))
    if look.get('stubble'):
        chin = _ramp(eyes[0][0][1] - .052 - verts[:, 1], 0, .02) * (verts[:, 2] > rig.rest_joints()['head'][2] + .02)
        blend(look['stubble'] * chin * (verts[:, 1] > 1.455), (.72, .74, .78))
    if look.get('turban'):
        blend(cropped(verts), (.20, .19, .19))
    return colour


def cropped(verts):
    """1 where short hair grows at nape and temples, for heads whose hair a turban hides."""
    (eye, _), (other, _) = eye_centres(verts)
    middle = (eye + other) / 2
    angle = np.degrees(np.abs(np.arctan2(verts[:, 0], verts[:, 2] - middle[2] + .09)))
    line = np.interp(angle, (0, 60, 76, 90, 104, 125, 150, 180), (.2, .2, .012, .012, .012, -.022, -.052, -.058))
    return _ramp(verts[:, 1] - middle[1] - line, -.004, .010) * (1 - region(len(verts), 'ears/{s}-ear-scale-incr')) * (verts[:, 1] > rig.rest_joints()['neck'][1])


def _blend(colour, mask, rgb):
    """Multiply colours (n,3) in place by rgb where mask (n,) is 1."""
    colour[:] = colour * (1 - mask[:, None]) + np.asarray(rgb) * mask[:, None] * colour


def paint_features(verts, look, colour):
    """Lips and lids, whose edges only a fine mesh can show."""
    n = len(verts)
    blend = lambda mask, rgb: _blend(colour, mask, rgb)
    lips = np.maximum(region(n, 'mouth/mouth-upperlip-volume-incr'), region(n, 'mouth/mouth-lowerlip-volume-incr'))
    blend(_ramp(lips, .18, .5), look['lips'])
    for centre, radius in eye_centres(verts):
        distance = np.linalg.norm(verts - centre, axis=1) - radius
        blend((1 - _ramp(distance, .0005, .0032)) * .75, look['lid'])
        above = (verts[:, 1] > centre[1]) * (1 - _ramp(distance, .002, .009)) * (np.abs(verts[:, 0] - centre[0]) < .024)
        blend(above * look.get('shadow', .25), look.get('shadow_tint', (.86, .74, .70)))
    return colour


@lru_cache(maxsize=None)
def mouth_inside():
    """1 for the vertices of the mouth cavity: those that no ray from in front can reach, less the inner side of the lips.
    Found once on an average face, since the mesh is the same for all."""
    verts = rig.to_rest(base.shaped(dict(rig.AVERAGE, gender=.5)))
    groups = base.base_mesh()[1]
    teeth = sorted({i for g in ('helper-upper-teeth', 'helper-lower-teeth') for f in groups[g] for i in f})
    box, middle = verts[teeth], verts[teeth].mean(axis=0)
    near = (np.abs(verts[:, 0]) < .034) & (np.abs(verts[:, 1] - middle[1]) < .03) & (verts[:, 2] > box[:, 2].min() - .06)
    faces = kit.triangles(groups['body'])
    bvh = kit.tree(verts[:base.BODY_END], faces)
    mask = np.zeros(len(verts))
    for i in np.flatnonzero(near[:base.BODY_END]):
        seen = False
        for aim in ((0, 0, 1), (.5, 0, .86), (-.5, 0, .86), (0, .4, .9), (0, -.5, .86), (.7, -.4, .6), (-.7, -.4, .6)):
            aim = Vector(aim).normalized()
            seen |= bvh.ray_cast(Vector(verts[i]) + aim * .0006, aim, .06)[0] is None
        mask[i] = not seen
    for _ in range(2):
        mask[np.unique(faces[mask[faces].min(axis=1) == 0])] = 0
    return mask


def face_keep(verts, inside):
    """How much decimation spares each vertex: lids and lips most."""
    n = len(verts)
    lips = np.maximum(region(n, 'mouth/mouth-upperlip-volume-incr'), region(n, 'mouth/mouth-lowerlip-volume-incr'))
    near = lip_distance(verts, lips)
    keep = np.maximum(.62 * (1 - _ramp(near, .003, .016)), .72 * region(n, 'ears/{s}-ear-scale-incr'))
    for path in ('nose/nose-scale-vert-incr', 'nose/nose-flaring-incr'):
        keep = np.maximum(keep, .42 * region(n, path))
    for centre, radius in eye_centres(verts):
        d = np.linalg.norm(verts - centre, axis=1) - radius
        keep = np.maximum(keep, .85 * (1 - _ramp(d, .003, .016)))
    rest = rig.rest_joints()
    face = (verts[:, 2] > rest['head'][2] + .02) & (verts[:, 1] > rest['head'][1] - .06)
    keep = np.maximum(keep, np.where(face, .30, np.where(verts[:, 1] > rest['neck'][1], .14, 0)))
    seam = inside_rings(inside, 4) & (near < .02)   # the inner lips, down to the cavity
    return np.where((near < .0012) | seam, LOCKED, keep)


def inside_rings(inside, rings):
    """The cavity's vertices and those within a number of edges of it."""
    faces = kit.triangles(base.base_mesh()[1]['body'])
    mask = inside > 0
    for _ in range(rings):
        mask = mask.copy()
        mask[np.unique(faces[mask[faces].any(axis=1)])] = True
    return mask


def lip_distance(verts, lips):
    """Distance of each vertex to the red of the lips, metres."""
    red = verts[lips > .3][::3]
    out = np.full(len(verts), 1.0)
    close = np.linalg.norm(verts - red.mean(axis=0), axis=1) < .06
    out[close] = np.linalg.norm(verts[close][:, None] - red[None], axis=2).min(axis=1)
    return out


def body_part(verts, look, inside):
    """The whole naked skin as one dense part, painted, without the cavity of the mouth."""
    faces = kit.triangles(base.base_mesh()[1]['body'])
    outside = inside[faces].sum(axis=1) < 3
    return kit.part(verts, faces[outside], skin_weights(verts), SKIN, 'skin', paint(verts, look), face_keep(verts, inside))


def mouth(verts, inside):
    """The dark cavity of the mouth and the upper front teeth."""
    faces = kit.triangles(base.base_mesh()[1]['body'])
    cavity = faces[inside[faces].sum(axis=1) == 3]
    p = kit.decimate(kit.offset(kit.part(verts, cavity, skin_weights(verts), FIXED, 'mouth', (.045, .012, .012)), -.0008), 110)
    rows = kit.triangles(base.base_mesh()[1]['helper-upper-teeth'])
    row = kit.part(verts - [0, 0, .008], rows, rigid(len(verts), 'head'), FIXED, 'teeth', (.72, .68, .62))
    return replace(kit.merge([p, kit.decimate(row, 44)]), keep=None)


def _ring_eye(centre, radius, look, segments):
    """One eyeball: a dome of rings with hard edges between pupil, iris and white, and a catchlight."""
    iris, pupil = look.get('iris_size', .0064), .0029
    steps = [0, pupil / radius, pupil / radius, .75 * iris / radius, iris / radius, iris / radius, .78, 1.25]
    black, edge, white = np.array((.012, .010, .010)), np.array(look['iris']) * .42, np.array((.80, .78, .755))
    colours = [black, black, np.array(look['iris']) * .8, np.array(look['iris']) * 1.25, edge, white * .93, white, white * .80]
    rings, paintwork = [], []
    for step, colour in zip(steps, colours):
        angle = np.arange(segments) * 2 * np.pi / segments + .01
        bulge = radius * (1 + .05 * np.exp(-(step / .42) ** 2))
        ring = np.stack([np.sin(step) * np.cos(angle), np.sin(step) * np.sin(angle), np.full(segments, np.cos(step))], 1)
        rings.append(centre + ring * bulge)
        top = np.clip(np.sin(angle), 0, 1)[:, None] * np.sin(min(step, 1.2))
        low = np.clip(-np.sin(angle), 0, 1)[:, None] if .2 < step < .5 else 0
        paintwork.append(colour * (1 - .38 * top) * (1 + .45 * low))
    v, f = kit.loft(rings)
    c = np.vstack(paintwork)
    area = np.linalg.norm(np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]]), axis=1)
    f = f[area > 1e-10]
    glint = centre + np.array([.0019, .0023, 0]) + [0, 0, radius * 1.052]
    angle = np.arange(6) * np.pi / 3
    spot = glint + np.stack([np.cos(angle), np.sin(angle), -np.abs(np.sin(angle)) * .15], 1) * [.0009, .0010, .0010]
    start = len(v)
    v = np.vstack([v, spot])
    f = np.vstack([f, [[start, start + i, start + i + 1] for i in range(1, 5)]])
    return v, f, np.vstack([c, np.full((6, 3), 1.0)])


def rigid(count, bone):
    w = np.zeros((count, len(rig.NAMES)))
    w[:, rig.INDEX[bone]] = 1
    return w


def eyes(verts, look):
    """Both eyeballs of the finest LOD."""
    pair = []
    for centre, radius in eye_centres(verts):
        v, f, c = _ring_eye(centre, radius * .985, look, 14)
        pair.append(kit.part(v, f, rigid(len(v), 'head'), FIXED, 'eyes', c))
    return kit.merge(pair)


def lashes(verts, look):
    """Lash strips of the upper lids, which follow the lids."""
    groups = base.base_mesh()[1]
    out = []
    w = skin_weights(verts)
    lid, head = rig.INDEX['eyelids'], rig.INDEX['head']
    w = w.copy()
    for letter, (centre, radius) in zip('lr', eye_centres(verts)):
        for number in (1, 2):
            faces = kit.triangles(groups[f'helper-{letter}-eyelashes-{number}'])
            faces = faces[verts[faces][:, :, 1].mean(axis=1) > centre[1]]
            if not len(faces):
                continue
            index = np.unique(faces)
            v = verts.copy()
            base_v = centre + (v[index] - centre) * (radius * 1.06 / np.linalg.norm(v[index] - centre, axis=1))[:, None]
            v[index] = base_v + (v[index] - base_v) * look.get('lash', .45)
            w[index] = 0
            w[index, lid], w[index, head] = .85, .15
            out.append(kit.part(v, faces, w, FIXED, 'lashes', (.016, .012, .011)))
    p = kit.merge(out)
    return kit.decimate(p, 110)


def brow_rows(centre, look, steps):
    """Rows of [(x, y)] across a brow from the nose outwards, (steps, 4, 2) in front view; look['brow'] shapes it."""
    shape = dict(dict(rise=.0185, arch=.0035, thick=.0042, inner=.013, outer=.0265, drop=.005), **look.get('brow', {}))
    t = np.linspace(0, 1, steps)[:, None]
    x = -shape['inner'] + t * (shape['inner'] + shape['outer'])
    y = shape['rise'] + shape['arch'] * np.sin(np.pi * np.minimum(1, t * .85 + .05)) - shape['drop'] * np.maximum(0, t - .6) ** 1.3 * 2.6
    half = shape['thick'] * (.65 + .35 * np.minimum(1, t * 4)) * (1 - .86 * np.maximum(0, t - .35) / .65)
    across = np.array([[-1, -.45, .45, 1]])
    return np.stack([centre[0] + np.sign(centre[0]) * x + 0 * across, centre[1] + y + across * half], axis=2)


def brows(verts, skin, look):
    """Brow strips of slightly raised geometry, laid on the face by rays from the front."""
    bvh = kit.tree(skin.v, skin.f)
    out = []
    for centre, _ in eye_centres(verts):
        rows = []
        for flat in brow_rows(centre, look, 9):
            row = []
            for (x, y), lift in zip(flat, (-.0006, .0016, .0018, -.0004)):
                hit, normal, _, _ = bvh.ray_cast(Vector((x, y, .5)), Vector((0, 0, -1)))
                row.append(np.array(hit) + np.array(normal) * lift if hit else np.array([x, y, centre[2]]))
            rows.append(row)
        v, f = kit.loft(rows, close=False)
        f = f if centre[0] < 0 else f[:, ::-1]
        shade = np.tile([.82, 1, 1.0, .9], 9)[:, None] * np.ones((1, 3))
        out.append(kit.part(v, f, rigid(len(v), 'head'), HAIR, 'brows', shade))
    p = kit.merge(out)
    flip = kit.normals(p.v, p.f)[:, 2].mean() < 0
    return replace(p, f=p.f[:, ::-1] if flip else p.f)
