"""Hair and head cloths as shells over the scalp of the base head."""
from dataclasses import replace

import numpy as np

import head
import kit
import rig
from cloth import ramp
from kit import FIXED, HAIR

# Height of the hairline above the eyes (metres) by angle from the front (degrees): forehead, temple, sideburn, ear, nape.
LINE_MAN = ((0, 34, 48, 60, 72, 84, 92, 104, 125, 150, 180), (.070, .070, .058, .034, .004, -.020, .004, .010, -.022, -.060, -.066))
LINE_WOMAN = ((0, 34, 50, 62, 74, 84, 94, 106, 125, 150, 180), (.070, .068, .054, .034, .012, -.004, .006, .006, -.030, -.070, -.078))


class Scalp:
    """Head geometry for hair: eye level, centre, angles."""

    def __init__(self, verts, skin):
        self.eyes = head.eye_centres(verts)
        self.eye = (self.eyes[0][0] + self.eyes[1][0]) / 2
        top = skin.v[:, 1].max()
        near = skin.v[np.abs(skin.v[:, 1] - self.eye[1] - .04) < .03]
        self.centre = np.array([0, self.eye[1] + .02, (near[:, 2].min() + near[:, 2].max()) / 2])
        self.top = top
        ears = head.region(len(verts), 'ears/{s}-ear-scale-incr')
        self.skin = skin
        self.ears = kit.transfer(skin.v, kit.Part(verts, skin_faces(), np.zeros((len(verts), 1)), np.ones((len(verts), 3))),
                                 ears[:, None])[:, 0] if len(verts) else None

    def angle(self, v):
        """Degrees from the front, 0..180."""
        return np.degrees(np.abs(np.arctan2(v[:, 0], v[:, 2] - self.centre[2])))

    def line(self, v, table, shift=0.0):
        """Height above the hairline in metres (negative below)."""
        return v[:, 1] - self.eye[1] - shift - np.interp(self.angle(v), *table)


def skin_faces():
    import base
    return kit.triangles(base.base_mesh()[1]['body'])


def bald_under(scalp, skin, table, margin=.012, shift=0.0):
    """The skin without what the hair hides."""
    field = margin - scalp.line(skin.v, table, shift)
    return kit.cut(skin, np.where((scalp.ears > .12) | (skin.v[:, 1] < scalp.eye[1] - .09), .02, field))


def strands(v, scalp, seed, strength=.16, twist=0.0):
    """Light and dark streaks that run from the crown, (n,3)."""
    rng = np.random.default_rng(seed)
    angle = np.arctan2(v[:, 0], v[:, 2] - scalp.centre[2]) + twist * (v[:, 1] - scalp.eye[1])
    wave = sum(np.sin(angle * k + rng.uniform(0, 7)) / (1 + .04 * k) for k in (9, 17, 26, 41))
    return (1 + strength * wave / 2)[:, None] * np.ones((1, 3))


def cap(scalp, skin, table, thickness, shift=0.0, seed=1, rounds=4):
    """A shell of hair above the hairline. thickness(v) -> metres."""
    field = scalp.line(skin.v, table, shift)
    p = kit.cut(skin, np.where((scalp.ears > .30) | (skin.v[:, 1] < scalp.eye[1] - .12), -.02, field))
    p = replace(p, kind=HAIR, name='hair', c=np.ones_like(p.c), keep=None)
    p = kit.smooth(p, rounds, .5)
    edge = np.clip(scalp.line(p.v, table, shift) / .022, 0, 1) ** .6
    n = kit.welded_normals(p.v, p.f)
    v = p.v + n * (.002 + edge * thickness(p.v))[:, None]
    p = kit.smooth(replace(p, v=v), 3, .4)
    p = replace(p, c=strands(p.v, scalp, seed))
    return replace(kit.rim(p, .004, .6), lods=(1, .3, .13))


def short(scalp, skin, look):
    """Short hair with more volume on top and a side parting."""
    style = look['hair']
    def thickness(v):
        up = ramp(v[:, 1] - scalp.eye[1], .02, .10)
        front = ramp(v[:, 2] - scalp.centre[2], -.02, .08)
        part = np.exp(-((v[:, 0] - .034) / .006) ** 2) * up
        side = 1 + .25 * np.sign(.034 - v[:, 0]) * up
        return style.get('sides', .005) + (style.get('top', .018) * up * side * (1 + .5 * front)) * (1 - .6 * part)
    return [cap(scalp, skin, LINE_MAN, thickness, style.get('shift', 0), style.get('seed', 1))]


