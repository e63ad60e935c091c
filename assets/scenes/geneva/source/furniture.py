"""Furniture prototypes: origin on the floor, front towards -Y, metres. Seats are 0.45 m high, tables 0.74 m."""
import math

from materials import TINT, srgb
from pieces import Piece

SEAT_BLUE = srgb('#5b7698')


def hall_seat(m):
    """A fixed delegate's seat: upholstered, oak shell, pedestal."""
    p = Piece('hall-seat', m)
    p.block((0.50, 0.48, 0.10), (0, -0.02, 0.405), 'fabric', SEAT_BLUE, 0.032, 2, (math.radians(-2), 0, 0))
    p.block((0.48, 0.09, 0.52), (0, 0.215, 0.715), 'fabric', SEAT_BLUE, 0.030, 2, (math.radians(-9), 0, 0))
    p.block((0.50, 0.022, 0.56), (0, 0.266, 0.70), 'oak', (1, 1, 1), 0.008, 1, (math.radians(-9), 0, 0), 0)
    p.block((0.46, 0.44, 0.02), (0, -0.01, 0.348), 'oak', TINT['walnut'], 0, 1, (math.radians(-2), 0, 0), 0)
    for s in (-1, 1):
        p.block((0.05, 0.34, 0.025), (s * 0.272, 0.03, 0.655), 'oak', (0.8, 0.76, 0.7), 0, 1, (0, 0, 0), 1)
        p.block((0.016, 0.07, 0.32), (s * 0.272, 0.13, 0.49), 'metal', TINT['bronze'], 0)
    p.turned([(0.035, 0.015), (0.035, 0.345)], (0, 0.0, 0), 'metal', TINT['bronze'], 8, False)
    p.turned([(0.155, 0.0), (0.155, 0.010), (0.035, 0.024)], (0, 0.0, 0), 'metal', TINT['bronze'], 10, False)
    return p.finish()


def conference_chair(m):
    """A swivel chair for the meeting rooms and the podium."""
    p = Piece('conference-chair', m)
    tone = srgb('#55585c')
    p.block((0.50, 0.48, 0.085), (0, -0.02, 0.41), 'fabric', tone, 0.034, 2, (math.radians(-2), 0, 0))
    p.block((0.47, 0.06, 0.30), (0, 0.232, 0.62), 'fabric', tone, 0.026, 2, (math.radians(-6), 0, 0))
    p.block((0.46, 0.055, 0.30), (0, 0.275, 0.87), 'fabric', tone, 0.026, 2, (math.radians(-12), 0, 0))
    for s in (-1, 1):
        p.block((0.05, 0.26, 0.024), (s * 0.275, 0.0, 0.655), 'oak', TINT['walnut'], 0.009, 1, (0, 0, 0), 1)
        p.tube([(s * 0.275, 0.09, 0.645), (s * 0.275, 0.12, 0.48), (s * 0.22, 0.10, 0.37)], 0.011, 'metal', TINT['steel'], 5)
    p.turned([(0.028, 0.10), (0.028, 0.37)], (0, 0, 0), 'metal', TINT['steel'], 10, False)
    p.turned([(0.045, 0.075), (0.05, 0.10), (0.03, 0.12)], (0, 0, 0), 'metal', TINT['steel'], 10)
    for i in range(5):
        a = 2 * math.pi * i / 5 + math.pi / 2
        c, s = math.cos(a), math.sin(a)
        p.tube([(0.03 * c, 0.03 * s, 0.098), (0.28 * c, 0.28 * s, 0.068)], [0.024, 0.013], 'metal', TINT['steel'], 5)
        p.turned([(0.020, 0.0), (0.027, 0.03), (0.016, 0.06)], (0.28 * c, 0.28 * s, 0), 'metal',
                 TINT['dark'], 6, False)
    return p.finish()


def sofa(m, seats=3, name='sofa', tone='sand'):
    """A lounge sofa on metal legs: oak frame, seat and back cushions."""
    p = Piece(name, m)
    w = 0.66 * seats
    half = w / 2
    p.block((w + 0.26, 0.86, 0.05), (0, 0, 0.165), 'oak', TINT['walnut'], 0.012, 2, (0, 0, 0), 0)
    for i in range(seats):
        x = -half + 0.66 * (i + 0.5)
        p.block((0.652, 0.66, 0.17), (x, -0.085, 0.285), 'fabric', TINT[tone], 0.045, 2)
        p.block((0.65, 0.60, 0.11), (x, -0.105, 0.392), 'fabric', TINT[tone], 0.045, 2)
        p.block((0.64, 0.17, 0.40), (x, 0.235, 0.605), 'fabric', TINT[tone], 0.065, 3, (math.radians(-12), 0, 0))
    p.block((w + 0.26, 0.10, 0.50), (0, 0.375, 0.44), 'fabric', TINT[tone], 0.04, 3)
    for s in (-1, 1):
        p.block((0.13, 0.84, 0.40), (s * (half + 0.065), -0.005, 0.39), 'fabric', TINT[tone], 0.045, 3)
        for y in (-0.34, 0.34):
            p.turned([(0.014, 0), (0.02, 0.14)], (s * (half - 0.02), y, 0), 'metal', TINT['bronze'], 8, False)
    return p.finish()


