"""Faces of the coarse levels: a smooth head with shut lids and sealed lips, and on it eyes, brows and lips as thin flat shapes.

Decimating lids, eyeballs and lips turns them into smears; cut from their outlines in the front view they stay a face with a few triangles."""
from dataclasses import dataclass, replace

import numpy as np
from mathutils import Vector

import base
import cloth
import head
import kit
import rig
from kit import FIXED, HAIR, SKIN

SEAL_RINGS = 4        # rings of the inner lips that are cut off: the loop that is left is the line where the lips meet
NECK = 1.442          # height of the lowest ring of the coarsest head, metres
FAR = 2               # the level whose face is a few spots
LINE, LASH = .0016, .0022       # height of the line between the lips and of the lashes, metres
HIGHEST = (0, .0046, .010)   # by which a flat shape is lifted at most where the head of a LOD bulges, metres
RED = .55             # from which share of a lip's shape target on it is red
LID_SHARE = .95       # how much of the lids' movement the upper edge of an eye follows


def plain_skin(verts, look, inside):
    """The naked skin with shut lids and sealed lips, as one dense part without sharp paint."""
    faces = kit.triangles(base.base_mesh()[1]['body'])
    outside = faces[head.inside_rings(inside, SEAL_RINGS)[faces].sum(axis=1) < 3]
    w, rest = head.skin_weights(verts), rig.rest_joints()['eyelids']
    lid = w[:, rig.INDEX['eyelids']].copy()
    shut = (verts - rest) @ rig.rotation((1, 0, 0), head.LID_ANGLE).T + rest
    w[:, rig.INDEX['head']] += lid
    w[:, rig.INDEX['eyelids']] = 0
    keep = keep_plain(verts)
    p = kit.part(verts + lid[:, None] * (shut - verts), _outer(outside), w, SKIN, 'head', head.paint_skin(verts, look), keep)
    return replace(p, f=np.vstack([p.f, _zip(p, lip_line(p))]), only=(1, FAR))


def keep_plain(verts):
    """How much decimation spares each vertex of the plain head."""
    n, rest = len(verts), rig.rest_joints()
    keep = np.where((verts[:, 2] > rest['head'][2] + .02) & (verts[:, 1] > rest['head'][1] - .06), .30, 0)
    for path, much in (('nose/nose-scale-vert-incr', .45), ('nose/nose-flaring-incr', .45), ('ears/{s}-ear-scale-incr', .35)):
        keep = np.maximum(keep, much * head.region(n, path))
    return keep


def _outer(faces):
    """The faces that hang together with most others: without the rest of the throat."""
    parent = np.arange(faces.max() + 1)
    while True:
        low = parent[faces].min(axis=1)
        before = parent.copy()
        for k in range(3):
            np.minimum.at(parent, faces[:, k], low)
        parent = parent[parent]
        if (parent == before).all():
            break
    root = parent[faces[:, 0]]
    return faces[root == np.bincount(root).argmax()]


def far_head(plain, verts, hooded=False):
    """A head of eight columns for the coarsest level: one along the ridge of the nose, none through the ears, rows at chin, lips, nose and
    eyes. Open at the top, which hair or cloth always covers. From NECK upwards; what is below is left to decimation. In a hood only the face."""
    (left, _), (right, _) = head.eye_centres(verts)
    eye, rest, bvh = (left + right) / 2, rig.rest_joints(), kit.tree(plain.v, plain.f)
    angles = np.radians((-78, -37, 0, 37, 78) if hooded else (0, 37, 76, 128, 180, 232, 284, 323))
    top = .060 if hooded else .088
    rings = []
    for y in (NECK, *(eye[1] + np.array((-.124, -.106, -.068, -.040, -.004, top)))):
        middle = np.array([0, y, np.interp(y, (NECK, eye[1]), (rest['neck'][2] - .01, eye[2] - .085))])
        ring = []
        for aim in np.stack([np.sin(angles), 0 * angles, np.cos(angles)], 1):
            hit = bvh.ray_cast(Vector(middle + .3 * aim), Vector(-aim))[0]
            ring.append(middle + aim * (.06 if hit is None else min(np.linalg.norm(np.array(hit) - middle), .066 if y == NECK else .2)))
        rings.append(ring)
    v, f = kit.loft(rings, close=not hooded)
    p = kit.part(v, f, kit.transfer(v, plain, plain.w), SKIN, 'head', kit.transfer(v, plain, plain.c))
    return replace(p, only=(FAR,))


