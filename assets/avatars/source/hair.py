"""Hair and head cloths as shells over the scalp of the base head."""
from dataclasses import replace

import numpy as np
from mathutils import Vector

import head
import kit
import rig
from cloth import ramp
from kit import HAIR

# Height of the hairline above the eyes (metres) by angle from the front (degrees): forehead, temple, sideburn, ear, nape.
LINE_MAN = ((0, 16, 30, 42, 52, 62, 72, 82, 92, 104, 125, 150, 180),
            (.068, .071, .077, .071, .053, .030, .006, -.022, .006, .012, -.022, -.058, -.064))
LINE_WOMAN = ((0, 16, 30, 42, 54, 66, 76, 84, 94, 106, 125, 150, 180),
              (.067, .069, .072, .066, .048, .026, .008, -.008, .006, .006, -.030, -.068, -.074))


class Scalp:
    """Head geometry for hair: eye level, centre, angles."""

    def __init__(self, verts, skin):
        self.eyes = head.eye_centres(verts)
        self.eye = (self.eyes[0][0] + self.eyes[1][0]) / 2
        top = skin.v[:, 1].max()
        near = skin.v[np.abs(skin.v[:, 1] - self.eye[1] - .04) < .03]
        self.centre = np.array([0, self.eye[1] + .02, (near[:, 2].min() + near[:, 2].max()) / 2])
        self.top = top
        self.verts, self.skin = verts, skin
        self.ears = self.ears_of(skin)

    def ears_of(self, p):
        """0..1 per vertex of a part of the skin: how much it belongs to an ear."""
        ears = head.region(len(self.verts), 'ears/{s}-ear-scale-incr')
        whole = kit.Part(self.verts, skin_faces(), np.zeros((len(self.verts), 1)), np.ones((len(self.verts), 3)))
        return kit.transfer(p.v, whole, ears[:, None])[:, 0]

    def angle(self, v):
        """Degrees from the front, 0..180."""
        return np.degrees(np.abs(np.arctan2(v[:, 0], v[:, 2] - self.centre[2])))

    def line(self, v, table, shift=0.0):
        """Height above the hairline in metres (negative below)."""
        return v[:, 1] - self.eye[1] - shift - np.interp(self.angle(v), *table)


def skin_faces():
    import base
    return kit.triangles(base.base_mesh()[1]['body'])


def bald_under(scalp, skin, table, margin=.012, shift=0.0, ears=True):
    """The skin without what the hair hides (and without ears where it covers them)."""
    field, on_ear = margin - scalp.line(skin.v, table, shift), scalp.ears_of(skin)
    if not ears:
        return kit.cut(skin, np.minimum(np.where(skin.v[:, 1] < scalp.eye[1] - .09, .02, field), .10 - on_ear))
    return kit.cut(skin, np.where((on_ear > .12) | (skin.v[:, 1] < scalp.eye[1] - .09), .02, field))


