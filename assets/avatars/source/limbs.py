"""Hands, legs and shoes of the coarsest level: a few sections joined to a block. Decimation turns what is thin inside out, and takes the
knees away, on which most people sit."""
import numpy as np

import kit
import rig

PALM = ((.12, .35), (.85, .35), (.5, 1))      # corners of a section, as shares of its width and height
POST = ((.1, .1), (.9, .1), (.9, .9), (.1, .9))
ROOF = ((0, 0), (1, 0), (.5, 1))
THICK = .012          # half the length of the slice that a section is measured on, metres


def _block(p, frame, places, corners, closed=(False, True)):
    """A block around the dense part p. frame (3,3): rows are its axis, its width and its height; places: of the sections along the
    axis; closed: at its start and its end."""
    along, wide, high = (p.v @ row for row in frame)
    rings = []
    for place in places:
        slice_ = np.abs(along - place) < THICK
        span = [(q[slice_].min(), q[slice_].max()) for q in (wide, high)]
        local = [(place, span[0][0] + x * (span[0][1] - span[0][0]), span[1][0] + y * (span[1][1] - span[1][0])) for x, y in corners]
        rings.append(np.array(local) @ frame)
    v, f = kit.loft(rings)
    count, last = len(corners), (len(rings) - 1) * len(corners)
    fan = [[0, i, i + 1] for i in range(1, count - 1)]
    f = np.vstack([f, *([[c, b, a] for a, b, c in fan] if closed[0] else []), *([[last + i for i in t] for t in fan] if closed[1] else [])])
    middle = np.mean(rings, axis=(0, 1))
    if (kit.normals(v, f) * (v - middle)).sum() < 0:
        f = f[:, ::-1]
    return kit.part(v, f, kit.transfer(v, p, p.w), p.kind, p.name, kit.transfer(v, p, p.c))


def _of_side(p, mine):
    """The faces of a part that belong to one side of the body."""
    return kit.part(p.v, p.f[mine[p.f].all(axis=1)], p.w, p.kind, p.name, p.c)


def hands(p):
    """Both hands and what shows of the forearms."""
    rest, out = rig.rest_joints(), []
    for side, sign in (('L', 1), ('R', -1)):
        arm = _of_side(p, p.v[:, 0] * sign > 0)
        axis = rig.unit(rest['fingers' + side] - rest['hand' + side])
        thumb = rest['thumb' + side] - rest['hand' + side]
        wide = rig.unit(thumb - axis * (thumb @ axis))
        along = arm.v @ axis
        wrist, tip = rest['hand' + side] @ axis, along.max() - THICK
        places = [wrist + .075, tip] if wrist - along.min() < .07 else [wrist, wrist + .075, tip]
        out.append(_block(arm, np.array([axis, wide, np.cross(axis, wide)]), [along.min() + THICK / 2, *places], PALM))
    return kit.at((2,), [kit.merge(out)])


def shoes(p):
    """Both shoes."""
    out = []
    for sign in (1, -1):
        shoe = _of_side(p, p.v[:, 0] * sign > 0)
        foot = shoe.v[:, [0, 2]]
        toe, heel = foot[foot[:, 1] > foot[:, 1].max() - .03].mean(axis=0), foot[foot[:, 1] < foot[:, 1].min() + .03].mean(axis=0)
        axis = rig.unit(np.array([toe[0] - heel[0], 0, toe[1] - heel[1]]))
        along = shoe.v @ axis
        places = [along.min() + .008, along.min() + .13, along.max() - .012]
        out.append(_block(shoe, np.array([axis, np.cross((0, 1, 0), axis), (0, 1, 0)]), places, ROOF, (True, True)))
    return kit.at((2,), [kit.merge(out)])


def legs(p, heights, corners=POST):
    """Both trouser legs or both bare legs, with sections at the given heights."""
    frame, out = np.array([(0, 1, 0), (0, 0, 1), (1, 0, 0)]), []
    for sign in (1, -1):
        out.append(_block(_of_side(p, p.v[:, 0] * sign > -1e-6), frame, heights, corners, (False, False)))
    return kit.at((2,), [kit.merge(out)])
