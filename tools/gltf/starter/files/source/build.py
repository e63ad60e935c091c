"""Builds the starter scene, a pavilion in a garden, and exports it to build/scene.glb.

    blender --background --python build.py        with Blender 3.4 or later
    python3 build.py                              with Blender as a Python module (bpy)

Then, in the repository: npm run scene -- bake FOLDER, and npm run scene -- pack FOLDER.
Change anything. `venue` properties say what things are: see tools/gltf/README.md.
"""
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bpy  # noqa: E402

import pictures  # noqa: E402
from kit import Shape, body, mark, material, put, rng  # noqa: E402

HALF_X, FRONT, BACK = 5.5, -3.5, 4.5  # inside of the pavilion
HEIGHT, WALL = 3.2, 0.25
TABLE = (0.0, 0.7)
STEP = 0.35  # cells of walls and floors, metres: the finer, the sharper the baked light


def materials():
    return {
        'wood': material('wood', roughness=0.55, picture=pictures.wood()),
        'paving': material('paving', roughness=0.85, picture=pictures.paving()),
        'grass': material('grass', roughness=1.0, picture=pictures.grass()),
        'weave': material('weave', roughness=0.95, picture=pictures.weave()),
        'plaster': material('plaster', '#ece5d8', 0.9),
        'dark': material('dark', '#3a3a3c', 0.45, 0.6),
        'clay': material('clay', '#b5694a', 0.75),
        'glaze': material('glaze', '#1f5f74', 0.18),
        'leaf': material('leaf', '#5d8a3f', 0.7, both_sides=True),
        'crown': material('crown', '#6f9148', 0.95),
        'bark': material('bark', '#6d5440', 0.95),
        'hill': material('hill', '#8aa08f', 1.0),
        'glass': material('glass', '#dfeef2', 0.05, opacity=0.16, both_sides=True),
        'sky': material('sky', roughness=1.0, glow='#ffffff', picture=pictures.sky(), both_sides=True),
        'screen': material('screen', glow='#ffffff', picture=pictures.welcome()),
    }


def floors(m):
    ground = Shape('ground')
    ground.sheet(m['wood'], (-HALF_X, FRONT, 0), (2 * HALF_X, 0, 0), (0, BACK - FRONT, 0), STEP)
    # Paving round the house, in four strips, and a path to the gate.
    for x0, y0, x1, y1 in ((-8, -9.5, 8, FRONT - WALL), (-8, FRONT - WALL, -HALF_X - WALL, 6.5), (HALF_X + WALL, FRONT - WALL, 8, 6.5), (-HALF_X - WALL, BACK + WALL, HALF_X + WALL, 6.5), (-1.5, -16, 1.5, -9.5)):
        ground.sheet(m['paving'], (x0, y0, 0), (x1 - x0, 0, 0), (0, y1 - y0, 0), STEP)
    ground.sheet(m['wood'], (-1.2, FRONT - WALL, 0), (2.4, 0, 0), (0, WALL, 0), STEP)
    for low, high in (((-8, -9.5, -0.15), (8, 6.5, 0)), ((-1.5, -16, -0.15), (1.5, -9.5, 0))):
        ground.box(m['paving'], low, high, skip='tb')
    ground.place()
    Shape('lawn').disc(m['grass'], (0, -3, -0.12), 90, 48, 24, tile=2.5).place()
    walk = Shape('walk')
    walk.sheet(m['wood'], (-8, -9.5, 0), (16, 0, 0), (0, 16, 0)).sheet(m['wood'], (-1.5, -16, 0), (3, 0, 0), (0, 6.5, 0))
    walk.place()['venue'] = {'kind': 'walkable'}


