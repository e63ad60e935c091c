"""The animation clips: functions of a phase in 0..1 that return a Pose, sampled at 30 frames a second."""
import numpy as np

import gait
from pose import JOINT, REST, Pose

FPS = 30
TAU = 2 * np.pi
SEAT = 0.45        # height of the seat surface, metres
SIGN = {'L': 1, 'R': -1}


def wave(t, times=1, phase=0.0):
    return np.sin(TAU * (times * t + phase))


def pulse(t, start, end, soft=.08):
    """0 outside start..end, 1 inside, with soft flanks."""
    rise = np.clip((t - start) / soft, 0, 1)
    fall = np.clip((end - t) / soft, 0, 1)
    return (rise * rise * (3 - 2 * rise)) * (fall * fall * (3 - 2 * fall))


def blink(pose, t, *moments, seconds=4.0):
    """Close the eyelids for about 0.18 s at the given phases."""
    shut = max(np.clip(1 - abs(t - m) * seconds / .1, 0, 1) for m in moments)
    return pose.bend('eyelids', 34 * shut)


def mix(a, b, k):
    return np.asarray(a, float) * (1 - k) + np.asarray(b, float) * k


# An arm goal: wrist position, finger direction, thumb-side direction, elbow direction, curl. For the left arm; the right is mirrored.
HANG = ((.252, .845, .028), (.02, -1, .10), (-.12, .06, 1), (.35, -.2, -1), 8)
LAP = ((.118, .597, .285), (-.20, -.16, 1), (-1, .10, -.05), (.75, -.3, -.65), 6)
TABLE = ((.125, .66, .315), (-.45, -.06, 1), (-.75, .55, -.2), (.8, -.4, -.45), 10)
OPEN = ((.185, 1.115, .335), (.28, .12, 1), (.50, .85, -.2), (.55, -.7, -.45), 2)
EXPLAIN = ((.115, 1.145, .335), (-.35, .22, 1), (.25, 1, -.1), (.75, -.6, -.3), 12)
UP = ((.245, 1.735, .085), (.05, 1, .05), (-.25, 0, .95), (.75, -.5, .30), 0)
WAVE = ((.315, 1.51, .175), (.12, 1, .05), (-.95, .1, .15), (.7, -.8, -.1), -4)
CLASP = ((.085, .985, .215), (-.85, -.35, .55), (-.1, .85, .6), (.8, -.4, -.5), 16)


def blend(a, b, k):
    return tuple(mix(x, y, k) for x, y in zip(a, b))


def put(pose, side, goal, lift=(0, 0, 0)):
    """Apply an arm goal to a side, moved by `lift` (in the left arm's sense), carried along by the hips."""
    wrist, fingers, thumb, elbow, curl = goal
    mirror = np.array([SIGN[side], 1, 1])
    drift = pose.hips - pose.anchor
    pose.arm(side, (np.asarray(wrist) + lift) * mirror + drift, np.asarray(fingers) * mirror,
             np.asarray(thumb) * mirror, np.asarray(elbow) * mirror, float(curl))
    return pose


def standing(t, sway=1.0, seconds=4.0):
    """Feet on the floor, breathing, slow shift of weight."""
    p = Pose()
    p.hips = REST[0] + [.013 * sway * wave(t), -.012 + .002 * wave(t, 2), 0]
    p.anchor = REST[0].copy()
    p.bend('hips', 0, 1.5 * sway * wave(t, 1, .1), .9 * sway * wave(t))
    p.bend('spine', 1.0, 0, -1.2 * sway * wave(t)).bend('chest', -1.2 + .9 * wave(t, 1 if seconds < 5 else 2, .05))
    p.bend('neck', 2).bend('head', -1 + .8 * wave(t, 1, .3), 2.5 * sway * wave(t, 1, .6), .6 * wave(t, 1, .2))
    for side, sign in SIGN.items():
        p.bend('shoulder' + side, 0, 0, sign * (-3 + .9 * wave(t, 1 if seconds < 5 else 2, .05)))
        p.leg(side, JOINT['foot' + side] + [sign * .006, 0, .012 if side == 'L' else -.016], 0, sign * 9, (sign * .17, 0, 1))
    return p


