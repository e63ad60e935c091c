"""Renders the 360-degree picture of the pavilion's stand: first light over dunes, an oasis with its village, bare mountains behind.

    python3 dawn.py [--samples N] [--width N]

Writes ../panorama-dawn.webp, equirectangular, 2:1; its middle looks north (+Y), to the oasis. Blender units are metres.
"""
import argparse
import math
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]

import place  # noqa: E402,F401  (finds the shared modules)

import bpy  # noqa: E402
import numpy as np  # noqa: E402
from mathutils import Vector  # noqa: E402

import bake  # noqa: E402
import flora  # noqa: E402
from materials import Materials  # noqa: E402
from panorama import Graph, gradient_noise, ridged, smooth  # noqa: E402

AZIMUTH, ELEVATION = math.radians(72), math.radians(5.5)   # of the sun, from +Y clockwise
TO_SUN = (math.sin(AZIMUTH) * math.cos(ELEVATION), math.cos(AZIMUTH) * math.cos(ELEVATION), math.sin(ELEVATION))
OASIS = (20.0, 285.0, 190.0, 105.0)   # middle, half axes
LEVEL = -26.0                         # of the plain, the crest under the viewer being 0


def _dunes(x, y):
    """Height of the sand: barchanoid ridges across the wind, steep on their lee side, over long swells."""
    warp = 26 * gradient_noise(x / 120, y / 120, 3) + 9 * gradient_noise(x / 44, y / 44, 4)
    u = (0.86 * x + 0.50 * y + warp) / 74
    cell = u - np.floor(u)
    ridge = np.where(cell < 0.68, smooth(0, 0.68, cell) ** 1.15, 1 - smooth(0.68, 1.0, cell))
    strength = 0.40 + 0.60 * smooth(-0.28, 0.32, gradient_noise(x / 160 + 5, y / 160, 5))
    u2 = (0.60 * x - 0.80 * y + 14 * gradient_noise(x / 60, y / 60, 6)) / 31
    cell2 = u2 - np.floor(u2)
    small = np.where(cell2 < 0.7, smooth(0, 0.7, cell2), 1 - smooth(0.7, 1.0, cell2))
    swell = 11 * gradient_noise(x / 230, y / 230, 8)
    return 13.5 * ridge * strength + 2.0 * small * strength + swell


def height(x, y):
    """The ground: dunes round the viewer, the flat oasis to the north, mountains at the horizon."""
    d = np.hypot(x, y)
    cx, cy, a, b = OASIS
    plain = smooth(1.75, 1.05, np.hypot((x - cx) / a, (y - cy) / b))
    sand = _dunes(x, y) * (1 - plain) * (1 - 0.45 * smooth(500, 1400, d))
    base = LEVEL + 3.0 * gradient_noise(x / 400, y / 400, 9) * (1 - plain)
    # The crest one stands on: a long ridge through the origin.
    crest = np.exp(-((0.80 * x + 0.60 * y + 5 * gradient_noise(x / 40, y / 40, 12)) / 20) ** 2) * np.exp(-((-0.60 * x + 0.80 * y) / 95) ** 2)
    lee = smooth(3.0, -16.0, 0.80 * x + 0.60 * y)
    ground = base + sand
    ground = ground + crest * (1.0 - ground) * (0.90 + 0.10 * lee)
    far = smooth(1500, 2600, d)
    angle = np.degrees(np.arctan2(x, y))
    mass = 0.28 + 0.72 * np.exp(-(np.minimum(np.abs(angle - 8), 360 - np.abs(angle - 8)) / 62) ** 2)
    return ground * (1 - far) + far * (LEVEL + mass * 620 * ridged(x / 1500 + 0.8, y / 1500 + 2.1, 31, 9))


