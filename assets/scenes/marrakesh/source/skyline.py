"""Renders the view beyond the walls: a palm grove, the flat roofs of the medina, a square tower, and the snow of the High Atlas behind.

    python3 skyline.py [--samples N] [--width N]

Writes skyline.webp (sRGB), which spans backdrop.LEFT..RIGHT in azimuth and backdrop.LOW..HIGH in elevation. Blender units are metres; the
mountains stand nearer and lower than in truth, with their true outline in the eye.
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

import backdrop  # noqa: E402
import bake  # noqa: E402
import flora  # noqa: E402
import sun  # noqa: E402
from materials import Materials, srgb  # noqa: E402
from panorama import Graph, gradient_noise, ridged, smooth  # noqa: E402

AIR = (0.66, 0.74, 0.86)
GROUND = -7.5   # the square stands a little above the town


def _haze(g, surface, reach, strength=0.95):
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    clear = g.math('POWER', math.e, g.math('MULTIPLY', depth, -1.0 / reach))
    air = g.node('ShaderNodeEmission', {'Color': (*AIR, 1), 'Strength': strength})
    mixed = g.node('ShaderNodeMixShader', {0: g.math('SUBTRACT', 1.0, clear), 1: surface, 2: air.outputs[0]})
    g.tree.links.new(mixed.outputs[0], g.node('ShaderNodeOutputMaterial').inputs['Surface'])


def _sheet(name, x, y, z, material):
    m, n = x.shape
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(m * n)
    mesh.vertices.foreach_set('co', np.stack([x, y, z], -1).ravel())
    i = np.arange((m - 1) * n).reshape(m - 1, n)[:, :-1]
    faces = np.stack([i, i + 1, i + n + 1, i + n], -1).reshape(-1, 4)
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set('vertex_index', faces.ravel())
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set('loop_start', np.arange(0, faces.size, 4))
    mesh.update()
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    mesh.materials.append(material)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new(name, mesh))


def mountains():
    """A foot of dry hills and the range behind it, as a fan."""
    azimuth = np.radians(np.linspace(-96, 96, 1500))
    distance = 1600 * (6200 / 1600) ** np.linspace(0, 1, 240)
    a, d = np.meshgrid(azimuth, distance)
    x, y, deg = d * np.sin(a), d * np.cos(a), np.degrees(a)
    hills = smooth(1600, 2300, d) * (1 - smooth(2900, 3400, d)) * (30 + 90 * ridged(x / 700, y / 700, 7, 7))
    massif = 0.56 + 0.40 * np.exp(-((deg - 27) / 20) ** 2) + 0.28 * np.exp(-((deg + 12) / 16) ** 2) + 0.25 * np.exp(-((deg + 55) / 20) ** 2) + 0.1 * gradient_noise(deg / 9, deg * 0 + 4, 3)
    far = smooth(3300, 5000, d) * massif * (190 + 900 * ridged(x / 1500 + 2.2, y / 1500 + 0.7, 21, 9))
    material = bpy.data.materials.new('range')
    material.use_nodes = True
    g = Graph(material.node_tree)
    geometry = g.node('ShaderNodeNewGeometry')
    position, normal = geometry.outputs['Position'], geometry.outputs['Normal']
    height = g.node('ShaderNodeSeparateXYZ', {0: position}).outputs['Z']
    slope = g.node('ShaderNodeSeparateXYZ', {0: normal}).outputs['Z']
    rough = g.noise(position, 0.008)
    rock = g.mix(rough, (0.10, 0.075, 0.07, 1), (0.22, 0.165, 0.14, 1))
    rock = g.mix(g.ramp(height, 60.0, 200.0), g.mix(rough, (0.28, 0.19, 0.12, 1), (0.20, 0.17, 0.10, 1)), rock)
    line = g.math('ADD', height, g.math('MULTIPLY', g.math('SUBTRACT', rough, 0.5), 320.0))
    snow = g.math('MULTIPLY', g.ramp(line, 330.0, 520.0), g.ramp(slope, 0.40, 0.60))
    shader = g.node('ShaderNodeBsdfDiffuse', {'Color': g.mix(snow, rock, (0.58, 0.61, 0.67, 1))})
    _haze(g, shader.outputs[0], 8600.0, 0.9)
    _sheet('range', x, y, hills + far - 12, material)


def plain_ground():
    azimuth = np.radians(np.linspace(-100, 100, 200))
    distance = 20 * (1800 / 20) ** np.linspace(0, 1, 120)
    a, d = np.meshgrid(azimuth, distance)
    material = bpy.data.materials.new('ground')
    material.use_nodes = True
    g = Graph(material.node_tree)
    position = g.node('ShaderNodeNewGeometry').outputs['Position']
    colour = g.mix(g.ramp(g.noise(position, 0.03), 0.42, 0.6), (0.24, 0.15, 0.09, 1), (0.10, 0.13, 0.04, 1))
    colour = g.mix(g.noise(position, 0.6), colour, (0.30, 0.20, 0.12, 1))
    _haze(g, g.node('ShaderNodeBsdfDiffuse', {'Color': colour}).outputs[0], 3800.0)
    _sheet('ground', d * np.sin(a), d * np.cos(a), GROUND + 0 * d, material)


def _wall_material():
    material = bpy.data.materials.new('walls')
    material.use_nodes = True
    g = Graph(material.node_tree)
    position = g.node('ShaderNodeNewGeometry').outputs['Position']
    tone = g.node('ShaderNodeObjectInfo').outputs['Random']
    colour = g.mix(tone, (0.50, 0.24, 0.14, 1), (0.66, 0.40, 0.25, 1))
    colour = g.mix(g.math('MULTIPLY', g.noise(position, 0.5), 0.5), colour, (0.42, 0.22, 0.14, 1))
    _haze(g, g.node('ShaderNodeBsdfDiffuse', {'Color': colour}).outputs[0], 3000.0)
    return material


def _dark_material():
    material = bpy.data.materials.new('dark')
    material.use_nodes = True
    g = Graph(material.node_tree)
    _haze(g, g.node('ShaderNodeBsdfDiffuse', {'Color': (0.05, 0.035, 0.03, 1)}).outputs[0], 3000.0)
    return material


def _tint_material(name, colour):
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    g = Graph(material.node_tree)
    _haze(g, g.node('ShaderNodeBsdfDiffuse', {'Color': (*colour, 1)}).outputs[0], 3000.0)
    return material


def _boxes(name, boxes, material, turn, at):
    """One object of axis-aligned boxes (low, high), turned and moved."""
    points, faces = [], []
    for (x0, y0, z0), (x1, y1, z1) in boxes:
        b = len(points)
        points += [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0), (x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]
        faces += [tuple(b + i for i in f) for f in ((4, 5, 6, 7), (0, 1, 5, 4), (2, 3, 7, 6), (3, 0, 4, 7), (1, 2, 6, 5))]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    mesh.materials.append(material)
    obj = bpy.data.objects.new(name, mesh)
    obj.location, obj.rotation_euler = at, (0, 0, turn)
    bpy.context.scene.collection.objects.link(obj)


def houses(rng):
    """Flat-roofed houses with parapets, roof rooms and small windows, thicker towards the middle distance."""
    walls, dark, green = _wall_material(), _dark_material(), _tint_material('glazed', srgb('#3f6f58'))
    for k in range(760):
        a = math.radians(rng.uniform(-97, 97))
        d = rng.uniform(120, 1100)
        if abs(math.degrees(a)) < 9 and d < 260:
            continue
        w, l, h = rng.uniform(7, 15), rng.uniform(7, 16), rng.choice((3.6, 6.6, 7.0, 9.8)) * rng.uniform(0.9, 1.1)
        at, turn = (d * math.sin(a), d * math.cos(a), GROUND), rng.uniform(-0.5, 0.5) + rng.choice((0, math.pi / 4))
        boxes = [((-w / 2, -l / 2, 0), (w / 2, l / 2, h - 0.9)), ((-w / 2, -l / 2, 0), (w / 2, -l / 2 + 0.35, h)), ((-w / 2, l / 2 - 0.35, 0), (w / 2, l / 2, h)),
                 ((-w / 2, -l / 2, 0), (-w / 2 + 0.35, l / 2, h)), ((w / 2 - 0.35, -l / 2, 0), (w / 2, l / 2, h))]
        if rng.random() < 0.5:
            x, y = rng.uniform(-w / 4, w / 4), rng.uniform(-l / 4, l / 4)
            boxes.append(((x - 1.8, y - 1.8, h - 1), (x + 1.8, y + 1.8, h + 1.9)))
        _boxes('house', boxes, walls, turn, at)
        if d < 450:
            holes = []
            for side in (-1, 1):
                for _ in range(rng.randrange(2, 6)):
                    x, z = rng.uniform(-w / 2 + 1, w / 2 - 1), rng.uniform(1.2, h - 2)
                    holes.append(((x - 0.4, side * l / 2 - 0.03, z), (x + 0.4, side * l / 2 + 0.03, z + 1.0)))
                    y = rng.uniform(-l / 2 + 1, l / 2 - 1)
                    holes.append(((side * w / 2 - 0.03, y - 0.4, z), (side * w / 2 + 0.03, y + 0.4, z + 1.0)))
            _boxes('holes', holes, dark, turn, at)
            if rng.random() < 0.08:
                _boxes('awning', [((-w / 2 - 0.2, -l / 2 - 0.2, h), (w / 2 + 0.2, l / 2 + 0.2, h + 0.25))], green, turn, at)


def tower():
    """A square tower of six storeys with blind arches, merlons, a lantern and three globes (of no particular building)."""
    stone, dark, light, tile = _tint_material('stone', srgb('#c08a64')), _dark_material(), _tint_material('relief', srgb('#d6a880')), _tint_material('band', srgb('#3f8f86'))
    a, d = math.radians(-21.5), 290.0
    at, turn = (d * math.sin(a), d * math.cos(a), GROUND), 0.30
    w, h = 5.6, 47.0
    shaft = [((-w, -w, 0), (w, w, h)), ((-w - 0.5, -w - 0.5, 0), (w + 0.5, w + 0.5, 2.0)), ((-3.1, -3.1, h), (3.1, 3.1, h + 11.5))]
    merlons = []
    for k in range(7):
        x = -w + 0.3 + 1.66 * k
        for side in (-1, 1):
            for lo, hi in (((x, side * w - 0.5, h), (x + 1.1, side * w + 0.5, h + 1.6)), ((side * w - 0.5, x, h), (side * w + 0.5, x + 1.1, h + 1.6))):
                merlons.append((lo, hi))
    for k in range(4):
        x = -3.1 + 0.15 + 1.6 * k
        for side in (-1, 1):
            merlons += [((x, side * 3.1 - 0.4, h + 11.5), (x + 0.9, side * 3.1 + 0.4, h + 12.5)), ((side * 3.1 - 0.4, x, h + 11.5), (side * 3.1 + 0.4, x + 0.9, h + 12.5))]
    relief, holes, bands = [], [], []
    for storey in range(5):
        z = 5 + 8.4 * storey
        for side in (-1, 1):
            for x in (-3.2, 0.0, 3.2):
                for lo, hi in (((x - 1.25, side * w - 0.12, z), (x + 1.25, side * w + 0.12, z + 5.4)), ((side * w - 0.12, x - 1.25, z), (side * w + 0.12, x + 1.25, z + 5.4))):
                    relief.append((lo, hi))
                r = 0.55 if (storey + int(x)) % 2 else 0.75
                holes += [((x - r, side * w - 0.2, z + 1.0), (x + r, side * w + 0.2, z + 4.0)), ((side * w - 0.2, x - r, z + 1.0), (side * w + 0.2, x + r, z + 4.0))]
    for z in (h - 3.2, h + 9.2):
        b = w if z < h else 3.1
        bands.append(((-b - 0.10, -b - 0.10, z), (b + 0.10, b + 0.10, z + 1.8)))
    for boxes, material in ((shaft + merlons, stone), (relief, light), (holes, dark), (bands, tile)):
        _boxes('tower', boxes, material, turn, at)
    gold = _tint_material('gold', srgb('#d2a24a'))
    for r, z in ((2.6, h + 13.5), (1.0, h + 16.6), (0.75, h + 18.4), (0.5, h + 19.8)):
        bpy.ops.mesh.primitive_uv_sphere_add(radius=r, location=(at[0], at[1], at[2] + z), segments=20, ring_count=12)
        bpy.context.object.data.materials.append(gold if r < 2 else stone)


def grove(rng):
    """Palms and olives from the scene's own prototypes, thick near the wall, thinner among the houses."""
    m = Materials()
    meshes = [flora.date_palm(m), flora.olive_tree(m), flora.cypress(m)]
    _hazed(m.made['foliage'])
    for k in range(2700):
        a = math.radians(rng.uniform(-97, 97))
        d = 105 + 900 * rng.random() ** 1.5
        kind = rng.random()
        mesh = meshes[0] if kind < 0.62 else meshes[1] if kind < 0.93 else meshes[2]
        obj = bpy.data.objects.new('tree', mesh)
        s = rng.uniform(0.85, 1.35)
        obj.location, obj.scale, obj.rotation_euler = (d * math.sin(a), d * math.cos(a), GROUND), (s, s, s * rng.uniform(0.85, 1.2)), (0, 0, rng.uniform(0, 6.3))
        bpy.context.scene.collection.objects.link(obj)


