"""Garments: suit, blouse, tie, trousers, shoes, dress, robe and wraps, all from the tight suit of the base mesh."""
from dataclasses import replace

import numpy as np

import cloth
import kit
import rig
from cloth import ramp
from kit import FIXED, GARMENT1, GARMENT2


class Wearer:
    """What every garment needs to know of one person: dense skin, tight suit, joints."""

    def __init__(self, verts, weights, skin):
        self.skin = skin
        self.tights = cloth.tights(verts, weights)
        self.rest = rig.rest_joints()
        self.crotch = self._crotch()

    def _crotch(self):
        """The lowest level at which a horizontal cut of the suit is one loop around both hips."""
        trunk = kit.cut(self.tights, np.where(cloth.arm(self.tights) > .3, -.1, .3))
        for level in np.arange(.74, .94, .01):
            cut = kit.cut(trunk, trunk.v[:, 1] - level)
            rings = [cut.v[l] for l in cloth.loops(cut)]
            if any(abs(r[:, 0].mean()) < .02 and abs(r[:, 1].mean() - level) < .01 and len(r) > 40 for r in rings):
                return level
        raise ValueError('the tight suit has no level with one loop around the hips')

    def neck_ring(self, height, angles, ease, tilt=0.0):
        """Points around the neck (0 = front), `ease` metres off the skin; `tilt` lowers the front (metres per metre)."""
        s = self.skin.v
        band = (np.abs(s[:, 1] - height) < .014) & (np.abs(s[:, 0]) < .08) & (cloth.share(self.skin, 'neck') > .3) & (cloth.share(self.skin, 'jaw') < .05)
        flat = s[band][:, [0, 2]]
        centre = np.array([0, (flat[:, 1].min() + flat[:, 1].max()) / 2])
        direction = np.stack([np.sin(angles), np.cos(angles)], 1)
        r = np.minimum(cloth.reach(cloth.hull(flat - centre), direction), .085) + ease
        x, z = r * direction[:, 0], r * direction[:, 1]
        return np.stack([x, height - tilt * z, z + centre[1]], 1)


def sleeves(p, wearer, upper, lower, cuff, to=.97):
    """Cut the arms of a garment at a share of the forearm and make them tubes of the given radii (metres)."""
    for side in 'LR':
        shoulder, elbow, wrist = (wearer.rest[n + side] for n in ('upperArm', 'lowerArm', 'hand'))
        axis = wrist - elbow
        along = ((p.v - elbow) @ axis) / (axis @ axis)
        far = p.w[:, [rig.INDEX[n + side] for n in ('lowerArm', 'hand')]].sum(1) > .3
        p = kit.cut(p, np.where(far, (to - along) * .2, .2))
        mine = p.w[:, [rig.INDEX[n + side] for n in ('upperArm', 'lowerArm', 'hand')]].sum(1)
        chosen = ramp(mine, .55, 1)
        axis = wrist - shoulder
        p = cloth.around(p, shoulder, wrist, lambda t: np.interp(t, (0, .22, .5, 1), (.048, upper, lower, cuff)), chosen, .85)
    return p


def torso(wearer, low, ease, amount, neck=None, kind=GARMENT1, name='top', rounds=6):
    """Tight suit without legs below `low`, loosened. neck: (height, slope) of the neckline plane."""
    p = replace(wearer.tights, kind=kind, name=name)
    p = kit.cut(p, np.where(cloth.arm(p) > .3, 1, p.v[:, 1] - low + .02))
    p = kit.smooth(p, rounds, .5)
    p = cloth.drape(p, low - .04, wearer.rest['upperArmL'][1] - .02, amount, ease)
    p = kit.smooth(kit.offset(p, .008), 3, .4)
    p = kit.cut(p, np.where(cloth.arm(p) > .3, 1, p.v[:, 1] - low))
    if neck is not None:
        p = kit.cut(p, neckline(p.v, wearer, neck))
    return p


def neckline(v, wearer, neck):
    """Positive below a neckline: (height, slope) of a plane, or (height, slope, half width, depth) with a rounded front."""
    z = wearer.rest['neck'][2] - v[:, 2]
    field = neck[0] + neck[1] * z - v[:, 1]
    if len(neck) > 2:
        scoop = np.hypot(v[:, 0] / neck[2], (v[:, 1] - 1.475) / neck[3]) - 1
        field = np.minimum(field, np.where(z < .01, scoop * .06, .1))
    return field