def walls(m):
    house = Shape('house')
    low_x, high_x, y0, y1 = -HALF_X - WALL, HALF_X + WALL, FRONT - WALL, BACK + WALL
    cells = {'step': STEP, 'skip': 'tb'}
    house.box(m['plaster'], (low_x, BACK, 0), (high_x, y1, HEIGHT), **cells)
    for x0, x1 in ((low_x, -HALF_X), (HALF_X, high_x)):
        house.box(m['plaster'], (x0, y0, 0), (x1, -1.6, HEIGHT), **cells)
        house.box(m['plaster'], (x0, 2.6, 0), (x1, BACK, HEIGHT), step=STEP, skip='tbn')
        house.box(m['plaster'], (x0, -1.6, 0), (x1, 2.6, 0.8), step=STEP, skip='bsn')
        house.box(m['plaster'], (x0, -1.6, 2.6), (x1, 2.6, HEIGHT), step=STEP, skip='tsn')
        frame(house, m, x0 + 0.1, (-1.6, 2.6), (0.8, 2.6))
    # The front: posts, a low wall and glass on both sides of the doorway.
    for side in (-1, 1):
        a, b = sorted((side * 1.2, side * HALF_X))
        house.box(m['plaster'], (a, y0, 0), (b, FRONT, 0.4), step=STEP, skip='bew')
        house.box(m['wood'], (a, y0 + 0.02, 0.4), (b, FRONT - 0.02, 0.44), step=STEP, skip='bew', along='x')
        for i in range(4):
            x = side * (1.2 + i * (HALF_X - 1.2) / 3)
            house.box(m['dark'], (x - 0.05, y0 + 0.05, 0.0 if i == 0 else 0.44), (x + 0.05, FRONT - 0.05, 2.7), skip='tb', step=0.6)
        pane = Shape(f'pane-{side}').sheet(m['glass'], (a, FRONT - 0.12, 0.44), (b - a, 0, 0), (0, 0, 2.26))
        pane.place()
        body(f'block-front-{side}', (a, y0, 0), (b, FRONT, 1.2), kind='obstacle')
        body(f'block-side-{side}', *sorted(((side * HALF_X, y0, 0), (side * (HALF_X + WALL), y1, 1.2))), kind='obstacle')
    house.box(m['plaster'], (-HALF_X, y0, 2.7), (HALF_X, FRONT, HEIGHT), step=STEP, skip='tew')
    body('block-back', (low_x, BACK, 0), (high_x, y1, 1.2), kind='obstacle')
    house.place()


def frame(house, m, x, y, z):
    """A dark frame with a mullion, and glass, in a side window."""
    for y0, y1, z0, z1 in ((y[0], y[0] + 0.06, *z), (y[1] - 0.06, y[1], *z), (*y, z[0], z[0] + 0.06), (*y, z[1] - 0.06, z[1]), (0.47, 0.53, *z)):
        house.box(m['dark'], (x - 0.03, y0, z0), (x + 0.03, y1, z1), step=1.0)
    Shape(f'pane-{x:.1f}').sheet(m['glass'], (x, y[0], z[0]), (0, y[1] - y[0], 0), (0, 0, z[1] - z[0])).place()


def roof(m):
    """A flat roof with eaves, and a skylight over the table."""
    top = Shape('roof')
    low, high, hole = (-6.9, -5.4), (6.9, 5.9), (-1.1, -0.4, 1.1, 1.8)
    rects = ((low[0], low[1], high[0], hole[1]), (low[0], hole[3], high[0], high[1]), (low[0], hole[1], hole[0], hole[3]), (hole[2], hole[1], high[0], hole[3]))
    for x0, y0, x1, y1 in rects:
        top.sheet(m['wood'], (x0, y1, HEIGHT), (x1 - x0, 0, 0), (0, y0 - y1, 0), STEP)
        top.sheet(m['plaster'], (x0, y0, HEIGHT + 0.3), (x1 - x0, 0, 0), (0, y1 - y0, 0), 2.0)
    top.box(m['dark'], (*low, HEIGHT), (*high, HEIGHT + 0.3), skip='tb', step=2.0)
    for o, u in (((hole[0], hole[1]), (0, hole[3] - hole[1])), ((hole[2], hole[3]), (0, hole[1] - hole[3])), ((hole[2], hole[1]), (hole[0] - hole[2], 0)), ((hole[0], hole[3]), (hole[2] - hole[0], 0))):
        top.sheet(m['plaster'], (*o, HEIGHT), (*u, 0), (0, 0, 0.3), STEP)
    for i in range(9):
        y = FRONT + 0.45 + i * 0.9
        if hole[1] - 0.1 < y < hole[3] + 0.1:
            continue
        top.box(m['wood'], (-HALF_X, y - 0.05, HEIGHT - 0.16), (HALF_X, y + 0.05, HEIGHT), skip='tew', step=STEP, along='x')
    top.place()


