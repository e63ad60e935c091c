"""The one skeleton that every appearance shares, and how a shaped base body is brought into its rest pose."""
from functools import lru_cache

import numpy as np

import base

SIDES = (('L', 'l', 1.0), ('R', 'r', -1.0))
HEIGHT = 1.70             # of every appearance in the file; taller and smaller people are scaled at run time
HEAD_SCALE = 1.045        # a slightly larger head reads better at a distance (head = height / 7.3)

# name, parent. The order is the joint order in the file; parents come first.
BONES = [('hips', None), ('spine', 'hips'), ('chest', 'spine'), ('neck', 'chest'), ('head', 'neck'),
         ('jaw', 'head'), ('eyelids', 'head')]
for _s in 'LR':
    BONES += [(f'shoulder{_s}', 'chest'), (f'upperArm{_s}', f'shoulder{_s}'), (f'lowerArm{_s}', f'upperArm{_s}'),
              (f'hand{_s}', f'lowerArm{_s}'), (f'fingers{_s}', f'hand{_s}'), (f'thumb{_s}', f'hand{_s}'),
              (f'upperLeg{_s}', 'hips'), (f'lowerLeg{_s}', f'upperLeg{_s}'), (f'foot{_s}', f'lowerLeg{_s}')]
NAMES = [name for name, _ in BONES]
INDEX = {name: i for i, name in enumerate(NAMES)}
PARENT = [INDEX[p] if p else -1 for _, p in BONES]

CUBES = {'hips': 'pelvis', 'spine': 'spine-3', 'chest': 'spine-1', 'neck': 'neck', 'head': 'head', 'jaw': 'jaw',
         'shoulder': '{s}-clavicle', 'upperArm': '{s}-shoulder', 'lowerArm': '{s}-elbow', 'hand': '{s}-hand',
         'fingers': '{s}-finger-3-1', 'thumb': '{s}-finger-1-2', 'upperLeg': '{s}-upper-leg',
         'lowerLeg': '{s}-knee', 'foot': '{s}-ankle', 'toe': '{s}-foot-1'}
FINE = {'pelvis': 'hips', 'Root': 'hips', 'spine_01': 'spine', 'spine_02': 'spine', 'spine_03': 'chest', 'neck_01': 'neck',
        'head': 'head', 'clavicle': 'shoulder', 'upperarm': 'upperArm', 'lowerarm': 'lowerArm', 'hand': 'hand',
        'thigh': 'upperLeg', 'calf': 'lowerLeg', 'foot': 'foot', 'ball': 'foot', 'thumb_01': 'hand',
        'thumb_02': 'thumb', 'thumb_03': 'thumb'}
FINGERS = ('index', 'middle', 'ring', 'pinky')
AVERAGE = dict(age=.6, muscle=.5, weight=.45, height=.5, proportions=.6, targets={},
               race={'caucasian': 1 / 3, 'african': 1 / 3, 'asian': 1 / 3})


def unit(v):
    return v / np.linalg.norm(v)


def joints_of(verts):
    """Joint positions of a base mesh in MakeHuman's own pose, {name: (3,)}; floor at y = 0."""
    found = {}
    for name, cube in CUBES.items():
        if '{s}' not in cube:
            found[name] = base.joint(verts, cube)
        else:
            for side, letter, _ in SIDES:
                found[name + side] = base.joint(verts, cube.format(s=letter))
    found['eyelids'] = (base.joint(verts, 'l-eye') + base.joint(verts, 'r-eye')) / 2
    return found


def _grounded(verts):
    """Scale to HEIGHT and put the soles on y = 0."""
    body = verts[:base.BODY_END]
    low, high = body[:, 1].min(), body[:, 1].max()
    verts = verts - [0, low, 0]
    return verts * HEIGHT / (high - low)