def hem_loop(p):
    """The boundary loop around the hips: the lowest of the long ones near the middle."""
    found = [l for l in cloth.loops(p) if np.abs(p.v[l][:, 0].mean()) < .03 and len(l) > 20]
    return min(found, key=lambda l: p.v[l][:, 1].mean())


def opening(v, waist, top, width, hem, cutaway):
    """|x| of the front opening of a jacket at each height: a V above `waist`, a curve below it."""
    up = np.clip((v[:, 1] - waist) / (top - waist), 0, 1.2)
    down = np.clip((waist - v[:, 1]) / (waist - hem), 0, 1)
    return .0015 + width * up ** .9 + cutaway * down ** 2.2


def jacket(wearer, look):
    """Single-breasted jacket with notch lapels, collar, buttons and a breast pocket."""
    cutting = dict(dict(waist=1.06, top=1.43, width=.066, hem=.745, cutaway=.05, ease=.010, amount=.75, flare=.012),
                   **look.get('jacket', {}))
    low = wearer.crotch + .012
    p = torso(wearer, low, cutting['ease'], cutting['amount'], (1.474, .36), GARMENT1, 'jacket')
    p = sleeves(p, wearer, .062, .055, .046)

    def flap(angle, y, start):
        t = (start[:, 1] - y) / .1
        out = np.stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)], 1)
        return np.where([[1, 0, 1]], start + out * cutting['flare'] * t[:, None], y)

    levels = np.linspace(low - .015, cutting['hem'], 4)
    p = cloth.hang(p, hem_loop(p), levels, flap, lambda q, w: cloth.skirt_weights(q, w, .45))
    surface = p
    front = p.v[:, 2] > wearer.rest['neck'][2] + .02
    gap = opening(p.v, cutting['waist'], cutting['top'], cutting['width'], cutting['hem'], cutting['cutaway'])
    p = kit.cut(p, np.where(front, np.abs(p.v[:, 0]) - gap, .1))
    body = kit.hem(p, .010, .55)
    out = [body] + lapels(surface, wearer, cutting)
    bvh = kit.tree(surface.v, surface.f)
    for y in look.get('buttons', (1.045, .945)):
        spot = cloth.lay([np.array([.006, y, 0])], surface, bvh, .002)[0]
        out.append(cloth.disc(spot, (0, 0, 1), .0085, surface, (.012, .012, .014)))
    pocket = np.array([[[.078 + .072 * u, 1.252 + .018 * r + .008 * u, 0] for u in (0, .5, 1)] for r in (0, 1)])
    rows = [cloth.lay(row, surface, bvh, .0035) for row in pocket]
    out.append(cloth.sheet(rows, surface, GARMENT1, 'pocket', (.72, .72, .72)))
    return out


def lapels(surface, wearer, cutting):
    """Notched lapels cut from the jacket's own surface and raised, and a collar that runs around the neck."""
    waist, top, width = cutting['waist'], cutting['top'], cutting['width']
    heights = np.linspace(waist, top - .005, 9)
    inner = opening(np.stack([heights * 0, heights], 1), waist, top, width, 0, 0)
    spread = cutting.get('lapel', .078)
    out = []
    for sign in (1, -1):
        edge = [(sign * x, y) for x, y in zip(inner, heights)]
        outer = [(width + .020, top - .052), (width + .030, top - .066), (width + spread * .72, top - .078),
                 (width + spread * .55, top - .125), (.42 * width + spread * .58, waist + .13), (.012, waist + .012)]
        shape = edge + [(width + .004, top - .025)] * 0 + [(sign * x, y) for x, y in outer]
        field = cloth.polygon_field(surface.v[:, :2], shape)
        p = kit.cut(surface, np.where(surface.v[:, 2] > wearer.rest['chest'][2], field, -.05))
        p = kit.hem(kit.offset(p, .0055), .006, .5)
        out.append(replace(p, name='lapel'))
    out.append(collar(surface, wearer, cutting))
    return out


def collar(surface, wearer, cutting):
    """Jacket collar: a band cut from the jacket's own surface around the neck, raised, down to the notches."""
    top, width = cutting['top'], cutting['width']
    ring = surface.v[min(cloth.loops(surface), key=lambda l: -surface.v[l][:, 1].mean())]
    away = np.full(len(surface.v), 1.0)
    near = surface.v[:, 1] > 1.32
    away[near] = np.linalg.norm(surface.v[near][:, None] - ring[None], axis=2).min(axis=1)
    notch = surface.v[:, 1] - (top - .060) + .35 * (np.abs(surface.v[:, 0]) - width)
    blend = ramp(surface.v[:, 2] - wearer.rest['neck'][2], -.01, .035)
    field = np.minimum(.034 - away, notch * blend + .05 * (1 - blend))
    gap = opening(surface.v, cutting['waist'], top, width, cutting['hem'], cutting['cutaway'])
    field = np.minimum(field, np.where(surface.v[:, 2] > wearer.rest['chest'][2] + .03, np.abs(surface.v[:, 0]) - gap, .1))
    p = kit.cut(surface, field)
    p = kit.smooth(kit.offset(p, .0075), 3, .4)
    return replace(kit.hem(p, .008, .5), name='collar')