def idle(t):
    p = standing(t)
    for side, sign in SIGN.items():
        put(p, side, HANG, (0, .003 * wave(t), .004 * wave(t, 1, .25 * sign)))
    return blink(p, t, .31, .83)


def idle2(t):
    """Hands clasped in front, a look to one side and to the other."""
    p = standing(t, 1.3, 6)
    look = 16 * (pulse(t, .18, .48, .10) - .8 * pulse(t, .58, .86, .10))
    p.bend('neck', 0, .35 * look).bend('head', 0, .65 * look)
    put(p, 'L', CLASP, (-.012, -.012 + .003 * wave(t), .012))
    put(p, 'R', CLASP, (0, .003 * wave(t), 0))
    return blink(p, t, .17, .50, .88, seconds=6)


def talk(t):
    """Both hands explain: open, beat, one hand more than the other; the head follows."""
    p = standing(t, .8, 5)
    p.bend('head', 2.5 * wave(t, 3, .1), 7 * wave(t, 1, .1), 2 * wave(t, 2)).bend('chest', 1.5 * wave(t, 2), 3 * wave(t, 1, .15))
    beat = np.array([0, .022 * wave(t, 4), .012 * wave(t, 4, .2)])
    left, right = pulse(t, .05, .55, .14), pulse(t, .30, .93, .14)
    open_left = blend(EXPLAIN, OPEN, .5 + .5 * wave(t, 2, .2))
    open_right = blend(EXPLAIN, OPEN, .5 + .5 * wave(t, 2, .65))
    put(p, 'L', blend(HANG, open_left, left), beat * left)
    put(p, 'R', blend(HANG, open_right, right), beat * right)
    mouth(p, t, 13)
    return blink(p, t, .22, .61, seconds=5)


def mouth(p, t, syllables):
    """Lips moving as in speech: an uneven series of openings."""
    level = .5 + .5 * wave(t, syllables)
    breath = .35 + .65 * (.5 + .5 * wave(t, 3, .1)) * (.6 + .4 * wave(t, 5, .3))
    return p.bend('jaw', 7.0 * max(0, level * breath))


def raise_hand(t):
    p = standing(t, .6)
    p.bend('shoulderR', 0, 0, -10)
    put(p, 'L', HANG)
    put(p, 'R', UP, (.006 * wave(t, 1, .3), .006 * wave(t), 0))
    p.bend('chest', 0, 0, 1.5)
    return blink(p, t, .3, .8)


def wave_hand(t):
    p = standing(t, .5, 2)
    p.bend('shoulderR', 0, 0, -7)
    put(p, 'L', HANG)
    swing = wave(t, 3)
    goal = (WAVE[0], np.array([.12 + .42 * swing, 1, .05]), WAVE[2], WAVE[3], WAVE[4])
    put(p, 'R', goal, (.045 * swing, -.01 * abs(swing), 0))
    p.bend('head', -1, -4, -2)
    return blink(p, t, .5, seconds=2)


def clapping(p, t, height, depth):
    """Both hands meet in front of the chest."""
    gap = .038 + .085 * (.5 - .5 * np.cos(TAU * 4 * t)) ** .8
    left = ((gap, height, depth), (-.34, .50, .78), (.15, .86, -.5), (.9, -.55, -.25), -8)
    right = ((gap, height - .012, depth - .006), (-.30, .34, .88), (.1, .9, -.35), (.9, -.55, -.25), -8)
    put(p, 'L', left)
    put(p, 'R', right)
    return p


def clap(t):
    p = standing(t, .4, 2)
    return blink(clapping(p, t, 1.165, .295), t, .4, seconds=2)


def nod(t):
    p = standing(t, .4, 2)
    for side in SIGN:
        put(p, side, HANG)
    p.bend('head', 9 * pulse(t, .05, .35, .13) + 7 * pulse(t, .42, .75, .13)).bend('neck', 3 * pulse(t, .05, .8, .3))
    return blink(p, t, .9, seconds=2)