@lru_cache(maxsize=None)
def rest_joints():
    """Joint positions (25,3) of the shared rest pose plus the toes, as {name: (3,)}: A-pose, legs straight."""
    pair = [joints_of(_grounded(base.shaped(dict(AVERAGE, gender=g)))) for g in (0, 1)]
    mean = {name: (pair[0][name] + pair[1][name]) / 2 for name in pair[0]}
    rest = {n: mean[n] * [0, 1, 1] for n in ('hips', 'spine', 'chest', 'neck', 'head', 'jaw', 'eyelids')}
    shift = np.array([0, 0, rest['hips'][2]])
    for side, _, sign in SIDES:
        length = lambda a, b: (np.linalg.norm(mean[a + 'L'] - mean[b + 'L']))
        mirror = np.array([sign, 1, 1])
        put = lambda name, value: rest.__setitem__(name + side, value * mirror)
        clavicle, shoulder = mean['shoulderL'], mean['upperArmL'] + [-.013, -.006, 0]
        elbow = shoulder + length('upperArm', 'lowerArm') * unit(np.array([.60, -.80, -.02]))
        wrist = elbow + length('lowerArm', 'hand') * unit(np.array([.52, -.84, .12]))
        along = unit(wrist - elbow)
        put('shoulder', clavicle), put('upperArm', shoulder), put('lowerArm', elbow), put('hand', wrist)
        put('fingers', wrist + length('hand', 'fingers') * along)
        hip = mean['upperLegL'] * [1, 1, 0] + [-.004, 0, .004]
        ankle = np.array([.105, mean['footL'][1], -.012])
        knee = hip + (ankle - hip) * (length('upperLeg', 'lowerLeg') / np.linalg.norm(ankle - hip))
        knee[1], knee[2] = mean['lowerLegL'][1], .012
        put('upperLeg', hip), put('lowerLeg', knee), put('foot', ankle)
        put('toe', ankle + [.018, mean['toeL'][1] - ankle[1], np.linalg.norm(mean['toeL'][[0, 2]] - mean['footL'][[0, 2]])])
        rest['thumb' + side] = rest['hand' + side] + (mean['thumbL'] - mean['handL']) * mirror
    rest = {n: p - (shift if p[1] > .95 else 0) for n, p in rest.items()}
    for side, _, sign in SIDES:   # the thumb root follows the hand's change of direction
        turn = rotation_between(mean['fingersL'] - mean['handL'], (rest['fingersL'] - rest['handL']))
        thumb = rest['handL'] + turn @ (mean['thumbL'] - mean['handL'])
        rest['thumb' + side] = thumb * [sign, 1, 1]
    return rest


def rest_array():
    """Rest joint positions in joint order, (25,3)."""
    rest = rest_joints()
    return np.array([rest[name] for name in NAMES])


def rotation_between(a, b):
    """Smallest rotation matrix that turns direction a onto direction b (Rodrigues)."""
    a, b = unit(np.asarray(a, float)), unit(np.asarray(b, float))
    cross, dot = np.cross(a, b), float(a @ b)
    k = np.array([[0, -cross[2], cross[1]], [cross[2], 0, -cross[0]], [-cross[1], cross[0], 0]])
    return np.eye(3) + k + k @ k / (1 + dot)


def rotation(axis, angle):
    """Rotation matrix about an axis by radians."""
    x, y, z = unit(np.asarray(axis, float))
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)


def coarse_weights(count):
    """Skin weights (count, 25) of the base mesh on the shared bones; jaw and eyelids are still empty."""
    out = np.zeros((count, len(NAMES)))
    for bone, (index, value) in base.fine_weights().items():
        stem, side = (bone[:-2], bone[-1].upper()) if bone[-2:] in ('_l', '_r') else (bone, '')
        name = 'fingers' if stem.split('_')[0] in FINGERS else FINE[stem]
        out[index, INDEX[name + (side if name + side in INDEX else '')]] += value
    total = out.sum(axis=1, keepdims=True)
    out[total[:, 0] < 1e-6, INDEX['hips']] = 1
    return out / np.maximum(out.sum(axis=1, keepdims=True), 1e-9)