def afro(scalp, skin, look):
    """Round natural hair with a fine texture."""
    style = look['hair']
    rng = np.random.default_rng(5)
    waves = rng.normal(size=(24, 3)) * 110
    phase = rng.uniform(0, 7, 24)
    def thickness(v):
        bumps = np.sin(v @ waves.T + phase).mean(axis=1)
        up = ramp(v[:, 1] - scalp.eye[1], -.07, .06)
        return style.get('volume', .045) * (.35 + .65 * up) + .006 * bumps
    p = cap(scalp, skin, LINE_WOMAN, thickness, style.get('shift', 0))
    speckle = np.sin(p.v @ waves.T * 2.1 + phase).mean(axis=1)
    return [replace(p, c=p.c * 0 + (1 + .5 * speckle)[:, None])]


def bun(scalp, skin, look):
    """Hair combed back into a bun."""
    style = look['hair']
    back = [cap(scalp, skin, LINE_WOMAN, lambda v: .008 + .012 * ramp(v[:, 1] - scalp.eye[1], .03, .10), 0, 3)]
    centre = np.array([0, scalp.eye[1] + style.get('height', .045), scalp.centre[2] - style.get('back', .118)])
    back.append(ball(centre, (.046, .044, .040), scalp, 8))
    return back


def ball(centre, radii, scalp, seed):
    """A wound ball of hair."""
    rings = []
    for t in np.linspace(.12, np.pi - .12, 9):
        a = np.arange(14) * 2 * np.pi / 14
        swirl = 1 + .06 * np.cos(3 * a + 4 * t)
        rings.append(centre + np.stack([np.sin(t) * np.cos(a) * swirl, np.sin(t) * np.sin(a) * swirl, np.full(14, -np.cos(t))], 1) * radii)
    v, f = kit.loft(rings, caps=(True, True))
    if ((v - centre) * kit.normals(v, f)).sum() < 0:
        f = f[:, ::-1]
    a = np.arctan2(v[:, 1] - centre[1], v[:, 0])
    c = (1 + .15 * np.sin(3 * a + 60 * v[:, 2]))[:, None] * np.ones((1, 3))
    return replace(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'bun', c), lods=(1, .4, .2))


def long(scalp, skin, look):
    """A cap with a curtain that falls from the temples round the back to the shoulders."""
    style = look['hair']
    table = LINE_WOMAN
    def thickness(v):
        up = ramp(v[:, 1] - scalp.eye[1], -.02, .09)
        part = np.exp(-((v[:, 0] - style.get('parting', .022)) / .006) ** 2) * ramp(v[:, 1] - scalp.eye[1], .05, .08)
        return (.012 + .014 * up) * (1 - .65 * part)
    top = cap(scalp, skin, table, thickness, 0, 4)
    angles = np.radians(np.linspace(style.get('from', 62), 360 - style.get('from', 62), 27))
    length = style.get('length', .26)
    rings = []
    for t in np.linspace(0, 1, 11):
        y = scalp.eye[1] + .055 - t * (length + .055)
        side = np.abs(np.sin(angles))
        front = ramp(np.cos(angles), -.2, .5)
        rx = np.interp(t, (0, .25, .55, .8, 1), (.078, .093, .090, .092, .076)) + .004 * np.sin(11 * angles + 2 * t)
        rz = np.interp(t, (0, .25, .55, .8, 1), (.098, .106, .092, .092, .080)) + .004 * np.sin(13 * angles)
        x, z = np.sin(angles) * rx, np.cos(angles) * rz * np.where(np.cos(angles) > 0, .62 + .25 * t, 1)
        drop = .022 * front * t * (1 - .4 * side)
        rings.append(np.stack([x, np.full_like(x, y) - drop + .012 * (1 - front) * t, z + scalp.centre[2] - .004 * t], 1))
    v, f = kit.loft(rings, close=False)
    out = (v - [0, 0, scalp.centre[2]]) * [1, 0, 1]
    if (kit.normals(v, f) * out).sum() < 0:
        f = f[:, ::-1]
    w = curtain_weights(v)
    p = kit.part(v, f, w, HAIR, 'curtain', strands(v, scalp, 6, .2, 1.5))
    return [top, replace(kit.rim(p, .012, .6), lods=(1, .35, .15))]


def curtain_weights(v):
    """Head above, partly chest where hair or cloth rests on the shoulders."""
    rest = rig.rest_joints()
    w = head.rigid(len(v), 'head')
    down = ramp(rest['head'][1] - v[:, 1], .02, .14) * .7
    for bone, part in (('head', 1 - down), ('neck', down * .5), ('chest', down * .5)):
        w[:, rig.INDEX[bone]] = part
    return w


STYLES = {'short': short, 'afro': afro, 'bun': bun, 'long': long}