def ground():
    n, m = 1500, 620
    azimuth = np.linspace(-np.pi, np.pi, n)
    distance = np.concatenate([np.linspace(0.0, 0.9, 4), 1.0 * (4300.0) ** np.linspace(0, 1, m)])
    a, d = np.meshgrid(azimuth, distance)
    x, y = d * np.sin(a), d * np.cos(a)
    z = height(x, y)
    rows = len(distance)
    mesh = bpy.data.meshes.new('ground')
    mesh.vertices.add(rows * n)
    mesh.vertices.foreach_set('co', np.stack([x, y, z], -1).ravel())
    i = np.arange((rows - 1) * n).reshape(rows - 1, n)[:, :-1]
    faces = np.stack([i, i + n, i + n + 1, i + 1], -1).reshape(-1, 4)
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set('vertex_index', faces.ravel())
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set('loop_start', np.arange(0, faces.size, 4))
    mesh.update()
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    mesh.materials.append(_ground_material())
    bpy.context.scene.collection.objects.link(bpy.data.objects.new('ground', mesh))


def _air(g, surface, reach=2600.0):
    """Light scattered by the morning air, warmer towards the sun."""
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    clear = g.math('POWER', math.e, g.math('MULTIPLY', depth, -1.0 / reach))
    incoming = g.node('ShaderNodeNewGeometry').outputs['Incoming']
    toward = g.node('ShaderNodeVectorMath', {0: incoming, 1: tuple(-c for c in TO_SUN)}, operation='DOT_PRODUCT').outputs['Value']
    warm = g.ramp(toward, -0.3, 1.0)
    air = g.node('ShaderNodeEmission', {'Color': g.mix(warm, (0.33, 0.36, 0.50, 1), (0.98, 0.62, 0.36, 1)), 'Strength': 0.72})
    mixed = g.node('ShaderNodeMixShader', {0: g.math('SUBTRACT', 1.0, clear), 1: surface, 2: air.outputs[0]})
    g.tree.links.new(mixed.outputs[0], g.node('ShaderNodeOutputMaterial').inputs['Surface'])


def _ground_material():
    """Sand with wind ripples near the viewer; dry earth in the oasis; dark rock on the mountains."""
    material = bpy.data.materials.new('ground')
    material.use_nodes = True
    g = Graph(material.node_tree)
    geometry = g.node('ShaderNodeNewGeometry')
    position = geometry.outputs['Position']
    split = g.node('ShaderNodeSeparateXYZ', {0: position})
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    slope = g.node('ShaderNodeSeparateXYZ', {0: geometry.outputs['Normal']}).outputs['Z']
    bend = g.noise(position, 0.35, 3.0)
    lane = g.node('ShaderNodeVectorMath', {0: position, 1: (0.86, 0.50, 0.10)}, operation='DOT_PRODUCT').outputs['Value']
    phase = g.math('ADD', g.math('MULTIPLY', lane, 52.0), g.math('MULTIPLY', bend, 30.0))
    wave = g.math('ABSOLUTE', g.math('SINE', g.math('MULTIPLY', phase, 0.5)))
    grain = g.noise(position, 60.0, 2.0)
    relief = g.math('ADD', g.math('MULTIPLY', wave, -0.0085), g.math('MULTIPLY', grain, 0.003))
    patch = g.ramp(g.noise(position, 0.22, 2.0), 0.38, 0.62)
    fade = g.math('MULTIPLY', g.math('MULTIPLY', g.ramp(depth, 55.0, 6.0), g.ramp(slope, 0.80, 0.90)), g.math('ADD', 0.35, g.math('MULTIPLY', patch, 0.65)))
    bump = g.node('ShaderNodeBump', {'Height': relief, 'Strength': fade, 'Distance': 1.0}).outputs['Normal']
    tone = g.noise(position, 0.05, 4.0)
    sand = g.mix(tone, (0.56, 0.295, 0.130, 1), (0.66, 0.375, 0.175, 1))
    sand = g.mix(g.math('MULTIPLY', g.math('MULTIPLY', wave, 0.10), g.ramp(depth, 40.0, 4.0)), sand, (0.42, 0.21, 0.095, 1))
    sand = g.mix(g.math('MULTIPLY', grain, 0.10), sand, (0.30, 0.16, 0.08, 1))
    cx, cy, a, b = OASIS
    ox, oy = g.math('DIVIDE', g.math('SUBTRACT', split.outputs['X'], cx), a), g.math('DIVIDE', g.math('SUBTRACT', split.outputs['Y'], cy), b)
    inside = g.math('ADD', g.math('MULTIPLY', ox, ox), g.math('MULTIPLY', oy, oy))
    earth = g.mix(g.ramp(g.noise(position, 0.06), 0.45, 0.6), (0.23, 0.135, 0.075, 1), (0.11, 0.12, 0.045, 1))
    colour = g.mix(g.ramp(inside, 2.2, 1.0), sand, earth)
    rock = g.mix(g.noise(position, 0.012, 9.0), (0.10, 0.062, 0.050, 1), (0.23, 0.135, 0.095, 1))
    colour = g.mix(g.ramp(depth, 1700.0, 2400.0), colour, rock)
    shader = g.node('ShaderNodeBsdfDiffuse', {'Color': colour, 'Normal': bump, 'Roughness': 0.6})
    _air(g, shader.outputs[0])
    return material