def furniture(m):
    x, y = TABLE
    table = Shape('table')
    table.turned(m['wood'], [(1.0, 0.70), (1.02, 0.715), (1.02, 0.735), (1.0, 0.75)], (x, y, 0), 40)
    table.disc(m['wood'], (x, y, 0.75), 1.0, 40, 4)
    table.turned(m['wood'], [(0.0, 0.70), (1.0, 0.70)], (x, y, 0), 40)
    table.turned(m['dark'], [(0.42, 0.0), (0.42, 0.03), (0.1, 0.07), (0.07, 0.2), (0.07, 0.70)], (x, y, 0), 24)
    table.place()
    body('block-table', (x - 0.75, y - 0.75, 0), (x + 0.75, y + 0.75, 0.75), kind='obstacle')
    rug = Shape('rug')
    rug.disc(m['weave'], (x, y, 0.012), 2.3, 48, 5, tile=0.35).turned(m['weave'], [(2.31, 0.0), (2.3, 0.012)], (x, y, 0), 48)
    rug.place()
    chair = chair_mesh(m)
    for i in range(6):
        turn = 60 * i
        a = math.radians(turn)
        at = (x + 1.45 * math.sin(a), y + 1.45 * math.cos(a), 0)
        # A chair at turn 0 stands behind the table and looks along -Y, at it.
        put(f'chair-{i + 1}', chair, at, -turn)
        mark(f'seat-{i + 1}', at, -turn, kind='seat', id=f'table-{i + 1}', height=0.45)
    bench = Shape('bench')
    bench.box(m['wood'], (4.55, -1.2, 0.39), (5.05, 2.2, 0.45), step=STEP, along='y')
    for y0 in (-0.9, 1.8):
        bench.box(m['dark'], (4.62, y0, 0), (4.98, y0 + 0.08, 0.39), skip='tb')
    bench.place()
    for i in range(3):
        mark(f'bench-seat-{i + 1}', (4.78, -0.6 + i * 1.1, 0), -90, kind='seat', id=f'bench-{i + 1}', height=0.45)
    lamp = Shape('lamp').turned(material('lamp', glow='#ffdcae'), [(0.16, 0.0), (0.2, 0.06), (0.16, 0.13)], (0, 0, 0), 24)
    lamp.turned(m['dark'], [(0.16, 0.13), (0.012, 0.17), (0.012, 0.75)], (0, 0, 0), 16)
    shared = lamp.mesh()
    for i, (lx, ly) in enumerate(((-3.4, 0.7), (3.0, 0.7))):
        put(f'lamp-{i + 1}', shared, (lx, ly, 2.3))


def chair_mesh(m):
    """A chair that looks along -Y, its seat 0.45 m high over its origin."""
    chair = Shape('chair')
    chair.box(m['wood'], (-0.23, -0.22, 0.41), (0.23, 0.22, 0.43), step=0.25, along='y')
    chair.box(m['weave'], (-0.21, -0.21, 0.43), (0.21, 0.2, 0.455), skip='b', step=0.25, tile=0.35)
    for x in (-0.21, 0.17):
        chair.box(m['wood'], (x, -0.21, 0), (x + 0.04, -0.17, 0.41), skip='t', step=0.25)
        chair.box(m['wood'], (x, 0.17, 0), (x + 0.04, 0.21, 0.86), step=0.25)
    chair.box(m['weave'], (-0.19, 0.175, 0.58), (0.19, 0.2, 0.84), step=0.25, tile=0.35)
    return chair.mesh()