def seated(t):
    """Upright on a seat of SEAT metres; the origin is on the floor under the hips."""
    p = Pose()
    p.hips = np.array([.004 * wave(t), SEAT + .103, .0])
    p.anchor = np.array([0, SEAT + .103, 0])
    p.bend('hips', -6).bend('spine', 5 + .4 * wave(t)).bend('chest', 1 + .9 * wave(t, 1, .05)).bend('neck', 3)
    p.bend('head', -3 + .8 * wave(t, 1, .3), 2.5 * wave(t, 1, .55))
    for side, sign in SIGN.items():
        ankle = np.array([sign * .125, JOINT['footL'][1], .40 + (.02 if side == 'L' else -.02)])
        p.leg(side, ankle, 0, sign * 7, (sign * .10, .6, .8))
    return p


def sit(t):
    p = seated(t)
    for side in SIGN:
        put(p, side, LAP, (0, .002 * wave(t), 0))
    return blink(p, t, .27, .72)


def sit_talk(t):
    p = seated(t)
    p.bend('head', 2 * wave(t, 3, .1), 6 * wave(t, 1, .1), 2 * wave(t, 2)).bend('chest', 1.5 * wave(t, 2), 3 * wave(t, 1, .15))
    down = np.array([.02, SEAT + .103 - REST[0][1] + .03, -.015])
    lift = lambda goal: (np.asarray(goal[0]) + down, *goal[1:])
    left, right = pulse(t, .05, .50, .14), pulse(t, .36, .93, .14)
    beat = np.array([0, .018 * wave(t, 4), .010 * wave(t, 4, .2)])
    put(p, 'L', blend(LAP, blend(lift(EXPLAIN), lift(OPEN), .5 + .5 * wave(t, 2, .2)), left), beat * left)
    put(p, 'R', blend(LAP, blend(lift(EXPLAIN), lift(OPEN), .5 + .5 * wave(t, 2, .65)), right), beat * right)
    mouth(p, t, 13)
    return blink(p, t, .22, .61, seconds=5)


def sit_raise_hand(t):
    p = seated(t)
    p.bend('shoulderR', 0, 0, -10).bend('chest', 0, 0, 1.5)
    put(p, 'L', LAP)
    put(p, 'R', UP, np.array([.006 * wave(t, 1, .3), SEAT + .103 - REST[0][1] + .006 * wave(t), .035]))
    return blink(p, t, .3, .8)


def sit_clap(t):
    p = seated(t)
    return blink(clapping(p, t, 1.165 + SEAT + .103 - REST[0][1] + .02, .31), t, .4, seconds=2)


# name: (function, seconds, loops, ground speed in m/s or None)
CLIPS = {
    'idle': (idle, 4.0, True, None), 'idle2': (idle2, 6.0, True, None),
    'walk': (gait.walk, gait.WALK.cycle, True, gait.WALK.speed), 'run': (gait.run, gait.RUN.cycle, True, gait.RUN.speed),
    'sit': (sit, 4.0, True, None), 'sitTalk': (sit_talk, 5.0, True, None), 'talk': (talk, 5.0, True, None),
    'raiseHand': (raise_hand, 4.0, True, None), 'sitRaiseHand': (sit_raise_hand, 4.0, True, None),
    'clap': (clap, 2.0, True, None), 'sitClap': (sit_clap, 2.0, True, None), 'wave': (wave_hand, 2.0, True, None),
    'nod': (nod, 2.0, False, None),
}


def sample(name):
    """(times (k,), quaternions (k,25,4), hips (k,3)); a looping clip's last frame equals its first."""
    make, seconds, _, _ = CLIPS[name]
    count = round(seconds * FPS)
    frames = [make(i / count if i < count else 0.0).frame_data() if CLIPS[name][2] else make(i / count).frame_data()
              for i in range(count + 1)]
    quats = np.array([q for q, _ in frames])
    for i in range(1, len(quats)):
        flip = (quats[i] * quats[i - 1]).sum(axis=1) < 0
        quats[i][flip] *= -1
    return np.arange(count + 1) / FPS, quats, np.array([h for _, h in frames])