def lip_line(p):
    """The loop of boundary vertices where the lips meet."""
    near = rig.rest_joints()['head'][1]
    found = [l for l in cloth.loops(p) if abs(p.v[l][:, 0].mean()) < .01 and abs(p.v[l][:, 1].mean() - near) < .06]
    if not found:
        raise ValueError('the skin has no open mouth')
    return found[0]


def _sides(p, loop):
    """The loop as two rows of vertices from the right corner to the left one: (upper, lower)."""
    turned = np.roll(loop, -int(np.argmin(p.v[loop][:, 0])))
    end = int(np.argmax(p.v[turned][:, 0]))
    one, other = turned[:end + 1], np.append(turned[end:], turned[0])[::-1]
    return (one, other) if p.v[one][:, 1].mean() > p.v[other][:, 1].mean() else (other, one)


def _zip(p, loop):
    """Faces that close the loop between its two sides."""
    upper, lower = _sides(p, loop)
    faces, i, j = [], 0, 0
    while i < len(upper) - 1 or j < len(lower) - 1:
        if j == len(lower) - 1 or i < len(upper) - 1 and p.v[upper[i + 1], 0] <= p.v[lower[j + 1], 0]:
            faces.append([lower[j], upper[i + 1], upper[i]])
            i += 1
        else:
            faces.append([lower[j], lower[j + 1], upper[i]])
            j += 1
    return np.array([f for f in faces if len(set(f)) == 3])