SPREAD = .05        # how far apart the points of a shirt collar are


def shirt_collar(wearer, shirt, kind, colour, columns=23):
    """Turn-down collar of a shirt, with two points at the front; few columns also mean few rows, least of all only the stand."""
    angles = np.radians(np.linspace(4, 356, columns))
    front = np.exp(-((np.minimum(angles, 2 * np.pi - angles) / .55) ** 2))
    nape = ramp(-np.cos(angles), 0, .8)   # there the fall is short, under the collar of a jacket
    base_ring = wearer.neck_ring(1.490, angles, 0, .42)
    middle = base_ring.mean(axis=0)
    flat = (base_ring - middle) * [1, 0, 1]
    out = flat / np.linalg.norm(flat, axis=1, keepdims=True)
    bvh = kit.tree(shirt.v, shirt.f)
    rings = []
    profile = ((.006, -.042, 0), (.0045, .008, 0), (.007, .011, 0), (.012, -.004, .3), (.018, -.026, 1))
    for ease, up, point in profile if columns > 15 else profile[::2] if columns > 9 else profile[:3:2]:
        ring = base_ring + out * (ease - .005 * point * nape)[:, None]
        ring[:, 1] += up + .014 * point * nape - point * front * .030
        ring[:, 2] += point * front * .010 + .012 * (up < -.03) * front
        ring[:, 0] += np.sign(np.sin(angles)) * point * front * SPREAD * .30
        if point > 0:   # the points lie on the shirt
            ring[:, 2] = np.where(front > .08, np.maximum(ring[:, 2], cloth.lay(ring, shirt, bvh, .005)[:, 2]), ring[:, 2])
        rings.append(ring)
    v, f = kit.loft(rings, close=False)
    p = kit.part(v, f, cloth.weights_from(v, wearer.skin), kind, 'shirt collar', colour)
    rim_rows = p.v[-columns:] - [0, 1.47, wearer.rest['neck'][2]]
    if (kit.normals(p.v, p.f)[-columns:] * rim_rows).sum() < 0:
        p = replace(p, f=p.f[:, ::-1])
    return kit.hem(p, .0025, .8)


def shirt_front(wearer, kind, colour=(1, 1, 1), neck=(1.489, .38), width=.125, vee=None):
    """The part of a shirt or blouse that shows between the lapels; `vee` = (bottom, half width) of an open neck."""
    p = replace(wearer.tights, kind=kind, name='shirt')
    p = kit.cut(p, np.where(cloth.arm(p) < .2, p.v[:, 1] - .98, -.1))
    p = kit.cut(p, neck[0] + neck[1] * (wearer.rest['neck'][2] - p.v[:, 2]) - p.v[:, 1])
    p = kit.cut(p, np.minimum(width - np.abs(p.v[:, 0]), np.maximum(p.v[:, 2] - wearer.rest['neck'][2] + .03, p.v[:, 1] - 1.44)))
    if vee:
        gap = vee[1] * np.clip((p.v[:, 1] - vee[0]) / (1.46 - vee[0]), 0, 2)
        p = kit.cut(p, np.where(p.v[:, 2] > wearer.rest['neck'][2], np.abs(p.v[:, 0]) - gap + np.where(p.v[:, 1] < vee[0], .01, 0), .1))
    p = kit.smooth(cloth.drape(kit.smooth(p, 5), .95, 1.36, .8, .002), 6, .5)
    p = kit.offset(p, .004)
    return replace(p, c=np.tile(np.asarray(colour, float), (len(p.v), 1)))


STRIPE = .72        # of the dark stripes of a tie