def _hazed(material):
    """Turns a scene material into a plain hazed one: true light here, none painted in."""
    tree = material.node_tree
    image = next(n.image for n in tree.nodes if n.type == 'TEX_IMAGE')
    g = Graph(tree)
    texture = g.node('ShaderNodeTexImage')
    texture.image = image
    vertex = g.node('ShaderNodeVertexColor', layer_name='Color')
    tint = g.mix(0.55, vertex.outputs['Color'], (0.95, 0.92, 0.72, 1))
    colour = g.node('ShaderNodeMix', {'Factor': 1.0, 'A': texture.outputs['Color'], 'B': tint}, data_type='RGBA', blend_type='MULTIPLY').outputs['Result']
    leaf = g.node('ShaderNodeBsdfDiffuse', {'Color': colour})
    clear = g.node('ShaderNodeBsdfTransparent')
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    far = g.math('SUBTRACT', 1.0, g.math('POWER', math.e, g.math('MULTIPLY', depth, -1.0 / 3200)))
    air = g.node('ShaderNodeEmission', {'Color': (*AIR, 1), 'Strength': 0.95})
    hazed = g.node('ShaderNodeMixShader', {0: far, 1: leaf.outputs[0], 2: air.outputs[0]})
    cut = g.math('GREATER_THAN', texture.outputs['Alpha'], 0.4)
    mixed = g.node('ShaderNodeMixShader', {0: cut, 1: clear.outputs[0], 2: hazed.outputs[0]})
    g.tree.links.new(mixed.outputs[0], g.node('ShaderNodeOutputMaterial').inputs['Surface'])