@dataclass
class Face:
    """Outlines of one face in front view. eyes: two (k,3) of x, low y, high y; lips (k,4) of x, bottom, seam, top;
    upper, lower: skin weights (k,25) of the lips at those places."""
    eyes: list
    lips: np.ndarray
    upper: np.ndarray
    lower: np.ndarray
    centres: list
    look: dict
    brow: tuple

    def shapes(self, level, beards, lod):
        """The flat parts of a face, laid on the finished head `level` of a LOD and on the beards there (none or one)."""
        bvh = kit.tree(np.vstack([level.v] + [b.v for b in beards]), np.vstack([level.f] + [b.f + len(level.v) for b in beards]))
        if lod == FAR:
            groups = [self._spots(i) for i in range(2)] + [[self._brow(i, 3)] for i in range(2)] + [[self._far_mouth()]]
        else:
            groups = [self._eye(i) for i in range(2)] + [[self._brow(i, 5)] for i in range(2)] + [self._mouth()]
        return [p for group in groups for p in _laid(group, level, bvh, HIGHEST[lod])]

    def _lids(self, side, share):
        """Weights of points in an eye: `share` (n,) of the way from the lower to the upper lid."""
        w = head.rigid(len(share), 'head')
        w[:, rig.INDEX['eyelids']] = LID_SHARE * share
        w[:, rig.INDEX['head']] -= LID_SHARE * share
        return w

    def _eye(self, side):
        x, low, high = self.eyes[side].T
        centre, radius = self.centres[side]
        white = np.array((.80, .78, .755))
        rows = [np.stack([x, low, 0 * x + .0016], 1), np.stack([x, high, 0 * x + .0016], 1)]
        ball = _strip(rows, FIXED, [white, white * .78], [self._lids(side, 0 * x), self._lids(side, 0 * x + 1)])
        angle = np.arange(8) * np.pi / 4 + np.pi / 8
        size = self.look.get('iris_size', .0064)
        around = centre[:2] + size * np.stack([np.cos(angle), np.sin(angle)], 1)
        spots = np.vstack([centre[:2], around])
        bottom, top = (np.interp(spots[:, 0], x, edge) for edge in (low, high))
        spots[:, 1] = np.clip(spots[:, 1], bottom, top)
        share = np.clip((spots[:, 1] - bottom) / np.maximum(top - bottom, 1e-4), 0, 1)
        colour = np.vstack([[(.012, .010, .010)], np.tile(np.array(self.look['iris']) * .7, (8, 1))])
        iris = kit.part(np.hstack([spots, np.full((9, 1), .0026)]), [[0, 1 + i, 1 + (i + 1) % 8] for i in range(8)],
                        self._lids(side, share), FIXED, 'face', colour)
        thick = LASH * (1 if self.look['gender'] else 1.35) * np.interp(np.linspace(0, 1, len(x)), (0, .25, .8, 1), (.5, 1, 1, .5))
        lid = self._lids(side, 0 * x + 1)
        lash = _strip([np.stack([x, high - .25 * thick, 0 * x + .0031], 1), np.stack([x, high + .75 * thick, 0 * x + .0031], 1)],
                      FIXED, [np.array((.016, .012, .011))] * 2, [lid, lid])
        return [ball, iris, lash]

    def _brow(self, side, steps):
        rows = head.brow_rows(self.centres[side][0], self.look, steps)[:, [0, 3]]
        kind, colour = self.brow
        points = [np.hstack([rows[:, k], np.full((steps, 1), .0016)]) for k in range(2)]
        return _strip(points, kind, [np.asarray(colour)] * 2, [head.rigid(steps, 'head')] * 2)

    def _mouth(self):
        x, bottom, seam, top = self.lips.T
        half = LINE / 2 * np.interp(np.linspace(0, 1, len(x)), (0, .2, .8, 1), (.6, 1, 1, .6))
        red, at = np.asarray(self.look['lips']), lambda y, lift: np.stack([x, y, 0 * x + lift], 1)
        dark = np.array((.075, .030, .026))
        return [_strip([at(seam, .0011), at(top, .0005)], SKIN, [red * .86, red * .92], [self.upper, self.upper]),
                _strip([at(bottom, .0005), at(seam, .0011)], SKIN, [red, red], [self.lower, self.lower]),
                _strip([at(seam - half, .0017), at(seam + half, .0017)], FIXED, [dark, dark], [self.lower, self.upper])]

    def _spots(self, side):
        """An eye far away: a light diamond and a dark one on it, so that it shows on every skin."""
        x, low, high = self.eyes[side].T
        y, wide, tall = (low + high).mean() / 2, (x[-1] - x[0]) / 2, .0060
        out = []
        for half, colour, lift in ((wide, (.50, .47, .45), .004), (.58 * wide, (.022, .017, .016), .006)):
            flat = np.array([[x.mean() - half, y, lift], [x.mean(), y - tall, lift], [x.mean() + half, y, lift], [x.mean(), y + tall, lift]])
            out.append(kit.part(flat, [[0, 1, 2], [0, 2, 3]], head.rigid(4, 'head'), FIXED, 'face', colour))
        return out

    def _far_mouth(self):
        x, _, seam, _ = self.lips.T
        middle = len(x) // 2
        flat = np.array([[x[0], seam[0] + .001, .003], [0, seam[middle] - .0050, .003], [x[-1], seam[-1] + .001, .003], [0, seam[middle] + .0030, .003]])
        return kit.part(flat, [[0, 1, 2], [0, 2, 3]], self.lower[[0, middle, -1, middle]], SKIN, 'face', np.asarray(self.look['lips']) * (.70, .58, .58))


def _strip(rows, kind, colours, weights):
    """A band between a lower and an upper row of points (k,3) = x, y, lift; colours and weights of each row."""
    k = len(rows[0])
    f = [t for i in range(k - 1) for t in ([i, i + 1, k + i + 1], [i, k + i + 1, k + i])]
    v = np.vstack(rows)
    f = [t for t in f if abs(np.cross(v[t[1], :2] - v[t[0], :2], v[t[2], :2] - v[t[0], :2])) > 1e-9]
    return kit.part(v, f, np.vstack(weights), kind, 'face', np.vstack([np.tile(c, (k, 1)) for c in colours]))


GRID = [(a / 4, b / 4, (4 - a - b) / 4) for a in range(5) for b in range(5 - a)]   # places in a triangle that must not be under the skin


def _front(x, y, bvh):
    """z of the foremost surface at a place in front view, or None."""
    hit = bvh.ray_cast(Vector((x, y, .5)), Vector((0, 0, -1)))[0]
    return hit[2] if hit else None


