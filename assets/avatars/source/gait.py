"""Walking and running without sliding: the foot on the floor moves back exactly at the ground speed."""
from dataclasses import dataclass

import numpy as np

from pose import JOINT, REST, Pose

TAU = 2 * np.pi
ANKLE = JOINT['footL'][1]
BALL = np.array([-ANKLE + .012, .115])   # from the ankle to the ball of the foot (y, z)
HEEL = np.array([-ANKLE + .008, -.045])  # from the ankle to the heel


@dataclass(frozen=True)
class Gait:
    """cycle: seconds, a whole number of 30 fps frames; speed: metres a second; stance: share of the cycle on the floor."""
    cycle: float
    speed: float
    stance: float
    ahead: float       # where the flat foot would be at heel strike, metres before the hips
    strike: float      # toes up at heel strike, degrees
    push: float        # heel up at toe off, degrees
    lift: float        # height of the ankle in mid swing, metres
    width: float


WALK = Gait(33 / 30, 1.4, .60, .40, 20, 52, .10, .075)
RUN = Gait(21 / 30, 3.0, .34, .30, 4, 55, .30, .055)


def _ease(x):
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


def _stance(gait, t):
    """(z, y, pitch) of the ankle at phase t in 0..stance. Pitch > 0 is toes down."""
    flat = gait.ahead - gait.speed * gait.cycle * t
    u = t / gait.stance
    heel = gait.strike * (1 - _ease(u / .16))
    toe = gait.push * _ease((u - .50) / .50) ** 1.15
    pitch = np.radians(toe - heel)
    pivot = BALL if toe > heel else HEEL
    c, s = np.cos(pitch), np.sin(pitch)
    y, z = pivot
    turned = np.array([y * c - z * s, y * s + z * c])   # pivot as seen from the ankle after pitching
    return flat + z - turned[1], ANKLE + y - turned[0], toe - heel


def foot(gait, t):
    """(z, y, pitch) of an ankle over a whole cycle; t = 0 is the strike."""
    t %= 1.0
    if t <= gait.stance:
        return _stance(gait, t)
    u = (t - gait.stance) / (1 - gait.stance)
    start, end = np.array(_stance(gait, gait.stance)), np.array(_stance(gait, 0.0))
    step = 1e-4
    v0 = (start - np.array(_stance(gait, gait.stance - step))) / step * (1 - gait.stance)
    v1 = (np.array(_stance(gait, step)) - end) / step * (1 - gait.stance)
    h = np.array([2 * u ** 3 - 3 * u ** 2 + 1, u ** 3 - 2 * u ** 2 + u, -2 * u ** 3 + 3 * u ** 2, u ** 3 - u ** 2])
    scale = np.array([1, .5, .35])
    out = h[0] * start + h[1] * v0 * scale + h[2] * end + h[3] * v1 * scale
    out[1] = max(out[1], 0) + gait.lift * np.sin(np.pi * u ** .8) ** 2 * .55
    return out


def _body(gait, t, bounce, lean, sway):
    p = Pose()
    swing = np.sin(TAU * t)
    p.hips = REST[0] + [sway * np.sin(TAU * t + .35), -.022 + bounce * np.cos(2 * TAU * (t - .30)), 0]
    p.bend('hips', lean * .4, -5 * np.cos(TAU * t), 2.2 * swing)
    p.bend('spine', lean * .4, 3 * np.cos(TAU * t), -1.6 * swing)
    p.bend('chest', lean * .2, 6 * np.cos(TAU * t), -.8 * swing)
    p.bend('neck', -lean * .3, -2 * np.cos(TAU * t)).bend('head', -lean * .6 + .6 * np.cos(2 * TAU * t), -2 * np.cos(TAU * t), .3 * swing)
    for side, offset, sign in (('L', 0.0, 1), ('R', .5, -1)):
        z, y, pitch = foot(gait, t + offset)
        p.leg(side, np.array([sign * gait.width, y, z]), pitch, sign * 5, (sign * .10, 0, 1))
    return p


def walk(t):
    """One cycle of an easy walk; the left heel strikes at t = 0."""
    p = _body(WALK, t, .014, 3, .016)
    for side, sign in (('L', 1), ('R', -1)):
        swing = -np.cos(TAU * t + .25) * sign
        forward = .5 + .5 * swing
        wrist = np.array([sign * (.262 - .035 * forward), .850 + .055 * forward ** 2, .035 + .19 * swing])
        fingers = np.array([sign * -.06, -1, .18 + .30 * swing])
        p.arm(side, wrist + [0, p.hips[1] - REST[0][1], 0], fingers, (sign * -.25, .2, 1), (sign * .35, -.1, -1), 14)
    return p


def run(t):
    """One cycle of a light run with bent elbows."""
    p = _body(RUN, t, .030, 9, .008)
    for side, sign in (('L', 1), ('R', -1)):
        swing = -np.cos(TAU * t + .35) * sign
        wrist = np.array([sign * (.205 - .05 * max(0, swing)), 1.10 + .12 * swing, .16 + .20 * swing])
        fingers = np.array([sign * -.35, .25 + .35 * swing, 1])
        p.arm(side, wrist + [0, p.hips[1] - REST[0][1], 0], fingers, (0, 1, -.15), (sign * .45, -.3, -1), 42)
    return p