def armchair(m):
    """A tub armchair: round shell of cushions, turned legs."""
    p = Piece('armchair', m)
    tone = TINT['cognac']
    p.block((0.60, 0.60, 0.13), (0, -0.03, 0.385), 'fabric', tone, 0.05, 3)
    p.block((0.64, 0.62, 0.08), (0, 0.0, 0.285), 'fabric', tone, 0.03, 2)
    n = 7
    for i in range(n):
        a = math.radians(-118 + 236 * i / (n - 1))
        x, y = 0.345 * math.sin(a), 0.04 + 0.325 * math.cos(a)
        height = 0.46 - 0.15 * (abs(i - 3) / 3) ** 1.5
        p.block((0.335 if i in (2, 3, 4) else 0.30, 0.085, height), (x, y, 0.25 + height / 2), 'fabric', tone, 0.036, 2,
                (math.radians(-6) if i in (2, 3, 4) else 0, 0, -a))
    for sx in (-1, 1):
        for sy in (-1, 1):
            p.tube([(sx * 0.27, sy * 0.25, 0.0), (sx * 0.23, sy * 0.21, 0.26)], [0.011, 0.018], 'oak', TINT['walnut'], 8)
    return p.finish()


def coffee_table(m):
    """A round oak table, 0.9 m across, on a turned foot."""
    p = Piece('coffee-table', m)
    p.turned([(0.43, 0.365), (0.45, 0.378), (0.45, 0.392), (0.442, 0.40)], (0, 0, 0), 'oak', (0.95, 0.92, 0.88), 36)
    p.turned([(0.27, 0.0), (0.27, 0.012), (0.08, 0.03), (0.05, 0.08), (0.045, 0.30), (0.20, 0.366)], (0, 0, 0), 'metal',
             TINT['bronze'], 24, False)
    p.turned([(0.10, 0.40), (0.115, 0.415), (0.118, 0.445), (0.108, 0.44), (0.10, 0.425)], (0.12, -0.1, 0), 'satin', TINT['white'], 14)
    p.block((0.21, 0.28, 0.012), (-0.14, 0.08, 0.407), 'satin', srgb('#38586f'), 0.003, 1, (0, 0, 0.4))
    p.block((0.20, 0.27, 0.010), (-0.13, 0.085, 0.418), 'satin', srgb('#d9d2c2'), 0.003, 1, (0, 0, 0.2))
    return p.finish()


def side_table(m):
    """A small pedestal table, 0.5 m high."""
    p = Piece('side-table', m)
    p.turned([(0.215, 0.478), (0.225, 0.486), (0.225, 0.496), (0.219, 0.50)], (0, 0, 0), 'satin', TINT['white'], 24)
    p.turned([(0.15, 0), (0.15, 0.010), (0.016, 0.022), (0.014, 0.478)], (0, 0, 0), 'metal', TINT['bronze'], 16, False)
    return p.finish()


def floor_lamp(m, glow):
    """A lamp with a linen drum shade 1.6 m above the floor."""
    p = Piece('floor-lamp', m)
    p.turned([(0.15, 0), (0.15, 0.014), (0.03, 0.026), (0.011, 0.04), (0.011, 1.36)], (0, 0, 0), 'metal', TINT['bronze'], 16, False)
    p.turned([(0.215, 1.30), (0.185, 1.62)], (0, 0, 0), glow, (1, 1, 1), 24, False)
    p.turned([(0.180, 1.61), (0.02, 1.60)][::-1], (0, 0, 0), glow, (1, 1, 1), 24, False)
    return p.finish()


def pendant(m, glow, drop=1.55):
    """A glass globe that hangs `drop` metres below its origin (on the ceiling)."""
    p = Piece('pendant', m)
    p.tube([(0, 0, 0), (0, 0, -drop + 0.14)], 0.006, 'metal', TINT['dark'], 5)
    p.turned([(0.045, -drop + 0.10), (0.045, -drop + 0.15), (0.012, -drop + 0.17)], (0, 0, 0), 'metal', TINT['bronze'], 12)
    globe = [(max(0.004, 0.13 * math.sin(math.pi * k / 10)), -drop - 0.13 * math.cos(math.pi * k / 10)) for k in range(10)]
    p.turned(globe, (0, 0, 0), glow, (1, 1, 1), 18, False)
    return p.finish(ground=False)


def bar_stool(m):
    """A counter stool, seat 0.72 m high."""
    p = Piece('bar-stool', m)
    p.turned([(0.175, 0.665), (0.19, 0.68), (0.19, 0.715), (0.175, 0.73)], (0, 0, 0), 'fabric', TINT['cognac'], 20)
    p.turned([(0.20, 0), (0.20, 0.010), (0.03, 0.026), (0.022, 0.05), (0.022, 0.67)], (0, 0, 0), 'metal', TINT['bronze'], 18, False)
    ring = [(0.15 * math.cos(a), 0.15 * math.sin(a), 0.28) for a in [2 * math.pi * i / 12 for i in range(13)]]
    p.tube(ring, 0.009, 'metal', TINT['bronze'], 5)
    p.tube([(-0.15, 0, 0.28), (0.15, 0, 0.28)], 0.008, 'metal', TINT['bronze'], 5)
    return p.finish()


def microphone(m):
    """A delegate's unit: console and gooseneck; origin on the desk top."""
    p = Piece('microphone', m)
    p.block((0.17, 0.11, 0.028), (0, 0, 0.014), 'satin', TINT['black'])
    p.tube([(0, -0.02, 0.026), (0, -0.03, 0.15), (0, 0.06, 0.27)], 0.006, 'satin', TINT['black'], 4)
    p.tube([(0, 0.055, 0.267), (0, 0.10, 0.292)], 0.011, 'satin', TINT['black'], 5)
    return p.finish()