def tie(wearer, shirt, kind=GARMENT2, coarse=False):
    """A tie with a knot, laid on the shirt, with diagonal stripes in its shading; far away with few faces and one shade."""
    bvh = kit.tree(shirt.v, shirt.f)
    top = 1.462
    across, bulge = np.array([-1, -.55, 0, .55, 1]), np.array([-.004, .002, .004, .002, -.004])
    narrow = np.array([-1, -.6, 0, .6, 1])
    pick = slice(None, None, 2) if coarse else slice(None)
    rows = []
    for t in (0, .12, .5, 1) if coarse else np.linspace(0, 1, 13):
        y = top - .03 - t * .40
        half = np.interp(t, (0, .12, 1), (.011, .017, .038))
        flat = np.array([[x * half, y, 0] for x in across[pick]])
        row = cloth.lay(flat, shirt, bvh, .004)
        row[:, 2] = row[:, 2].max() + bulge[pick]
        rows.append(row)
    p = cloth.sheet(rows, shirt, kind, 'tie')
    wave = np.sin((p.v[:, 1] * 1.0 + p.v[:, 0] * .8) * 2 * np.pi / .036)
    shade = np.full(len(p.v), (2 * STRIPE + 1) / 3) if coarse else np.where(wave > .35, 1.0, STRIPE)
    p = replace(p, c=shade[:, None] * np.ones((1, 3)), keep=np.full(len(p.v), .5))
    knot_rows = []
    levels = ((top + .004, .0165, .004), (top, .0185, .012), (top - .018, .0145, .014), (top - .034, .0105, .009), (top - .036, .008, 0))
    for y, half, deep in levels[1:4:2] if coarse else levels:
        flat = np.array([[x * half, min(y, 1.448), 0] for x in narrow[pick]])
        row = cloth.lay(flat, shirt, bvh, .003)
        row[:, 1] = y
        row[:, 2] = row[:, 2].max() + deep * np.array([.1, .8, 1, .8, .1])[pick]
        knot_rows.append(row)
    knot = cloth.sheet(knot_rows, shirt, kind, 'knot', (.9, .9, .9))
    return [p, knot]


def trousers(wearer, hip=.100, knee=.080, hem=.074, top=.93, bottom=.055, kind=GARMENT1, colour=(1, 1, 1)):
    """Straight trousers with a crease."""
    p = replace(wearer.tights, kind=kind, name='trousers')
    fly = np.where((p.v[:, 2] > 0) & (np.abs(p.v[:, 0]) < .09), .09, 0)   # higher where the jacket opens
    p = kit.cut(p, np.where(cloth.arm(p) > .3, -.1, top + fly - p.v[:, 1]))
    p = kit.cut(p, p.v[:, 1] - bottom)
    p = kit.smooth(p, 5, .5)
    for side in 'LR':
        mine = p.w[:, [rig.INDEX[n + side] for n in ('upperLeg', 'lowerLeg', 'foot')]].sum(1)
        start = wearer.rest['upperLeg' + side] * [1, 1, 1]
        end = wearer.rest['foot' + side] * [1, 0, 1] + [0, bottom, .008]
        low = ramp(wearer.crotch + .01 - p.v[:, 1], 0, .18)
        p = cloth.around(p, start, end, lambda t: np.interp(t, (0, .5, 1), (hip, knee, hem)), ramp(mine, .6, 1) * low, .9)
        axis_x = np.interp(p.v[:, 1], (end[1], start[1]), (end[0], start[0]))
        crease = np.exp(-((p.v[:, 0] - axis_x) / .012) ** 2) * low * (mine > .6)
        p = replace(p, v=p.v + np.stack([0 * crease, 0 * crease, .007 * crease * np.sign(p.v[:, 2] - .0)], 1))
    p = replace(kit.offset(p, .003), c=np.tile(np.asarray(colour, float), (len(p.v), 1)))
    return [kit.hem(p, .008, .5)]


def shoes(wearer, colour=(.022, .018, .016), sole=(.012, .011, .011), height=.098):
    """Closed shoes with a flat sole and a heel edge."""
    p = replace(wearer.tights, kind=FIXED, name='shoes')
    p = kit.cut(p, np.where(cloth.arm(p) > .3, -.1, height - p.v[:, 1] + .25 * np.clip(.02 - p.v[:, 2], -.06, 0)))
    p = kit.smooth(p, 14, .5)
    p = kit.offset(p, .010)
    v = p.v.copy()
    v[:, 2] += .018 * ramp(v[:, 2], .06, .16)
    v[:, 1] = np.where(v[:, 1] < .022, np.minimum(np.maximum(v[:, 1] - .004, 0), .010), v[:, 1])
    c = np.where((v[:, 1] < .016)[:, None], np.asarray(sole), np.asarray(colour))
    p = replace(p, v=v, c=c)
    return [kit.hem(p, .006, .4)]