def village(rng):
    """A fortified village of rammed earth: stacked flat-roofed houses inside a wall with corner towers that taper."""
    material = bpy.data.materials.new('earth')
    material.use_nodes = True
    g = Graph(material.node_tree)
    position = g.node('ShaderNodeNewGeometry').outputs['Position']
    tone = g.node('ShaderNodeObjectInfo').outputs['Random']
    colour = g.mix(g.math('ADD', g.math('MULTIPLY', tone, 0.6), g.math('MULTIPLY', g.noise(position, 0.6), 0.4)), (0.30, 0.155, 0.085, 1), (0.46, 0.26, 0.155, 1))
    _air(g, g.node('ShaderNodeBsdfDiffuse', {'Color': colour}).outputs[0])
    dark = bpy.data.materials.new('holes')
    dark.use_nodes = True
    h = Graph(dark.node_tree)
    _air(h, h.node('ShaderNodeBsdfDiffuse', {'Color': (0.03, 0.02, 0.015, 1)}).outputs[0])
    lamp = bpy.data.materials.new('lamps')
    lamp.use_nodes = True
    k = Graph(lamp.node_tree)
    k.tree.links.new(k.node('ShaderNodeEmission', {'Color': (1.0, 0.55, 0.22, 1), 'Strength': 3.2}).outputs[0], k.node('ShaderNodeOutputMaterial').inputs['Surface'])
    cx, cy = -28.0, 232.0
    for _ in range(88):
        x, y = cx + rng.uniform(-46, 46), cy + rng.uniform(-26, 34)
        rise = 7.0 * math.exp(-((x - cx) / 40) ** 2 - ((y - cy - 8) / 26) ** 2)
        w, l, t = rng.uniform(5, 10), rng.uniform(5, 10), rng.choice((4, 6.5, 9)) * rng.uniform(0.85, 1.15) + rise
        _tapered(x, y, w, l, t, material, 0.96, rng)
        for _ in range(rng.randrange(1, 5)):
            wx, wz = x + rng.uniform(-w / 3, w / 3), LEVEL + t * rng.uniform(0.45, 0.85)
            _cube((wx, y - l / 2 - 0.02, wz), (0.55, 0.2, 0.9), lamp if rng.random() < 0.14 else dark)
    for sx in (-1, 1):
        for sy in (-1, 1):
            tower_top = _tapered(cx + sx * 52, cy + 4 + sy * 38, 7.5, 7.5, 17, material, 0.78, rng)
            for q in (-1, 1):
                for p in (-1, 1):
                    _cube((cx + sx * 52 + q * 2.4, cy + 4 + sy * 38 + p * 2.4, LEVEL + tower_top + 0.6), (1.1, 1.1, 1.4), material)
            for level in (8.5, 11.5, 14):
                for q in (-1.4, 0, 1.4):
                    _cube((cx + sx * 52 + q, cy + 4 + sy * 38 - 3.35 + level * 0.045, LEVEL + level), (0.5, 0.5, 1.2), dark)
    for sy in (-1, 1):
        _cube((cx, cy + 4 + sy * 38, LEVEL + 3), (104, 1.6, 6.4), material)
    for sx in (-1, 1):
        _cube((cx + sx * 52, cy + 4, LEVEL + 3), (1.6, 76, 6.4), material)


