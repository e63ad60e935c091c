"""Posing by goals: where wrists and ankles go, which way thumbs and toes point. Rest rotations are the identity."""
import numpy as np

import base
import rig
from rig import INDEX, NAMES, PARENT, rotation, rotation_between, unit

REST = rig.rest_array()
JOINT = rig.rest_joints()
ORDER = range(len(NAMES))


def turn(pitch=0.0, yaw=0.0, roll=0.0):
    """Rotation from degrees: pitch forward (nod), yaw to the left (+X is the left hand), roll towards the right hand."""
    return (rotation((0, 1, 0), np.radians(yaw)) @ rotation((1, 0, 0), np.radians(pitch))
            @ rotation((0, 0, 1), np.radians(roll)))


def frame(first, second):
    """Right-handed frame (columns) whose first axis is `first` and whose second lies towards `second`."""
    x = unit(np.asarray(first, float))
    y = unit(np.asarray(second, float) - x * (np.asarray(second, float) @ x))
    return np.stack([x, y, np.cross(x, y)], axis=1)


def _twist(matrix, axis):
    """Angle of the rotation `matrix` about a unit axis (swing-twist split)."""
    skew = np.array([matrix[2, 1] - matrix[1, 2], matrix[0, 2] - matrix[2, 0], matrix[1, 0] - matrix[0, 1]])
    return 2 * np.arctan2(skew @ axis, 1 + np.trace(matrix))


def _thumb_side(side):
    """Direction from the little finger to the index finger of the resting hand."""
    sign = 1 if side == 'L' else -1
    verts = rig.to_rest(base.shaped(dict(rig.AVERAGE, gender=.5)))
    index, little = (base.fine_weights()[f'{f}_01_{side.lower()}'] for f in ('index', 'pinky'))
    place = lambda pair: np.average(verts[pair[0]], axis=0, weights=pair[1])
    return unit(place(index) - place(little)) if sign else None


THUMB = {side: _thumb_side(side) for side in 'LR'}