def _affines(own, rest, scale):
    """Per bone (matrix, origin, goal): p -> matrix @ (p - origin) + goal."""
    tips = {'hips': 'spine', 'spine': 'chest', 'chest': 'neck', 'neck': 'head', 'shoulder': 'upperArm',
            'upperArm': 'lowerArm', 'lowerArm': 'hand', 'hand': 'fingers', 'upperLeg': 'lowerLeg', 'lowerLeg': 'foot'}
    out = []
    for name in NAMES:
        stem, side = (name[:-1], name[-1]) if name[-1] in 'LR' else (name, '')
        tip = tips.get(stem)
        tip = tip + side if tip and tip + side in rest else tip
        if stem in ('fingers', 'thumb'):
            tip, anchor = 'fingers' + side, 'hand' + side
        else:
            anchor = name if tip else ('head' if stem in ('jaw', 'eyelids') else name)
        if stem == 'foot':
            flat = rotation_between((own['toe' + side] - own[name]) * [1, 0, 1], (rest['toe' + side] - rest[name]) * [1, 0, 1])
            matrix = flat * scale
        elif tip:
            a, b = own[tip] - own[anchor], rest[tip] - rest[anchor]
            stretch = np.linalg.norm(b) / np.linalg.norm(a)
            if stem in ('hand', 'fingers', 'thumb'):
                stretch = scale
            u = unit(a)
            grow = np.eye(3) * scale + np.outer(u, u) * (stretch - scale)
            turn = np.eye(3) if stem in ('hips', 'spine', 'chest', 'shoulder') else rotation_between(a, b)
            matrix = turn @ grow
        else:
            matrix = np.eye(3) * scale * HEAD_SCALE
        out.append((matrix, own[anchor], rest[anchor]))
    return out


def _relax_fingers(verts, own_joint, affine):
    """Curl the straight fingers of the base mesh into a relaxed hand, with the fine finger weights."""
    fine = base.fine_weights()
    for side, letter, sign in SIDES:
        matrix, origin, goal = affine[INDEX['hand' + side]]
        place = lambda n: matrix @ (own_joint(f'{letter}-finger-{n}') - origin) + goal
        across = unit(place('2-1') - place('5-1'))
        for number, finger in enumerate(FINGERS):
            for joint in (3, 2, 1):
                angle = np.radians((10 + 4 * number, 16 + 3 * number, 10)[joint - 1]) * sign
                turn = rotation(across, angle)
                pivot = place(f'{number + 2}-{joint}')
                weight = np.zeros(len(verts))
                for part in range(joint, 4):
                    index, value = fine[f'{finger}_0{part}_{letter}']
                    weight[index] += value
                moved = (verts - pivot) @ turn.T + pivot
                verts += np.minimum(weight, 1)[:, None] * (moved - verts)
    return verts


def to_rest(verts):
    """Bring shaped base vertices (all of them, helpers included) into the shared rest pose."""
    verts = _grounded(verts)
    own, rest = joints_of(verts), rest_joints()
    affine = _affines(own, rest, 1.0)
    weights = coarse_weights(len(verts))
    out = np.zeros_like(verts)
    for bone, (matrix, origin, goal) in enumerate(affine):
        out += weights[:, bone:bone + 1] * ((verts - origin) @ matrix.T + goal)
    out[base.BODY_END:] = np.where(weights[base.BODY_END:].sum(1, keepdims=True) > 0, out[base.BODY_END:], 0)
    matrix, origin, goal = affine[INDEX['head']]
    for name in ('helper-l-eye', 'helper-r-eye'):
        index = sorted({i for face in base.base_mesh()[1][name] for i in face})
        out[index] = (verts[index] - origin) @ matrix.T + goal
    out = _relax_fingers(out, lambda n: base.joint(verts, n), affine)
    body = out[:base.BODY_END]
    out[:, 1] -= body[:, 1].min()
    return out
