"""Headscarf, turban, beard and glasses."""
from dataclasses import replace

import numpy as np
from mathutils import Vector

import cloth
import hair
import head
import kit
import rig
from cloth import ramp
from clothes import torso
from kit import FIXED, HAIR


# Upper edge of a beard: height above the eyes (metres) by angle from the front (degrees).
FRAME = .12         # width of a rim of glasses at a distance, as a share of the lens
UPPER_EDGE = ((0, 10, 22, 34, 48, 62, 76, 90), (-.044, -.046, -.056, -.062, -.056, -.038, -.018, .004))


def face_oval(v, scalp):
    """1 on the edge of a scarf's face opening, less inside; large behind the ears."""
    flat = np.hypot(v[:, 0] / .0655, (v[:, 1] - scalp.eye[1] + .020) / .0905)
    return np.where(v[:, 2] > scalp.centre[2] + .005, flat, 2.0)


def headscarf(scalp, skin, wearer):
    """A draped headscarf: a shell around head and neck with an oval face opening, spread over the shoulders."""
    eye, centre = scalp.eye, scalp.centre
    oval = face_oval(skin.v, scalp) - 1
    p = kit.cut(skin, np.where(cloth.arm(skin) > .02, -.1, oval * .07))
    p = kit.cut(p, p.v[:, 1] - 1.452)
    p = replace(p, kind=HAIR, name='scarf', c=np.ones_like(p.c), keep=None)
    outline = face_oval(p.v, scalp)
    near = (p.v[:, 2] > centre[2] + .01) * (1 - ramp(outline, 1.0, 1.25))
    p = kit.smooth(p, 34, .55, pin=.85 * near)
    p = kit.offset(p, .007 + .010 * (1 - near) + .010 * ramp(p.v[:, 1], eye[1], eye[1] + .08)
                   + .020 * ramp(eye[1] - .095 - p.v[:, 1], 0, .05) * (1 - near))
    p = kit.smooth(p, 6, .5, pin=.6 * near)
    around = np.arctan2(p.v[:, 0], p.v[:, 2] - centre[2])
    fold = np.sin(around * 5 + p.v[:, 1] * 60) * ramp(eye[1] - p.v[:, 1], .03, .12)
    p = kit.offset(replace(p, c=(1 - .10 * np.clip(-fold, 0, 1))[:, None] * np.ones((1, 3))), .0035 * fold)
    return [kit.merge([kit.hem(p, .006, .55), kit.hem(cape(wearer), .006, .55)])]


def under_scarf(p):
    """A garment without what a headscarf hides around the neck."""
    neck = rig.rest_joints()['neck']
    away = np.hypot(p.v[:, 0], p.v[:, 2] - neck[2]) - .100
    return kit.cut(p, np.maximum(away, 1.355 - p.v[:, 1]))


def cape(wearer):
    """The lower part of a headscarf: it lies on the coat, down to the chest in front and the shoulder blades behind."""
    p = torso(wearer, wearer.crotch + .06, .008, .9, (1.476, .34), HAIR, 'scarf', 9)
    x, y = np.abs(p.v[:, 0]), p.v[:, 1]
    front = ramp(p.v[:, 2], wearer.rest['neck'][2] - .02, wearer.rest['neck'][2] + .03)
    edge = (1.262 + 3.6 * x ** 2) * front + (1.325 + 1.2 * x ** 2) * (1 - front)
    p = kit.cut(p, np.minimum(np.minimum(y - edge, .150 - x), .6 - cloth.arm(p)))
    p = kit.smooth(p, 6, .5)
    side = np.arctan2(p.v[:, 0], p.v[:, 2] - wearer.rest['neck'][2])
    low = ramp(1.45 - p.v[:, 1], 0, .12)
    fold = np.cos(side * 9 + .8 * np.sin(side * 3)) * low
    return replace(kit.offset(p, .014 + .0035 * fold), c=(1 - .10 * np.clip(-fold, 0, 1))[:, None] * np.ones((1, 3)), keep=None)


def turban(scalp, skin, look):
    """A wrapped turban: crossing bands that rise to the front over a dome."""
    eye, centre = scalp.eye, scalp.centre
    fine = bands(eye, centre, 36, np.linspace(0, 2 * np.pi, 9), 8, 28)
    far = bands(eye, centre, 14, np.radians((-70, 10, 115)), 3, 10)
    return kit.at((0,), [fine]) + kit.at((1,), [far]) + kit.at((2,), [turban_shell(fine, np.array([0, eye[1] + .080, centre[2]]), 20, 8)])