class Pose:
    """World rotations per joint and the position of the hips; children are placed by forward kinematics."""

    def __init__(self):
        self.world = [np.eye(3) for _ in NAMES]
        self.set = set()
        self.local = {}
        self.hips = REST[0].copy()

    def bend(self, bone, pitch=0.0, yaw=0.0, roll=0.0):
        """Rotate a joint relative to its parent (degrees)."""
        self.local[bone] = turn(pitch, yaw, roll) @ self.local.get(bone, np.eye(3))
        return self

    def solve(self):
        """(world rotations, world positions) of all joints."""
        place = [None] * len(NAMES)
        for i in ORDER:
            name, parent = NAMES[i], PARENT[i]
            if name not in self.set:
                above = self.world[parent] if parent >= 0 else np.eye(3)
                self.world[i] = above @ self.local.get(name, np.eye(3))
            place[i] = self.hips if parent < 0 else place[parent] + self.world[parent] @ (REST[i] - REST[parent])
        return self.world, place

    def _assign(self, bone, matrix):
        self.world[INDEX[bone]] = matrix
        self.set.add(bone)

    def _two_bones(self, root, goal, upper, lower, pole):
        """Directions of two bones from `root` that reach `goal`, bent towards `pole` (law of cosines)."""
        to = goal - root
        distance = np.clip(np.linalg.norm(to), abs(upper - lower) + .02, (upper + lower) * .9985)
        along = unit(to)
        cosine = (upper ** 2 + distance ** 2 - lower ** 2) / (2 * upper * distance)
        out = unit(pole - along * (pole @ along))
        middle = root + upper * (along * cosine + out * np.sqrt(max(0, 1 - cosine ** 2)))
        return unit(middle - root), unit(root + along * distance - middle)

    def leg(self, side, ankle, toe_pitch=0.0, toe_yaw=0.0, knee=None):
        """Put an ankle at a world point. toe_pitch > 0 points the toes down (degrees)."""
        _, place = self.solve()
        hip = place[INDEX['upperLeg' + side]]
        names = ['upperLeg' + side, 'lowerLeg' + side, 'foot' + side]
        a, b, c = (JOINT[n] for n in names)
        outward = (1 if side == 'L' else -1) * .12
        pole = np.array([outward, 0, 1.0]) if knee is None else np.asarray(knee, float)
        up, down = self._two_bones(hip, np.asarray(ankle, float), np.linalg.norm(b - a), np.linalg.norm(c - b), pole)
        forward0, forward = np.array([0, 0, 1.0]), pole
        self._assign(names[0], frame(up, forward) @ frame(unit(b - a), forward0).T)
        self._assign(names[1], frame(down, forward) @ frame(unit(c - b), forward0).T)
        self._assign(names[2], turn(toe_pitch, toe_yaw))
        return self

    def arm(self, side, wrist, fingers, thumb, elbow=None, curl=0.0):
        """Put a wrist at a world point, with world directions of the fingers and of the thumb's side of the hand.
        elbow: direction in which the elbow points; curl: degrees by which the fingers close."""
        _, place = self.solve()
        sign = 1 if side == 'L' else -1
        shoulder = place[INDEX['upperArm' + side]]
        names = [n + side for n in ('upperArm', 'lowerArm', 'hand', 'fingers')]
        a, b, c, d = (JOINT[n] for n in names)
        pole = np.array([sign * .5, -.6, -.8]) if elbow is None else np.asarray(elbow, float)
        u0, l0 = unit(b - a), unit(c - b)
        u, l = self._two_bones(shoulder, np.asarray(wrist, float), np.linalg.norm(b - a), np.linalg.norm(c - b), pole)
        parent = self.world[INDEX['shoulder' + side]]
        swing = rotation_between(parent @ u0, u) @ parent
        full = frame(u, -pole) @ frame(u0, (0, 0, 1.0)).T
        upper = rotation(u, .55 * _twist(full @ swing.T, u)) @ swing
        lower = rotation_between(upper @ l0, l) @ upper
        hand = frame(fingers, thumb) @ frame(unit(d - c), THUMB[side]).T
        lower = rotation(l, .6 * _twist(rotation_between(lower @ unit(d - c), fingers) @ lower @ hand.T, l) * -1) @ lower
        self._assign(names[0], upper)
        self._assign(names[1], lower)
        self._assign(names[2], hand)
        across = hand @ THUMB[side]
        self._assign(names[3], rotation(across, np.radians(curl) * sign) @ hand)
        self._assign('thumb' + side, rotation(across, np.radians(curl * .35) * sign) @ hand)
        return self

    def frame_data(self):
        """(local quaternions (25,4) xyzw, hips translation (3,))."""
        world, _ = self.solve()
        out = np.zeros((len(NAMES), 4))
        for i in ORDER:
            local = world[i] if PARENT[i] < 0 else world[PARENT[i]].T @ world[i]
            out[i] = quaternion(local)
        return out, self.hips.copy()


def quaternion(m):
    """Unit quaternion (x, y, z, w) of a rotation matrix (Shepperd's method)."""
    t = np.trace(m)
    choice = np.argmax([t, m[0, 0], m[1, 1], m[2, 2]])
    if choice == 0:
        q = np.array([m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], 1 + t])
    else:
        i = choice - 1
        j, k = (i + 1) % 3, (i + 2) % 3
        q = np.zeros(4)
        q[i] = 1 + m[i, i] - m[j, j] - m[k, k]
        q[j], q[k], q[3] = m[j, i] + m[i, j], m[k, i] + m[i, k], m[k, j] - m[j, k]
    return q / np.linalg.norm(q)


def skin(v, w, world, place):
    """Linear blend skinning of points (n,3) by weights (n,25)."""
    out = np.zeros_like(v)
    for i in ORDER:
        chosen = w[:, i] > 1e-5
        out[chosen] += w[chosen, i:i + 1] * ((v[chosen] - REST[i]) @ world[i].T + place[i])
    return out