def _laid(group, level, bvh, highest):
    """Flat parts, whose z is their lift, laid on a head from the front, with the head's normals and facing the front. A group lies on
    one smooth surface, of second degree in x and y, in front of all that the coarse head has there, so that its parts keep their order."""
    flat = np.vstack([p.v[:, :2] for p in group] + [(np.array(GRID) @ p.v[p.f]).reshape(-1, 3)[:, :2] for p in group])
    ground = np.array([np.nan if z is None else z for z in (_front(x, y, bvh) for x, y in flat)])
    hit = ~np.isnan(ground)
    middle = flat.mean(axis=0)
    terms = lambda q: np.stack([np.ones(len(q)), *(q - middle).T, *((q - middle) ** 2).T, *np.prod(q - middle, axis=1)[None]], 1)
    fit = np.linalg.lstsq(terms(flat[hit]), ground[hit], rcond=None)[0]
    raised = min((ground[hit] - terms(flat[hit]) @ fit).max(), highest)
    out = []
    for p in group:
        v = p.v + (terms(p.v[:, :2]) @ fit + raised)[:, None] * [0, 0, 1]
        f = np.where((np.cross(v[p.f[:, 1]] - v[p.f[:, 0]], v[p.f[:, 2]] - v[p.f[:, 0]])[:, 2] < 0)[:, None], p.f[:, ::-1], p.f)
        out.append(replace(p, v=v, f=f, n=kit.transfer(v, level, level.n)))
    return out


def outline(verts, skin, inside, look, brow):
    """Measure a Face on the dense skin. brow: (kind, colour)."""
    centres = head.eye_centres(verts)
    bvh = kit.tree(skin.v, skin.f)
    lips, upper, lower = _lips(verts, inside)
    return Face([_opening(bvh, *eye) for eye in centres], lips, upper, lower, centres, look, brow)


def _opening(bvh, centre, radius, columns=7):
    """Where an eyeball shows between the lids, as columns of x, low y, high y (columns,3)."""
    found = []
    for x in np.linspace(-.95, .95, 77) * radius:
        rows = [y for y in np.linspace(-.8, .8, 81) * radius if x * x + y * y < radius * radius * .98
                and _before(bvh, centre + [x, y, np.sqrt(radius * radius * .985 - x * x - y * y)])]
        if len(rows) > 2:
            found.append((centre[0] + x, centre[1] + min(rows), centre[1] + max(rows)))
    if len(found) < columns:
        raise ValueError('the eyes are shut')
    x, low, high = np.array(found).T
    at = np.linspace(x[0], x[-1], columns)
    return np.stack([at, np.interp(at, x, low), np.interp(at, x, high)], 1)


def _before(bvh, place):
    """Whether nothing of the skin is in front of a point."""
    return bvh.ray_cast(Vector(place), Vector((0, 0, 1)), .05)[0] is None


def _lips(verts, inside, columns=7):
    """Lips as columns of x, bottom, seam, top (columns,4), and the skin weights of both lips there."""
    faces = kit.triangles(base.base_mesh()[1]['body'])
    w = head.skin_weights(verts)
    skin = kit.part(verts, _outer(faces[head.inside_rings(inside, SEAL_RINGS)[faces].sum(axis=1) < 3]), w, SKIN, 'head')
    up, down = _sides(skin, lip_line(skin))
    seam = lambda at: (np.interp(at, skin.v[up][:, 0], skin.v[up][:, 1]) + np.interp(at, skin.v[down][:, 0], skin.v[down][:, 1])) / 2
    red = [np.flatnonzero(head.region(len(verts), f'mouth/mouth-{name}-volume-incr')[:base.BODY_END] > RED) for name in ('upperlip', 'lowerlip')]
    wide = .96 * np.abs(skin.v[up][:, 0]).max()
    x = np.linspace(-wide, wide, columns)
    line, out = seam(x), np.abs(x) / wide
    tall = lambda index, sign: max(0, *(sign * (verts[index][:, 1] - np.interp(verts[index][:, 0], x, line)))[np.abs(verts[index][:, 0]) < .3 * wide])
    top = line + tall(red[0], 1) * np.interp(out, (0, .33, .67, 1), (.92, 1, .66, .06))
    bottom = line - tall(red[1], -1) * np.interp(out, (0, .33, .67, 1), (1, .93, .62, .06))
    near = lambda row: np.array([skin.w[row[np.abs(skin.v[row][:, 0] - at).argmin()]] for at in x])
    return np.stack([x, bottom, line, top], 1), near(up), near(down)
