"""Headscarf, turban, beard and glasses."""
from dataclasses import replace

import numpy as np

import cloth
import hair
import head
import kit
import rig
from cloth import ramp
from clothes import torso
from kit import FIXED, HAIR


# Upper edge of a beard: height above the eyes (metres) by angle from the front (degrees).
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
    return [kit.merge([kit.rim(p, .006, .55), kit.rim(cape(wearer), .006, .55)])]


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
    out = []
    for number, size in enumerate((1.0, 1.015, .99, .92, .80)):
        sign = 1 if number % 2 else -1
        height = eye[1] + .062 + .0125 * number
        angle = np.arange(36) * 2 * np.pi / 36
        rings = []
        for section in np.linspace(0, 2 * np.pi, 9)[:-1]:
            high, deep = .0265 * np.sin(section), .015 * np.cos(section)
            rx, rz = (.083 + deep) * size, (.103 + deep) * size
            x, z = np.sin(angle) * rx, np.cos(angle) * rz
            fold = .0012 * np.sin(4 * section + 3 * angle)
            y = height + high + sign * .30 * x + .20 * z - .012 * (np.cos(angle) < 0) * np.cos(angle) + fold
            rings.append(np.stack([x, y, z + centre[2]], 1))
        v, f = kit.loft(rings + rings[:1])
        inside = np.stack([np.sin(np.tile(angle, 9)) * .083 * size, v[:, 1] * 0 + height, np.cos(np.tile(angle, 9)) * .103 * size + centre[2]], 1)
        if ((v - inside) * kit.normals(v, f)).sum() < 0:
            f = f[:, ::-1]
        section = np.repeat(np.linspace(0, 2 * np.pi, 9), 36)
        shade = 1 - .22 * (np.sin(section) < -.2) - .05 * np.cos(7 * np.tile(angle, 9) + number)
        out.append(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'turban', shade[:, None] * np.ones((1, 3))))
    rings = []
    for t in np.linspace(.25, 1.52, 8):
        angle = np.arange(28) * 2 * np.pi / 28
        rings.append(np.stack([np.sin(angle) * .080 * np.sin(t), np.full(28, eye[1] + .085 + .056 * np.cos(t)) + .10 * np.cos(angle) * .09,
                               np.cos(angle) * .100 * np.sin(t) + centre[2]], 1))
    v, f = kit.loft(rings[::-1], caps=(False, True))
    if (kit.normals(v, f)[:, 1]).sum() < 0:
        f = f[:, ::-1]
    out.append(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'turban'))
    return [replace(kit.merge(out), keep=None)]


def beard(scalp, skin, verts, look):
    """A trimmed beard and moustache as a shell over the jaw; it moves with the jaw."""
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
    lip = kit.transfer(skin.v, source, lips[:, None])[:, 0]
    keep = np.minimum.reduce([field, neck, side, (.42 - lip) * .02, .02 - .04 * (scalp.ears > .25)])
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
    return [kit.rim(p, .002, .8)]


def glasses(verts, skin, scalp, look):
    """Thin frames: two rounded rims, a bridge and temples to the ears."""
    colour = look['glasses'].get('colour', (.02, .018, .018))
    wide, high, thick = look['glasses'].get('wide', .0235), look['glasses'].get('high', .0185), .0013
    out, plane = [], max(c[0][2] + c[1] for c in scalp.eyes) + .0135
    for centre, _ in scalp.eyes:
        sign = np.sign(centre[0])
        angle = np.arange(24) * 2 * np.pi / 24
        c, s = np.cos(angle), np.sin(angle)
        squared = lambda u: np.sign(u) * np.abs(u) ** .72
        path = np.stack([centre[0] + squared(c) * wide + sign * .0005, centre[1] - .003 + squared(s) * high, plane - .10 * (squared(c) * wide * sign) * .9 + 0 * c], 1)
        out.append(tube(np.vstack([path, path[:1]]), thick))
        outer = path[np.argmax(path[:, 0] * sign)] + [0, .006, 0]
        ear = np.array([sign * (np.abs(skin.v[np.abs(skin.v[:, 1] - centre[1]) < .01][:, 0]).max() - .009), centre[1] + .006, scalp.centre[2] + .008])
        out.append(tube(np.array([outer, outer + [sign * .004, 0, -.006], [ear[0], outer[1], scalp.centre[2] + .045], ear]), thick))
    a = scalp.eyes[0][0]
    gap = abs(a[0]) - wide
    bridge = np.array([[gap * u, a[1] + .001 + .004 * (1 - u * u), plane + .004 * (1 - u * u)] for u in np.linspace(-1, 1, 7)])
    out.append(tube(bridge, thick))
    p = kit.merge([kit.part(v, f, head.rigid(len(v), 'head'), FIXED, 'glasses', colour) for v, f in out])
    return [replace(p, keep=None)]


def earrings(skin, scalp, colour):
    """Small round studs under the lobes."""
    lobes = (scalp.ears > .25) & (skin.v[:, 1] < scalp.eye[1] - .020)
    out = []
    for sign in (1, -1):
        lobe = skin.v[lobes & (skin.v[:, 0] * sign > 0)]
        low = lobe[np.argmin(lobe[:, 1])]
        centre = np.array([np.abs(lobe[lobe[:, 1] < low[1] + .008][:, 0]).max() * sign, low[1] + .002, low[2] + .004])
        rings = [centre + .0052 * np.stack([np.sin(t) * np.cos(a), np.full(7, -np.cos(t)) * 1.25, np.sin(t) * np.sin(a)], 1)
                 for t in np.linspace(.3, np.pi - .3, 4) for a in [np.arange(7) * 2 * np.pi / 7]]
        v, f = kit.loft(rings, caps=(True, True))
        if (kit.normals(v, f) * (v - centre)).sum() < 0:
            f = f[:, ::-1]
        out.append(kit.part(v, f, head.rigid(len(v), 'head'), FIXED, 'glasses', colour))
    return [replace(kit.merge(out), keep=None)]


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