def plants(m):
    pot = Shape('plant')
    pot.turned(m['clay'], [(0.17, 0.0), (0.24, 0.38), (0.26, 0.42), (0.22, 0.42), (0.21, 0.36), (0.0, 0.36)], (0, 0, 0), 20)
    for i in range(26):
        pot.leaf(m['leaf'], (0.05 * math.cos(i * 2.4), 0.05 * math.sin(i * 2.4), 0.36), i * 2.4, 0.55 + 0.02 * i, 0.11, 1.9 - 0.05 * i, 1.1 - 0.01 * i)
    shared = pot.mesh()
    for i, (x, y) in enumerate(((-4.9, 3.9), (4.9, 3.9), (-1.9, -4.3), (1.9, -4.3), (-4.9, -2.9), (7.2, -8.7), (-7.2, -8.7))):
        put(f'plant-{i + 1}', shared, (x, y, 0), 47 * i, 1.0 + 0.06 * (i % 3))
        body(f'block-plant-{i + 1}', (x - 0.22, y - 0.22, 0), (x + 0.22, y + 0.22, 0.5), kind='obstacle')
    tree = Shape('tree')
    tree.turned(m['bark'], [(0.24, -0.15), (0.17, 0.5), (0.13, 2.2), (0.05, 3.4)], (0, 0, 0), 10)
    for i in range(9):
        a = i * 2.4
        tree.blob(m['crown'], (0.85 * math.cos(a) * (1 - i / 14), 0.85 * math.sin(a) * (1 - i / 14), 2.5 + 0.23 * i), (0.95 - 0.04 * i, 0.95 - 0.04 * i, 0.72), 0.13)
    grove = tree.mesh()
    for i, (x, y) in enumerate(((-11, 3), (-13, -6), (-10.5, -13), (11, 4), (12.5, -5), (10, -14), (-5, 12), (4, 13.5), (14, 12), (-15, 11), (-19, -15), (20, -12), (-6.5, -21), (7, -22))):
        put(f'tree-{i + 1}', grove, (x, y, 0), 73 * i, 0.9 + 0.17 * (i % 4))
    bush = Shape('bush')
    for i in range(4):
        bush.blob(m['crown'], (0.5 * i - 0.75, rng.uniform(-0.1, 0.1), 0.28), (0.45, 0.4, 0.42), 0.12)
    hedge = bush.mesh()
    for i in range(20):
        side, k = (-1, 1)[i % 2], i // 2
        put(f'bush-{i + 1}', hedge, (side * 2.5, -10.4 - k * 1.9, -0.1) if k < 3 else (side * 8.9, -8.5 + (k - 3) * 2.1, -0.1), 90 + 12 * (i % 3), 1.0)


def surroundings(m):
    hills = Shape('hills')
    for i in range(16):
        a = 2 * math.pi * i / 16
        hills.blob(m['hill'], (105 * math.cos(a), 105 * math.sin(a), -2), (34, 34, 8 + 7 * ((i * 5) % 7) / 7), 0.05)
    hills.place()
    dome = Shape('sky')
    rings, sides, radius = 12, 32, 150.0
    profile = [(radius * math.cos(math.radians(e)), radius * math.sin(math.radians(e))) for e in (-8, 0, 4, 9, 15, 22, 30, 40, 52, 66, 80, 90)][:rings]
    dome.turned(m['sky'], profile, (0, 0, 0), sides)
    # Once round the picture; its rows by the sine of the height, as it was painted.
    dome.uvs = [(k / sides, (height / radius + 1) / 2) for _, height in profile for k in range(sides + 1)]
    dome.place()