def _cube(at, size, material):
    x, y, z = (s / 2 for s in size)
    points = [(i * x, j * y, k * z) for k in (-1, 1) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    mesh = bpy.data.meshes.new('cube')
    mesh.from_pydata(points, [], [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (3, 0, 4, 7), (1, 2, 6, 5)])
    mesh.materials.append(material)
    obj = bpy.data.objects.new('cube', mesh)
    obj.location = at
    bpy.context.scene.collection.objects.link(obj)


def _tapered(x, y, w, l, t, material, top, rng):
    points = [(i * w / 2 * k, j * l / 2 * k, z) for z, k in ((-3.0, 1.0), (t, top)) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    mesh = bpy.data.meshes.new('house')
    mesh.from_pydata(points, [], [(4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (3, 0, 4, 7), (1, 2, 6, 5)])
    mesh.materials.append(material)
    obj = bpy.data.objects.new('house', mesh)
    obj.location, obj.rotation_euler = (x, y, LEVEL), (0, 0, rng.uniform(-0.08, 0.08))
    bpy.context.scene.collection.objects.link(obj)
    return t


def trees(rng):
    """The palm grove round the village, and a few tamarisks at the foot of the dunes."""
    m = Materials()
    meshes = [flora.date_palm(m), flora.olive_tree(m)]
    _leafy(m.made['foliage'])
    cx, cy, a, b = OASIS
    placed = 0
    while placed < 1500:
        x, y = cx + a * rng.uniform(-1.15, 1.15), cy + b * rng.uniform(-1.15, 1.15)
        if np.hypot((x - cx) / a, (y - cy) / b) > 1.12 or (abs(x + 28) < 60 and -46 < y - 236 < 46):
            continue
        _tree(meshes[0] if rng.random() < 0.84 else meshes[1], x, y, rng.uniform(0.9, 1.5), rng)
        placed += 1
    for x, y, s in ((34, 62, 0.8), (40, 66, 0.7), (-52, 74, 0.85), (-60, 70, 0.7), (70, 118, 1.0), (-86, 138, 0.9), (16, 150, 1.0), (24, 156, 0.9)):
        _tree(meshes[1], x, y, s, rng)


def _tree(mesh, x, y, scale, rng):
    obj = bpy.data.objects.new('tree', mesh)
    z = float(height(np.array([x]), np.array([y]))[0])
    obj.location, obj.scale, obj.rotation_euler = (x, y, z - 0.15), (scale,) * 3, (0, 0, rng.uniform(0, 6.3))
    bpy.context.scene.collection.objects.link(obj)


def _leafy(material):
    tree = material.node_tree
    image = next(n.image for n in tree.nodes if n.type == 'TEX_IMAGE')
    g = Graph(tree)
    texture = g.node('ShaderNodeTexImage')
    texture.image = image
    vertex = g.node('ShaderNodeVertexColor', layer_name='Color')
    tint = g.mix(0.5, vertex.outputs['Color'], (0.62, 0.58, 0.46, 1))
    colour = g.node('ShaderNodeMix', {'Factor': 1.0, 'A': texture.outputs['Color'], 'B': tint}, data_type='RGBA', blend_type='MULTIPLY').outputs['Result']
    leaf = g.node('ShaderNodeBsdfDiffuse', {'Color': colour})
    cut = g.math('GREATER_THAN', texture.outputs['Alpha'], 0.4)
    mixed = g.node('ShaderNodeMixShader', {0: cut, 1: g.node('ShaderNodeBsdfTransparent').outputs[0], 2: leaf.outputs[0]})
    _air(g, mixed.outputs[0], 4200.0)


def heavens():
    """Apricot at the horizon, warmest about the sun, to deep blue overhead; thin bands of cloud lit from below."""
    world = bpy.data.worlds.new('sky')
    bpy.context.scene.world = world
    world.use_nodes = True
    g = Graph(world.node_tree)
    direction = g.node('ShaderNodeTexCoord').outputs['Generated']
    up = g.node('ShaderNodeSeparateXYZ', {0: direction}).outputs['Z']
    toward = g.node('ShaderNodeVectorMath', {0: direction, 1: TO_SUN}, operation='DOT_PRODUCT').outputs['Value']
    east = g.ramp(toward, -0.4, 1.0)
    low = g.mix(east, (0.42, 0.38, 0.48, 1), (1.15, 0.62, 0.27, 1))
    mid = g.mix(east, (0.26, 0.31, 0.50, 1), (0.74, 0.56, 0.44, 1))
    colour = g.mix(g.ramp(up, 0.0, 0.17), low, mid)
    colour = g.mix(g.ramp(up, 0.09, 0.55), colour, (0.115, 0.205, 0.43, 1))
    colour = g.mix(g.ramp(up, 0.45, 1.0), colour, (0.055, 0.115, 0.30, 1))
    plane = g.node('ShaderNodeVectorMath', {0: direction, 1: g.node('ShaderNodeCombineXYZ', {0: g.math('ADD', g.math('MAXIMUM', up, 0.0), 0.12),
                   1: g.math('ADD', g.math('MAXIMUM', up, 0.0), 0.12), 2: 1.0}).outputs[0]}, operation='DIVIDE')
    bands = g.node('ShaderNodeMapping', {'Vector': plane.outputs[0], 'Scale': (0.34, 0.95, 0), 'Rotation': (0, 0, 0.9)}).outputs[0]
    veil = g.math('MULTIPLY', g.ramp(g.noise(bands, 1.0, 8.0), 0.50, 0.78), g.ramp(up, 0.02, 0.14))
    lit = g.mix(east, (0.46, 0.37, 0.46, 1), (1.35, 0.72, 0.40, 1))
    colour = g.mix(g.math('MULTIPLY', veil, 0.62), colour, lit)
    glow = g.math('MULTIPLY', g.math('POWER', g.math('MAXIMUM', toward, 0.0), 90.0), 0.85)
    colour = g.mix(glow, colour, (2.0, 1.15, 0.52, 1))
    disc = g.ramp(toward, 0.99990, 0.99996)
    colour = g.mix(disc, colour, (9.0, 6.2, 3.4, 1))
    background = g.node('ShaderNodeBackground', {'Color': colour, 'Strength': 0.85})
    g.tree.links.new(background.outputs[0], g.node('ShaderNodeOutputWorld').inputs['Surface'])
    lamp = bpy.data.lights.new('sun', 'SUN')
    lamp.energy, lamp.angle, lamp.color = 5.2, 0.012, (1.0, 0.60, 0.32)
    obj = bpy.data.objects.new('sun', lamp)
    obj.rotation_euler = (-Vector(TO_SUN)).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(obj)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--samples', type=int, default=20)
    parser.add_argument('--width', type=int, default=4096)
    parser.add_argument('--out', default=os.path.join(HERE, '..', 'panorama-dawn.webp'))
    options = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    bake.configure(options.samples)
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces, scene.cycles.transparent_max_bounces = 3, 1, 10
    rng = random.Random(9)
    ground()
    village(rng)
    trees(rng)
    heavens()
    data = bpy.data.cameras.new('camera')
    camera = bpy.data.objects.new('camera', data)
    eye = float(height(np.array([0.0]), np.array([0.0]))[0]) + 1.75
    camera.location, camera.rotation_euler = (0, 0, eye), (math.pi / 2, 0, 0)
    data.type, data.clip_start, data.clip_end = 'PANO', 0.05, 20000
    data.panorama_type = 'EQUIRECTANGULAR'
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.resolution_x, scene.render.resolution_y = options.width, options.width // 2
    scene.view_settings.view_transform = 'AgX'
    scene.view_settings.look = 'AgX - Medium High Contrast'
    scene.view_settings.exposure = 0.35
    scene.render.image_settings.file_format = 'WEBP' if options.out.endswith('webp') else 'PNG'
    scene.render.image_settings.quality = 90
    scene.render.filepath = options.out
    bpy.ops.render.render(write_still=True)


if __name__ == '__main__':
    main()
