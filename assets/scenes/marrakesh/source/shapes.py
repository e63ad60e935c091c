"""Walls with arches. A Face is one side of a wall in its own coordinates (s along it, t upwards, metres); all its pieces share one light chart
and must not overlap."""
import math

from mathutils import Vector


def horseshoe(half, spring, bulge=0.14, point=0.16, n=18):
    """The profile of a pointed horseshoe arch from the left foot over the top to the right foot, as (s, t) about its middle.

    `half`: half the clear width between the jambs; the arc swells out to half x (1 + bulge) and is struck from two centres, `point` x half apart.
    """
    wide, e = half * (1 + bulge), half * point
    r = wide + e
    drop = math.acos(min(1.0, (half + e) / r))
    centre = spring + r * math.sin(drop)
    end = math.acos(e / r)
    right = [(r * math.cos(a) - e, centre + r * math.sin(a)) for a in (-drop + (end + drop) * i / n for i in range(n + 1))]
    return _whole([(half, 0.0)] + right)


def lobed(half, spring, rise, lobes=5, n=5, depth=0.16):
    """A cusped arch: `lobes` scallops a side on a pointed curve."""
    base = []
    for i in range(lobes + 1):
        t = i / lobes
        base.append((half * math.cos(math.pi / 2 * t) ** 0.9, spring + rise * math.sin(math.pi / 2 * t) ** 0.92 * (0.94 + 0.06 * t)))
    right = [(half, 0.0), base[0]]
    for (ax, az), (bx, bz) in zip(base, base[1:]):
        dx, dz = bx - ax, bz - az
        for i in range(1, n + 1):
            t = i / n
            swell = depth * math.sin(math.pi * t) * math.hypot(dx, dz)
            length = math.hypot(dx, dz)
            right.append((ax + dx * t + dz / length * swell, az + dz * t - dx / length * swell))
    right[-1] = (0.0, base[-1][1])
    return _whole(right)


def rounded(half, spring, n=10):
    """A round arch."""
    return _whole([(half, 0.0)] + [(half * math.cos(math.pi / 2 * i / n), spring + half * math.sin(math.pi / 2 * i / n)) for i in range(n + 1)])


def _whole(right):
    """A profile from its right half (foot to apex)."""
    return [(-s, t) for s, t in right] + [(s, t) for s, t in reversed(right[:-1])]