def gate(m):
    """The way to another scene, at the end of the path."""
    arch = Shape('gate')
    for side in (-1, 1):
        arch.box(m['wood'], (side * 1.25 - 0.14, -15.14, 0), (side * 1.25 + 0.14, -14.86, 2.7), skip='b', step=0.5)
        body(f'block-gate-{side}', (side * 1.25 - 0.14, -15.14, 0), (side * 1.25 + 0.14, -14.86, 1.2), kind='obstacle')
    arch.box(m['wood'], (-1.75, -15.16, 2.7), (1.75, -14.84, 2.92), step=0.5, along='x')
    arch.box(m['dark'], (-1.55, -15.08, 2.3), (1.55, -14.92, 2.38), step=0.5)
    arch.place()
    mark('link-geneva', (0, -14.6, 0), 180, kind='link', id='to-geneva', to='geneva', radius=1.5)


def exhibit(m):
    stand = Shape('plinth').box(m['plaster'], (-4.25, 2.3, 0), (-3.75, 2.8, 0.95), skip='b', step=0.25)
    stand.place()
    body('block-plinth', (-4.25, 2.3, 0), (-3.75, 2.8, 0.95), kind='obstacle')
    profile = [(0.0, 0.0), (0.09, 0.0), (0.13, 0.06), (0.17, 0.18), (0.155, 0.30), (0.085, 0.42), (0.055, 0.47), (0.06, 0.52), (0.095, 0.56), (0.08, 0.555), (0.045, 0.50)]
    Shape('vase').turned(m['glaze'], profile, (-4.0, 2.55, 0.95), 32).place()
    mark('exhibit-vase', (-3.1, 1.6, 0), 135 + 90, kind='exhibit', id='vase', node='vase')


def marks(m):
    screen = Shape('screen').sheet(m['screen'], (-1.6, BACK - 0.06, 0.95), (3.2, 0, 0), (0, 0, 1.8))
    screen.uvs = [((x + 1.6) / 3.2, (z - 0.95) / 1.8) for x, _, z in screen.points]
    screen.place()['venue'] = {'kind': 'screen', 'id': 'main'}
    Shape('screen-frame').box(m['dark'], (-1.66, BACK - 0.05, 0.89), (1.66, BACK, 2.81), skip='n').place()
    body('space-pavilion', (-HALF_X - WALL, FRONT - WALL, 0), (HALF_X + WALL, BACK + WALL, HEIGHT), kind='space', id='pavilion', reverb=0.25,
         openings=[{'to': 'garden', 'lossDecibels': 9}])
    body('space-garden', (-14, -18, 0), (14, 10, 8), kind='space', id='garden', reverb=0.0)
    body('zone-terrace', (-8, -9.5, 0), (8, FRONT - WALL, 3), kind='zone', id='terrace')
    mark('door', (0, FRONT - WALL / 2, 0), 180, kind='door', id='doorway', width=2.4)
    # Arriving, one looks at the house: a mark looks along -Y, so it is turned round.
    mark('spawn-path', (0, -11.5, 0), 180, kind='spawn', id='arrival')
    mark('spawn-left', (-2.2, -8, 0), 180, kind='spawn', id='arrival-left')
    mark('spawn-right', (2.2, -8, 0), 180, kind='spawn', id='arrival-right')
    mark('place-table', (0, -1.6, 0), 180, kind='place', id='round-table')
    mark('place-terrace', (0, -6, 0), 0, kind='place', id='outlook')


def light():
    """A sun, which the venue's `bake` turns into vertex colours."""
    sun = bpy.data.lights.new('sun', 'SUN')
    sun.energy, sun.color, sun.angle = 3.4, (1.0, 0.94, 0.84), 0.01
    made = bpy.data.objects.new('sun', sun)
    made.rotation_euler = (math.radians(42), 0, math.radians(-38))
    bpy.context.scene.collection.objects.link(made)


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    m = materials()
    for part in (floors, walls, roof, furniture, plants, surroundings, gate, exhibit, marks):
        part(m)
    light()
    folder = os.path.join(HERE, 'build')
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, 'scene.glb')
    bpy.ops.export_scene.gltf(filepath=path, export_format='GLB', export_yup=True, export_extras=True, export_lights=True, export_cameras=False, export_animations=False)
    print(f'exported {path}: {os.path.getsize(path) / 1e6:.1f} MB', flush=True)


main()