def bands(eye, centre, columns, section, dome_rows, dome_columns):
    """The bands of a turban, each a tube or, for an open `section` (angles around it, 0 = outermost), its outer side; and the dome."""
    out, count = [], len(section)
    angle = np.arange(columns) * 2 * np.pi / columns
    for number, size in enumerate((1.0, 1.015, .99, .92, .80)):
        sign = 1 if number % 2 else -1
        height = eye[1] + .062 + .0125 * number
        rings = []
        for turn in section:
            high, deep = .0265 * np.sin(turn), .015 * np.cos(turn)
            rx, rz = (.083 + deep) * size, (.103 + deep) * size
            x, z = np.sin(angle) * rx, np.cos(angle) * rz
            fold = .0012 * np.sin(4 * turn + 3 * angle)
            y = height + high + sign * .30 * x + .20 * z - .012 * (np.cos(angle) < 0) * np.cos(angle) + fold
            rings.append(np.stack([x, y, z + centre[2]], 1))
        v, f = kit.loft(rings)
        around = np.tile(angle, count)
        inside = np.stack([np.sin(around) * .083 * size, v[:, 1] * 0 + height, np.cos(around) * .103 * size + centre[2]], 1)
        if ((v - inside) * kit.normals(v, f)).sum() < 0:
            f = f[:, ::-1]
        shade = 1 - .22 * (np.sin(np.repeat(section, columns)) < -.2) - .05 * np.cos(7 * around + number)
        out.append(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'turban', shade[:, None] * np.ones((1, 3))))
    angle = np.arange(dome_columns) * 2 * np.pi / dome_columns
    rings = []
    more = .030 / dome_rows ** 1.5   # what few rows cut off
    for t in np.linspace(.25, 1.52, dome_rows):
        rings.append(np.stack([np.sin(angle) * (.080 + more) * np.sin(t), np.full(dome_columns, eye[1] + .085 + (.056 + more) * np.cos(t)) + .10 * np.cos(angle) * .09,
                               np.cos(angle) * (.100 + more) * np.sin(t) + centre[2]], 1))
    v, f = kit.loft(rings[::-1], caps=(False, True))
    if (kit.normals(v, f)[:, 1]).sum() < 0:
        f = f[:, ::-1]
    out.append(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'turban'))
    return replace(kit.merge(out), keep=None)


def turban_shell(fine, centre, columns, rows):
    """The outside of a turban as one surface, for afar."""
    bvh = kit.tree(fine.v, fine.f)
    away = fine.v - centre
    azimuth, flat = np.arctan2(away[:, 0], away[:, 2]), np.hypot(away[:, 0], away[:, 2])
    height = np.arctan2(away[:, 1], flat)
    rings = []
    for t in np.linspace(0, 1, rows):
        ring = []
        for a in np.arange(columns) * 2 * np.pi / columns:
            near = np.abs((azimuth - a + np.pi) % (2 * np.pi) - np.pi) < .14
            low = height[near & (flat > .085)].min() + .04
            up = low + t * (np.radians(86) - low)
            aim = np.array([np.sin(a) * np.cos(up), np.sin(up), np.cos(a) * np.cos(up)])
            ring.append(np.array(bvh.ray_cast(Vector(centre + .4 * aim), Vector(-aim))[0] or centre + .1 * aim))
        rings.append(ring)
    v, f = kit.loft(rings, caps=(False, True))
    if (kit.normals(v, f) * (v - centre)).sum() < 0:
        f = f[:, ::-1]
    return kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'turban', (.85, .85, .85))


def beard(scalp, skin, verts, look, sealed=False):
    """A trimmed beard and moustache as a shell over the jaw; it moves with the jaw. Sealed: without a gap for the lips, which coarse
    levels lay on it."""
    style = look['beard']
    eye = scalp.eye
    angle = scalp.angle(skin.v)
    upper = np.interp(angle, *UPPER_EDGE)
    field = upper - (skin.v[:, 1] - eye[1])
    neck = skin.v[:, 1] - (eye[1] - .112 - .0005 * np.clip(40 - angle, 0, 40)) + np.interp(angle, (50, 90), (0, .02))
    side = (87 - angle) * .002
    n = len(verts)
    lips = np.maximum(head.region(n, 'mouth/mouth-upperlip-volume-incr'), head.region(n, 'mouth/mouth-lowerlip-volume-incr'))
    source = kit.Part(verts, hair.skin_faces(), np.zeros((n, 1)), np.ones((n, 3)))
    gap = .02 if sealed else (.42 - kit.transfer(skin.v, source, lips[:, None])[:, 0]) * .02
    keep = np.minimum.reduce([field, neck, side, gap + 0 * side, .02 - .04 * (scalp.ears_of(skin) > .25)])
    p = kit.cut(skin, keep)
    p = kit.smooth(replace(p, kind=HAIR, name='beard', keep=None), 4, .5)
    angle = scalp.angle(p.v)
    upper = np.interp(angle, *UPPER_EDGE)
    edge = ramp(np.minimum(upper - (p.v[:, 1] - eye[1]), (87 - angle) * .002), 0, .012)
    full = style.get('length', .006)
    chin = ramp(eye[1] - .085 - p.v[:, 1], 0, .03)
    p = kit.offset(p, .0012 + edge * (full * .55 + full * chin))
    rng = np.random.default_rng(3)
    grain = np.sin(p.v @ (rng.normal(size=(12, 3)).T * 160)).mean(axis=1)
    p = replace(p, c=(.92 + .3 * grain)[:, None] * np.ones((1, 3)))
    return [kit.hem(p, .002, .8)]