class Grid:
    """Rows of points on the scalp from a pole out to the hairline: point, outward direction, share of the way."""

    def __init__(self, scalp, table, pole, columns=40, rows=9, shift=0.0, open_down=None):
        self.scalp, self.columns, self.rows = scalp, columns, rows
        self.pole = rig.unit(np.asarray(pole, float))
        side = rig.unit(np.cross((1, 0, 0), self.pole))
        other = np.cross(self.pole, side)
        self.angles = np.arange(columns) * 2 * np.pi / columns
        bvh = kit.tree(scalp.skin.v, scalp.skin.f)
        self.hits = np.zeros((rows, columns, 3))
        for j, angle in enumerate(self.angles):
            flat = np.cos(angle) * side + np.sin(angle) * other
            self.hits[:, j] = self._column(bvh, flat, table, shift, open_down)
        self.share = np.linspace(0, 1, rows)[:, None] * np.ones((1, columns))

    def _at(self, bvh, flat, degrees):
        aim = np.cos(np.radians(degrees)) * self.pole + np.sin(np.radians(degrees)) * flat
        hit = bvh.ray_cast(Vector(self.scalp.centre), Vector(aim))[0]
        return np.array(hit) if hit is not None else self.scalp.centre + aim * .1

    def _column(self, bvh, flat, table, shift, open_down):
        def above(degrees):
            p = self._at(bvh, flat, degrees)
            level = self.scalp.line(p[None], table, shift)[0]
            if open_down is not None and self.scalp.angle(p[None])[0] > open_down:
                level = p[1] - self.scalp.eye[1] - .012
            return level
        low, high = 4.0, 4.0
        while high < 176 and above(high) > 0:
            low, high = high, high + 5
        for _ in range(7):
            middle = (low + high) / 2
            low, high = (middle, high) if above(middle) > 0 else (low, middle)
        return [self._at(bvh, flat, d) for d in np.linspace(3, low, self.rows)]

    def outward(self):
        """Outward directions (rows, columns, 3), from a centre a little inside the head."""
        d = self.hits - self.scalp.centre
        return d / np.linalg.norm(d, axis=2, keepdims=True)

    def locks(self, seed, strength=.16):
        """Light and dark columns (rows, columns), wavering a little on the way."""
        rng = np.random.default_rng(seed)
        t = np.linspace(0, 1, self.rows)[:, None]
        tone = sum(np.sin(self.angles[None] * k + rng.uniform(0, 7) + rng.uniform(-1.2, 1.2) * t) for k in (5, 9, 13, 19))
        return 1 + strength * tone / 2

    def shell(self, thickness, seed=1, strength=.16, ridge=.0012):
        """Hair as a shell: thickness(points (n,3), share (n,)) -> metres. Ends tuck into the skin at the hairline."""
        flat, share = self.hits.reshape(-1, 3), self.share.ravel()
        tone = self.locks(seed, 1).ravel() - 1
        lift = thickness(flat, share) + ridge * tone * np.clip(4 * (1 - share), 0, 1)
        lift[share > .999] = .0034
        points = (flat + self.outward().reshape(-1, 3) * lift[:, None]).reshape(self.hits.shape)
        tuck = self.hits[-1] - self.outward()[-1] * .003
        rings = np.concatenate([points, tuck[None]])
        colour = np.concatenate([self.locks(seed, strength), self.locks(seed, strength)[-1:] * .7])
        return self.mesh(rings, colour)

    def mesh(self, rings, tone, name='hair'):
        v, f = kit.loft(rings, caps=(True, False))
        if (kit.normals(v, f) * (v - self.scalp.centre)).sum() < 0:
            f = f[:, ::-1]
        c = np.append(tone.ravel(), 1.0)[:, None] * np.ones((1, 3))
        c = np.clip(c / 1.25, .3, 1)
        return kit.weld(kit.part(v, f, head.rigid(len(v), 'head'), HAIR, name, c))


def short(scalp, skin, look):
    """Short hair: close at the sides, more volume on top, brushed up at the front, with a side parting."""
    style = look['hair']
    parting = style.get('parting', .036)

    def thickness(v, share):
        up = ramp(v[:, 1] - scalp.eye[1], .050, .105)
        front = ramp(v[:, 2] - scalp.centre[2], .00, .085) * up
        rise = np.clip((1 - share) / .30, 0, 1) ** .55
        groove = np.exp(-((v[:, 0] - parting) / .006) ** 2) * up
        heavy = 1 + .30 * np.sign(parting - v[:, 0]) * up
        return (style.get('sides', .0045) + style.get('top', .017) * up * heavy * (1 + .55 * front) * (1 - .55 * groove)) * rise
    return [Grid(scalp, LINE_MAN, (0, 1, -.35), 44, 9, style.get('shift', 0)).shell(thickness, style.get('seed', 1), .17)]


def afro(scalp, skin, look):
    """Round natural hair: a ball around the head with a fine, uneven texture."""
    style = look['hair']
    radius = style.get('volume', .135)
    rng = np.random.default_rng(5)
    waves, phase = rng.normal(size=(24, 3)) * 120, rng.uniform(0, 7, 24)
    middle = scalp.centre + [0, .034, -.014]
    grid = Grid(scalp, LINE_WOMAN, (0, 1, -.25), 40, 11)
    aim = grid.hits - middle
    distance = np.linalg.norm(aim, axis=2, keepdims=True)
    ball_ = middle + aim / distance * radius
    grow = np.clip((1 - grid.share) / .34, 0, 1)[..., None] ** .62
    bumps = np.sin(ball_ @ waves.T + phase).mean(axis=2)[..., None]
    points = grid.hits + (ball_ - grid.hits) * np.where(distance < radius, grow, 0) + aim / distance * (.006 * bumps * grow + .002)
    overhang = points[-2] * .35 + points[-1] * .65
    rings = np.concatenate([points[:-1], overhang[None], grid.hits[-1:] - grid.outward()[-1:] * .003])
    tone = 1 + .55 * np.sin(rings @ (waves.T * 1.7) + phase).mean(axis=2)
    return [grid.mesh(rings, tone)]