def heavens():
    """The sky of backdrop.SKY with thin clouds low over the range, which fade out below the picture's upper edge; and the sun."""
    world = bpy.data.worlds.new('sky')
    bpy.context.scene.world = world
    world.use_nodes = True
    g = Graph(world.node_tree)
    direction = g.node('ShaderNodeTexCoord').outputs['Generated']
    up = g.node('ShaderNodeSeparateXYZ', {0: direction}).outputs['Z']
    degrees = g.math('MULTIPLY', g.math('ARCSINE', up), 180 / math.pi)
    ramp = g.node('ShaderNodeValToRGB', {0: g.math('DIVIDE', g.math('ADD', degrees, 8.0), 98.0)})
    elements = ramp.color_ramp.elements
    while len(elements) < len(backdrop.SKY):
        elements.new(0.5)
    for element, (e, colour) in zip(elements, backdrop.SKY):
        element.position = (e + 8) / 98
    for element, (e, colour) in zip(ramp.color_ramp.elements, backdrop.SKY):
        element.color = (*colour, 1)
    stretch = g.node('ShaderNodeMapping', {'Vector': direction, 'Scale': (3.2, 3.2, 22.0)}).outputs[0]
    veil = g.math('MULTIPLY', g.ramp(g.noise(stretch, 1.0, 8.0), 0.52, 0.74), g.math('MULTIPLY', g.ramp(degrees, 2.0, 6.0), g.ramp(degrees, 19.0, 12.0)))
    colour = g.mix(g.math('MULTIPLY', veil, 0.72), ramp.outputs['Color'], (0.93, 0.93, 0.94, 1))
    background = g.node('ShaderNodeBackground', {'Color': colour, 'Strength': 1.0})
    g.tree.links.new(background.outputs[0], g.node('ShaderNodeOutputWorld').inputs['Surface'])
    lamp = bpy.data.lights.new('sun', 'SUN')
    lamp.energy, lamp.angle, lamp.color = 4.2, 0.01, sun.COLOUR
    obj = bpy.data.objects.new('sun', lamp)
    obj.rotation_euler = sun.turn()
    bpy.context.scene.collection.objects.link(obj)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--samples', type=int, default=16)
    parser.add_argument('--width', type=int, default=3072)
    options = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    bake.configure(options.samples)
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces, scene.cycles.transparent_max_bounces = 3, 1, 12
    rng = random.Random(5)
    plain_ground()
    mountains()
    houses(rng)
    tower()
    grove(rng)
    heavens()
    data = bpy.data.cameras.new('camera')
    camera = bpy.data.objects.new('camera', data)
    camera.location, camera.rotation_euler = (0, 0, backdrop.HEAD + 1.6), (math.pi / 2, 0, 0)
    data.type, data.clip_start, data.clip_end = 'PANO', 0.1, 20000
    data.panorama_type = 'EQUIRECTANGULAR'
    data.longitude_min, data.longitude_max = math.radians(backdrop.LEFT), math.radians(backdrop.RIGHT)
    data.latitude_min, data.latitude_max = math.radians(backdrop.LOW), math.radians(backdrop.HIGH)
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.resolution_x = options.width
    scene.render.resolution_y = round(options.width * (backdrop.HIGH - backdrop.LOW) / (backdrop.RIGHT - backdrop.LEFT) / 8) * 8
    scene.view_settings.view_transform = 'Standard'
    scene.render.image_settings.file_format = 'WEBP'
    scene.render.image_settings.quality = 90
    scene.render.filepath = os.path.join(HERE, 'skyline.webp')
    bpy.ops.render.render(write_still=True)


if __name__ == '__main__':
    main()