def glasses(verts, skin, scalp, look):
    """Thin frames: two rounded rims, a bridge and temples to the ears."""
    colour = look['glasses'].get('colour', (.02, .018, .018))
    wide, high, thick = look['glasses'].get('wide', .0235), look['glasses'].get('high', .0185), .0013
    out, flat, plane = [], [], max(c[0][2] + c[1] for c in scalp.eyes) + .0135
    for centre, _ in scalp.eyes:
        sign = np.sign(centre[0])
        angle = np.arange(24) * 2 * np.pi / 24
        c, s = np.cos(angle), np.sin(angle)
        squared = lambda u: np.sign(u) * np.abs(u) ** .72
        path = np.stack([centre[0] + squared(c) * wide + sign * .0005, centre[1] - .003 + squared(s) * high, plane - .10 * (squared(c) * wide * sign) * .9 + 0 * c], 1)
        out.append(tube(np.vstack([path, path[:1]]), thick))
        few, middle = path[::2], path.mean(axis=0)
        flat.append(ribbon(np.vstack([few, few[:1]]), (np.vstack([few, few[:1]]) - middle) * FRAME))
        outer = path[np.argmax(path[:, 0] * sign)] + [0, .006, 0]
        ear = np.array([sign * (np.abs(skin.v[np.abs(skin.v[:, 1] - centre[1]) < .01][:, 0]).max() - .009), centre[1] + .006, scalp.centre[2] + .008])
        temple = np.array([outer, outer + [sign * .004, 0, -.006], [ear[0], outer[1], scalp.centre[2] + .045], ear])
        out.append(tube(temple, thick))
        flat.append(ribbon(temple[[0, 1, 3]], [0, .0032, 0]))
    a = scalp.eyes[0][0]
    gap = abs(a[0]) - wide
    bridge = np.array([[gap * u, a[1] + .001 + .004 * (1 - u * u), plane + .004 * (1 - u * u)] for u in np.linspace(-1, 1, 7)])
    out.append(tube(bridge, thick))
    flat.append(ribbon(bridge[::3], [0, .0034, 0]))
    whole = lambda pieces: [replace(kit.merge([kit.part(v, f, head.rigid(len(v), 'head'), FIXED, 'glasses', colour) for v, f in pieces]), keep=None)]
    return kit.at((0,), whole(out)) + kit.at((1,), whole(flat))


def earrings(skin, scalp, colour):
    """Small round studs under the lobes."""
    lobes = (scalp.ears > .25) & (skin.v[:, 1] < scalp.eye[1] - .020)
    out, coarse = [], []
    for sign in (1, -1):
        lobe = skin.v[lobes & (skin.v[:, 0] * sign > 0)]
        low = lobe[np.argmin(lobe[:, 1])]
        centre = np.array([np.abs(lobe[lobe[:, 1] < low[1] + .008][:, 0]).max() * sign, low[1] + .002, low[2] + .004])
        for pieces, sides, levels in ((out, 7, 4), (coarse, 4, 2)):
            angle = np.arange(sides) * 2 * np.pi / sides
            rings = [centre + .0052 * np.stack([np.sin(t) * np.cos(angle), np.full(sides, -np.cos(t)) * 1.25, np.sin(t) * np.sin(angle)], 1)
                     for t in np.linspace(.3, np.pi - .3, levels)]
            v, f = kit.loft(rings, caps=(levels > 2, levels > 2))
            if (kit.normals(v, f) * (v - centre)).sum() < 0:
                f = f[:, ::-1]
            pieces.append(kit.part(v, f, head.rigid(len(v), 'head'), FIXED, 'earrings', colour))
    whole = lambda pieces: [replace(kit.merge(pieces), keep=None)]
    return kit.at((0,), whole(out)) + kit.at((1,), whole(coarse))


def ribbon(path, across):
    """A flat band along a polyline (n,3); across: its width (3,) or (n,3)."""
    return kit.loft([path - np.asarray(across) / 2, path + np.asarray(across) / 2], close=False)


def tube(path, radius, sides=5):
    """A thin tube along a polyline (n,3)."""
    rings = []
    for i, q in enumerate(path):
        along = rig.unit(path[min(i + 1, len(path) - 1)] - path[max(i - 1, 0)])
        side = np.cross(along, (0, 1, 0) if abs(along[1]) < .9 else (0, 0, 1))
        side = rig.unit(side)
        up = np.cross(side, along)
        angle = np.arange(sides) * 2 * np.pi / sides
        rings.append(q + radius * (np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * up))
    v, f = kit.loft(rings)
    if (kit.normals(v, f) * (v - np.repeat(path, sides, axis=0))).sum() < 0:
        f = f[:, ::-1]
    return v, f