def bun(scalp, skin, look):
    """Hair combed back to a bun: the strands run from the hairline to it."""
    style = look['hair']
    place = np.array([0, scalp.eye[1] + style.get('height', .040), scalp.centre[2] - style.get('back', .112)])
    grid = Grid(scalp, LINE_WOMAN, place - scalp.centre, 44, 9)

    def thickness(v, share):
        up = ramp(v[:, 1] - scalp.eye[1], .045, .115)
        groove = np.exp(-(v[:, 0] / .005) ** 2) * ramp(v[:, 2] - scalp.centre[2], .0, .05) * style.get('centre', 0)
        return (.006 + .010 * up) * np.clip((1 - share) / .22, 0, 1) ** .6 * (1 - .5 * groove)
    size = (.043, .041, .034)
    return [grid.shell(thickness, 3, .16), *kit.at((0, 1), [ball(place, size)]), *kit.at((2,), [ball(place, size, 5, 3)])]


def ball(centre, radii, sides=14, levels=9):
    """A wound ball of hair."""
    rings = []
    for t in np.linspace(1.08 / levels, np.pi - 1.08 / levels, levels):
        a = np.arange(sides) * 2 * np.pi / sides
        swirl = 1 + .06 * np.cos(3 * a + 4 * t)
        rings.append(centre + np.stack([np.sin(t) * np.cos(a) * swirl, np.sin(t) * np.sin(a) * swirl, np.full(sides, -np.cos(t))], 1) * radii)
    v, f = kit.loft(rings, caps=(True, True))
    if ((v - centre) * kit.normals(v, f)).sum() < 0:
        f = f[:, ::-1]
    a = np.arctan2(v[:, 1] - centre[1], v[:, 0])
    c = np.clip(.84 + .16 * np.sin(3 * a + 60 * v[:, 2]), 0, 1)[:, None] * np.ones((1, 3))
    return kit.part(v, f, head.rigid(len(v), 'head'), HAIR, 'bun', c)


def long(scalp, skin, look):
    """Hair that falls from a side parting around the face to `ends` metres below the eyes."""
    style = look['hair']
    ends, parting = style.get('ends', .150), style.get('parting', .024)
    grid = Grid(scalp, LINE_WOMAN, (0, 1, -.12), 48, 8, open_down=56)
    angle = scalp.angle(grid.hits[-1])

    def thickness(v, share):
        up = ramp(v[:, 1] - scalp.eye[1], .03, .11)
        groove = np.exp(-((v[:, 0] - parting) / .005) ** 2) * ramp(v[:, 1] - scalp.eye[1], .06, .09) * ramp(v[:, 2], -.02, .04)
        front = scalp.angle(v) < 56
        edge = np.where(front, np.clip((1 - share) / .25, 0, 1) ** .6, 1)
        return (.012 + .010 * up) * edge * (1 - .6 * groove)
    lift = thickness(grid.hits.reshape(-1, 3), grid.share.ravel()).reshape(grid.hits.shape[:2])
    lift = lift + .0016 * (grid.locks(4, 1) - 1)
    points = grid.hits + grid.outward() * np.maximum(lift, .002)[..., None]
    falls = ramp(angle, 54, 68)
    last, flat = points[-1], (points[-1] - scalp.centre) * [1, 0, 1]
    rings, tones = list(points), list(grid.locks(4, .2))
    for t in np.linspace(0, 1, 9)[1:]:
        drop = (last[:, 1] - (scalp.eye[1] - ends)) * t * falls + .012 * (1 - falls) * t * 0
        back = ramp(angle, 100, 150)
        spread = 1 + np.interp(t, (0, .25, .6, .85, 1), (0, .05, .03, .04, -.10)) + .05 * back * np.sin(np.pi * t) + .10 * back * t ** 2
        ring = scalp.centre * [1, 0, 1] + flat * (1 + (spread - 1) * falls)[:, None] + np.stack([0 * drop, last[:, 1] - drop, 0 * drop], 1)
        ring += grid.outward()[-1] * (.003 * (grid.locks(4, 1)[-1] - 1) * falls)[:, None]
        ring[:, 1] -= .014 * back * t
        rings.append(ring)
        tones.append(1 + (grid.locks(4, .2)[-1] - 1) * (1 + .2 * t))
    inner = rings[-1] - grid.outward()[-1] * [.010, 0, .010] + [0, .010, 0]
    p = grid.mesh(np.array(rings + [inner]), np.array(tones + [tones[-1] * .6]))
    return [replace(p, w=curtain_weights(p.v))]


def curtain_weights(v):
    """Head above, partly neck and chest where hair or cloth comes down to the shoulders."""
    rest = rig.rest_joints()
    w = head.rigid(len(v), 'head')
    down = ramp(rest['head'][1] - v[:, 1], .04, .16) * .6
    for bone, part in (('head', 1 - down), ('neck', down * .6), ('chest', down * .4)):
        w[:, rig.INDEX[bone]] = part
    return w


STYLES = {'short': short, 'afro': afro, 'bun': bun, 'long': long}