def widened(profile, d):
    """A profile moved outwards by `d` (feet stay on the ground)."""
    out = []
    for i, (s, t) in enumerate(profile):
        a, b = profile[max(i - 1, 0)], profile[min(i + 1, len(profile) - 1)]
        ds, dt = b[0] - a[0], b[1] - a[1]
        length = math.hypot(ds, dt) or 1.0
        out.append((s - dt / length * d, t + ds / length * d))
    out[0], out[-1] = (profile[0][0] - d, 0.0), (profile[-1][0] + d, 0.0)
    # The curve's own kinks must not fold over the middle.
    return [(min(s, 0.0) if i < len(out) // 2 else (max(s, 0.0) if i > len(out) // 2 else 0.0), t) for i, (s, t) in enumerate(out)]


class Face:
    """One side of an upright wall from `o` along `u`, `height` high; it looks along u x up."""

    def __init__(self, static, o, u, height, density=1.0, soft=1.0):
        self.static, self.o, self.u = static, Vector(o), Vector(u)
        self.ud, self.length, self.height = self.u.normalized(), self.u.length, height
        self.normal = self.ud.cross(Vector((0, 0, 1)))
        self.chart = static.chart(self.length, height, density) if static.area and density > 0 else None
        if self.chart:
            self.chart.soft = soft

    def at(self, s, t, proud=0.0):
        return self.o + self.ud * s + Vector((0, 0, t)) + self.normal * proud

    def shape(self, material, outline, tint=(1, 1, 1), proud=0.0, middle=0.0):
        """A flat piece with the counter-clockwise `outline` of (s, t); its texture starts at s = `middle`."""
        points = [self.at(s, t, proud) for s, t in outline]
        lights = [(self.chart, s, t) for s, t in outline] if self.chart else None
        self.static.add(material, points, [tuple(range(len(points)))], [(s - middle, t) for s, t in outline], tint, lights)

    def rect(self, material, s0, s1, t0, t1, tint=(1, 1, 1), proud=0.0, middle=0.0):
        if s1 - s0 > 1e-4 and t1 - t0 > 1e-4:
            self.shape(material, [(s0, t0), (s1, t0), (s1, t1), (s0, t1)], tint, proud, middle)

    def bands(self, s0, s1, bands, low=0.0):
        """Stacked pieces: `bands` are (upper edge, material, tint) from the floor."""
        t0 = low
        for t1, material, tint in bands:
            if t1 > t0:
                self.rect(material, s0, s1, t0, t1, tint)
                t0 = t1

    def around(self, material, profile, centre, box, tint=(1, 1, 1), proud=0.0):
        """The piece of wall round an opening, out to `box` = (half width, top) about its middle."""
        half, top = box
        k = len(profile) // 2
        apex = profile[k]
        left = [(-half, 0.0)] + profile[:k + 1] + [(0.0, top), (-half, top)]
        right = [(0.0, top), apex] + profile[k + 1:] + [(half, 0.0), (half, top)]
        for outline in (left, right):
            points = [(centre + s, t) for s, t in _distinct(outline)]
            self.shape(material, points, tint, proud, centre)

    def ring(self, material, profile, centre, width, tints=((1, 1, 1),), proud=0.0, step=1):
        """A band of `width` along a profile; its voussoirs take the tints by turns. Returns the outer profile."""
        outer = widened(profile, width)
        along = 0.0
        for i in range(len(profile) - 1):
            a, b, c, d = profile[i], profile[i + 1], outer[i + 1], outer[i]
            length = math.dist(a, b)
            points = [self.at(centre + s, t, proud) for s, t in (a, d, c, b)]
            lights = [(self.chart, centre + s, t) for s, t in (a, d, c, b)] if self.chart else None
            uvs = [(along, 0), (along, width), (along + length, width), (along + length, 0)]
            self.static.add(material, points, [(0, 3, 2, 1)], uvs, tints[(i // step) % len(tints)], lights)
            along += length
        if proud > 0.004:
            rim = [self.at(centre + s, t, proud) for s, t in outer]
            wall = [self.at(centre + s, t, 0) for s, t in outer]
            lights = [(self.chart, centre + s, t) for s, t in outer] * 2 if self.chart else None
            n = len(outer)
            self.static.add(material, rim + wall, [(i, n + i, n + i + 1, i + 1) for i in range(n - 1)],
                            [(0, t) for _, t in outer] + [(proud, t) for _, t in outer], tuple(0.8 * c for c in tints[0]), lights)
        return outer

    def soffit(self, material, profile, centre, depth, tint=(1, 1, 1), density=1.0, proud=0.0, sharp=False):
        """The underside of an opening, `depth` metres into the wall."""
        near = [self.at(centre + s, t, proud) for s, t in profile]
        far = [self.at(centre + s, t, -depth) for s, t in profile]
        self.static.strip(material, far, near, tint, 'u', density)

    def lip(self, material, profile, centre, proud, tint=(1, 1, 1)):
        """The inner edge of a ring that stands `proud` metres out, where another wall has the underside; lit as the face is there."""
        wall = [self.at(centre + s, t) for s, t in profile]
        rim = [self.at(centre + s, t, proud) for s, t in profile]
        n = len(profile)
        lights = [(self.chart, centre + s, t) for s, t in profile] * 2 if self.chart else None
        self.static.add(material, wall + rim, [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)],
                        [(0, t) for _, t in profile] + [(proud, t) for _, t in profile], tint, lights)


def _distinct(outline):
    kept = []
    for p in outline:
        if not kept or math.dist(p, kept[-1]) > 1e-4:
            kept.append(p)
    if math.dist(kept[0], kept[-1]) < 1e-4:
        kept.pop()
    return kept


def arcade(static, o, u, height, openings, style):
    """A wall with two faces and arched openings.

    `openings`: (middle s, profile, half width of its panel, top of its panel). `style`: depth, bands (of the plain wall), panel and ring
    (material, tint(s)), ring width, faces ('f', 'b' or both), density, soffits (density of the undersides; 0 where another wall has them).
    """
    o, u = Vector(o), Vector(u)
    depth, normal = style['depth'], u.normalized().cross(Vector((0, 0, 1)))
    faces = []
    if 'f' in style.get('faces', 'fb'):
        faces.append((Face(static, o, u, height, style.get('density', 1.0)), False))
    if 'b' in style.get('faces', 'fb'):
        faces.append((Face(static, o + u - normal * depth, -u, height, style.get('density', 1.0) * style.get('back', 1.0)), True))
    for face, flipped in faces:
        at = 0.0
        spots = [(face.length - s if flipped else s, p, half, top) for s, p, half, top in openings]
        for s, profile, half, top in sorted(spots, key=lambda x: x[0]):
            face.bands(at, s - half, style['bands'])
            material, tints = style['ring']
            outer = face.ring(material, profile, s, style['width'], tints, style.get('proud', 0.0), style.get('step', 1)) if style['width'] else profile
            if max(abs(a) for a, _ in outer) > half:
                raise ValueError(f'the ring of the opening at {s} is wider than its panel: its pieces would overlap')
            face.around(style['panel'][0], outer, s, (half, top), style['panel'][1])
            above = [b for b in style['bands'] if b[0] > top]
            face.bands(s - half, s + half, above, top)
            at = s + half
        face.bands(at, face.length, style['bands'])
    front, flipped = faces[0]
    material, tint = style.get('soffit', style['panel'])
    proud = style.get('proud', 0.0)
    for s, profile, _, _ in openings:
        centre = front.length - s if flipped else s
        if style.get('soffits', 0.8) > 0:
            front.soffit(material, profile, centre, depth + proud, tint, style.get('soffits', 0.8), proud)
        else:
            front.lip(material, profile, centre, proud, tint)
