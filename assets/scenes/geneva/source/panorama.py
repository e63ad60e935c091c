"""Renders the view from the lounge: a lake, green shores, ridges in haze and snow-capped mountains under a summer sky.

    python3 panorama.py [--samples N] [--width N]

Writes panorama.webp (sRGB), which spans backdrop.LEFT..RIGHT in azimuth and backdrop.LOW..HIGH in elevation.
One Blender unit is 100 m; heights are drawn 1.9 times, as the eye remembers mountains.
"""
import argparse
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bpy  # noqa: E402
import numpy as np  # noqa: E402
from mathutils import Vector  # noqa: E402

import backdrop  # noqa: E402
import bake  # noqa: E402

EYE = 0.12                # units above the water
SUN = (-82.0, 36.0)       # azimuth and elevation of the sun, degrees
HAZE = (0.50, 0.66, 0.86)


def _lattice(seed):
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, 2 * np.pi, 4096)
    return np.cos(angle), np.sin(angle), rng.permutation(4096)


def gradient_noise(x, y, seed):
    """Perlin noise, about -0.7..0.7."""
    gx, gy, table = _lattice(seed)
    xi, yi = np.floor(x).astype(int), np.floor(y).astype(int)
    xf, yf = x - xi, y - yi

    def corner(dx, dy):
        h = table[(table[(xi + dx) % 4096] + yi + dy) % 4096]
        return gx[h] * (xf - dx) + gy[h] * (yf - dy)

    u, v = xf * xf * xf * (xf * (xf * 6 - 15) + 10), yf * yf * yf * (yf * (yf * 6 - 15) + 10)
    a = corner(0, 0) * (1 - u) + corner(1, 0) * u
    b = corner(0, 1) * (1 - u) + corner(1, 1) * u
    return a * (1 - v) + b * v


def ridged(x, y, seed, octaves=9):
    """Ridged multifractal (Musgrave), 0..about 1.2."""
    total, weight, amplitude = np.zeros_like(x), np.ones_like(x), 0.5
    for k in range(octaves):
        signal = (1 - np.abs(gradient_noise(x * 2.0 ** k, y * 2.0 ** k, seed + k)) * 1.6) ** 2
        total += signal * weight * amplitude
        weight = np.clip(signal * 1.6, 0, 1)
        amplitude *= 0.5
    return total


def smooth(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def terrain(azimuth, distance):
    """Height in units at polar coordinates (radians, units)."""
    x, y = distance * np.sin(azimuth), distance * np.cos(azimuth)
    deg = np.degrees(azimuth)
    shore = 46 + 22 * gradient_noise(deg / 26, np.zeros_like(deg) + 3.3, 40) - 30 * smooth(45, 95, np.abs(deg))
    land = smooth(0, 7, distance - shore)
    hills = (0.35 + 1.5 * smooth(0, 40, distance - shore)) * (0.6 + gradient_noise(x / 16, y / 16, 60)
                                                           + 0.35 * gradient_noise(x / 5, y / 5, 61)
                                                           + 0.12 * gradient_noise(x / 1.6, y / 1.6, 62))
    fore = smooth(90, 150, distance) * (1 - smooth(190, 240, distance))
    height = land * np.maximum(hills, 0.05)
    height += fore * 7.5 * ridged(x / 75, y / 75, 80) * (0.45 + 0.55 * smooth(-0.25, 0.3, gradient_noise(deg / 30, deg * 0, 81)))
    middle = smooth(230, 330, distance) * (1 - smooth(400, 470, distance))
    height += middle * 17.0 * ridged(x / 95 + 7, y / 95, 90) * (0.6 + 0.4 * gradient_noise(deg / 22, deg * 0 + 9, 91))
    far = smooth(470, 620, distance)
    massif = 0.62 * np.exp(-((deg - 9) / 18) ** 2) + 0.42 * np.exp(-((deg + 38) / 22) ** 2) + 0.45 * np.exp(-((deg - 58) / 20) ** 2) + 0.42
    height += far * massif * (18.0 + 58.0 * ridged(x / 210 + 3.4, y / 210 + 1.2, 100, 10))
    return height * 1.9 - 0.05 * (1 - land)


def land():
    """A fan of quads, fine near and far ridges alike (rings spaced by their distance)."""
    n, m = 1800, 420
    azimuth = np.radians(np.linspace(-104, 104, n))
    distance = 14 * (760 / 14) ** np.linspace(0, 1, m)
    a, d = np.meshgrid(azimuth, distance)
    z = terrain(a, d)
    points = np.stack([d * np.sin(a), d * np.cos(a), z], -1).reshape(-1, 3)
    i = np.arange((m - 1) * n).reshape(m - 1, n)[:, :-1]
    faces = np.stack([i, i + 1, i + n + 1, i + n], -1).reshape(-1, 4)
    mesh = bpy.data.meshes.new('land')
    mesh.vertices.add(len(points))
    mesh.vertices.foreach_set('co', points.ravel())
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set('vertex_index', faces.ravel())
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set('loop_start', np.arange(0, faces.size, 4))
    mesh.update()
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    mesh.materials.append(_land_material())
    obj = bpy.data.objects.new('land', mesh)
    bpy.context.scene.collection.objects.link(obj)


class Graph:
    """Short forms for shader nodes."""

    def __init__(self, tree):
        self.tree = tree
        tree.nodes.clear()

    def node(self, kind, inputs=(), **settings):
        node = self.tree.nodes.new(kind)
        for key, value in settings.items():
            setattr(node, key, value)
        for key, value in dict(inputs).items():
            if hasattr(value, 'is_output'):
                self.tree.links.new(value, node.inputs[key])
            else:
                node.inputs[key].default_value = value
        return node

    def math(self, operation, a, b=0.0):
        return self.node('ShaderNodeMath', {0: a, 1: b}, operation=operation).outputs[0]

    def ramp(self, value, a, b):
        return self.node('ShaderNodeMapRange', {0: value, 1: a, 2: b}, interpolation_type='SMOOTHSTEP').outputs[0]

    def mix(self, factor, a, b):
        return self.node('ShaderNodeMix', {'Factor': factor, 'A': a, 'B': b}, data_type='RGBA').outputs['Result']

    def noise(self, position, scale, detail=6.0):
        return self.node('ShaderNodeTexNoise', {'Vector': position, 'Scale': scale, 'Detail': detail}).outputs['Fac']


def _with_haze(g, surface, reach):
    """Mixes light scattered by the air into a surface by the distance seen through it."""
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    clear = g.math('POWER', math.e, g.math('MULTIPLY', depth, -1.0 / reach))
    air = g.node('ShaderNodeEmission', {'Color': (*HAZE, 1), 'Strength': 0.92})
    mixed = g.node('ShaderNodeMixShader', {0: g.math('SUBTRACT', 1.0, clear), 1: surface, 2: air.outputs[0]})
    out = g.node('ShaderNodeOutputMaterial')
    g.tree.links.new(mixed.outputs[0], out.inputs['Surface'])


def _land_material():
    material = bpy.data.materials.new('land')
    material.use_nodes = True
    g = Graph(material.node_tree)
    geometry = g.node('ShaderNodeNewGeometry')
    position = geometry.outputs['Position']
    height = g.node('ShaderNodeSeparateXYZ', {0: position}).outputs['Z']
    slope = g.node('ShaderNodeSeparateXYZ', {0: geometry.outputs['Normal']}).outputs['Z']
    rough, fine, coarse = g.noise(position, 0.05), g.noise(position, 0.9), g.noise(position, 0.22, 3.0)
    field = g.mix(g.ramp(coarse, 0.42, 0.58), (0.055, 0.100, 0.026, 1), (0.150, 0.185, 0.055, 1))
    wood = g.mix(fine, (0.014, 0.034, 0.012, 1), (0.034, 0.064, 0.022, 1))
    green = g.mix(g.ramp(g.math('ADD', coarse, g.math('MULTIPLY', fine, 0.35)), 0.56, 0.66), field, wood)
    green = g.mix(g.ramp(height, 3.0, 9.0), green, wood)
    # White specks of houses on the near shore.
    town = g.math('MULTIPLY', g.ramp(g.noise(position, 5.0, 2.0), 0.645, 0.66), g.ramp(height, 4.0, 1.0))
    green = g.mix(g.math('MULTIPLY', town, 0.8), green, (0.62, 0.56, 0.48, 1))
    rock = g.mix(rough, (0.085, 0.080, 0.078, 1), (0.20, 0.19, 0.18, 1))
    bare = g.ramp(g.math('ADD', height, g.math('MULTIPLY', rough, 14.0)), 36.0, 52.0)
    ground = g.mix(g.math('MAXIMUM', bare, g.ramp(slope, 0.62, 0.46)), green, rock)
    line = g.math('ADD', height, g.math('MULTIPLY', g.math('SUBTRACT', rough, 0.5), 34.0))
    snow = g.math('MULTIPLY', g.ramp(line, 44.0, 66.0), g.ramp(slope, 0.34, 0.56))
    ground = g.mix(snow, ground, (0.88, 0.90, 0.94, 1))
    shader = g.node('ShaderNodeBsdfDiffuse', {'Color': ground})
    _with_haze(g, shader.outputs[0], 760.0)
    return material


def lake():
    bpy.ops.mesh.primitive_plane_add(size=1600)
    obj = bpy.context.object
    material = bpy.data.materials.new('lake')
    material.use_nodes = True
    g = Graph(material.node_tree)
    position = g.node('ShaderNodeNewGeometry').outputs['Position']
    depth = g.node('ShaderNodeCameraData').outputs['View Distance']
    swell = g.noise(position, 3.2, 4.0)
    ripple = g.noise(position, 22.0, 3.0)
    lanes = g.node('ShaderNodeTexNoise', {'Vector': g.node('ShaderNodeMapping', {'Vector': position, 'Scale': (0.035, 0.16, 1)}).outputs[0],
                                          'Scale': 1.0, 'Detail': 4.0}).outputs['Fac']
    wave = g.math('ADD', g.math('MULTIPLY', swell, 0.6), g.math('MULTIPLY', ripple, 0.12))
    calm = g.ramp(lanes, 0.40, 0.62)
    fade = g.math('DIVIDE', 1.0, g.math('ADD', 1.0, g.math('MULTIPLY', depth, 0.02)))
    strength = g.math('MULTIPLY', g.math('ADD', 0.10, g.math('MULTIPLY', calm, 0.20)), fade)
    bump = g.node('ShaderNodeBump', {'Height': wave, 'Strength': strength, 'Distance': 0.10}).outputs['Normal']
    roughness = g.math('ADD', 0.10, g.math('MULTIPLY', calm, 0.16))
    shader = g.node('ShaderNodeBsdfPrincipled', {'Base Color': (0.012, 0.062, 0.085, 1), 'Roughness': roughness, 'IOR': 1.33, 'Normal': bump})
    _with_haze(g, shader.outputs[0], 900.0)
    obj.data.materials.append(material)


def sky():
    world = bpy.data.worlds.new('sky')
    bpy.context.scene.world = world
    world.use_nodes = True
    g = Graph(world.node_tree)
    direction = g.node('ShaderNodeTexCoord').outputs['Generated']
    up = g.node('ShaderNodeSeparateXYZ', {0: direction}).outputs['Z']
    blue = g.mix(g.ramp(up, -0.02, 0.42), (*HAZE, 1), (0.105, 0.255, 0.62, 1))
    blue = g.mix(g.ramp(up, 0.0, 0.12), (0.66, 0.78, 0.92, 1), blue)
    flat = g.math('ADD', g.math('MAXIMUM', up, 0.0), 0.09)
    plane = g.node('ShaderNodeVectorMath', {0: direction, 1: g.node('ShaderNodeCombineXYZ', {0: flat, 1: flat, 2: 1.0}).outputs[0]}, operation='DIVIDE')
    high = g.node('ShaderNodeMapping', {'Vector': plane.outputs[0], 'Scale': (0.55, 1.1, 0), 'Rotation': (0, 0, 0.5)}).outputs[0]
    veil = g.ramp(g.noise(high, 1.0, 9.0), 0.50, 0.80)
    low = g.node('ShaderNodeMapping', {'Vector': plane.outputs[0], 'Scale': (0.42, 0.42, 0)}).outputs[0]
    heap = g.math('MULTIPLY', g.ramp(g.noise(low, 1.7, 10.0), 0.565, 0.69), g.ramp(up, 0.05, 0.13))
    cover = g.math('MINIMUM', g.math('ADD', g.math('MULTIPLY', veil, 0.45), g.math('MULTIPLY', heap, 0.85)), 0.93)
    cover = g.math('MULTIPLY', cover, g.ramp(up, 0.005, 0.08))
    colour = g.mix(cover, blue, (0.93, 0.94, 0.96, 1))
    background = g.node('ShaderNodeBackground', {'Color': colour, 'Strength': 1.0})
    g.tree.links.new(background.outputs[0], g.node('ShaderNodeOutputWorld').inputs['Surface'])
    sun = bpy.data.lights.new('sun', 'SUN')
    sun.energy, sun.angle, sun.color = 3.0, 0.01, (1.0, 0.94, 0.84)
    obj = bpy.data.objects.new('sun', sun)
    a, e = math.radians(SUN[0]), math.radians(SUN[1])
    to_sun = Vector((math.sin(a) * math.cos(e), math.cos(a) * math.cos(e), math.sin(e)))
    obj.rotation_euler = (-to_sun).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(obj)


def sails():
    """A few sailing boats on the water."""
    material = bpy.data.materials.new('sail')
    material.use_nodes = True
    material.node_tree.nodes['Principled BSDF'].inputs['Base Color'].default_value = (0.85, 0.85, 0.83, 1)
    rng = np.random.default_rng(8)
    for azimuth, distance in ((-34, 13), (-19, 22), (-8, 9.5), (13, 27), (22, 12), (41, 18), (-58, 16), (63, 22)):
        a = math.radians(azimuth)
        x, y, h = distance * math.sin(a), distance * math.cos(a), 0.11 + 0.03 * rng.random()
        mesh = bpy.data.meshes.new('sail')
        mesh.from_pydata([(x, y, 0.012), (x + 0.42 * h, y, 0.016), (x + 0.02, y, h), (x - 0.03, y, 0.02), (x - 0.3 * h, y, 0.018),
                          (x - 0.005, y, h * 0.8), (x - 0.3 * h, y, 0), (x + 0.4 * h, y, 0), (x + 0.46 * h, y, 0.012), (x - 0.34 * h, y, 0.012)],
                         [], [(0, 1, 2), (3, 4, 5), (6, 7, 8, 9)])
        mesh.materials.append(material)
        bpy.context.scene.collection.objects.link(bpy.data.objects.new('sail', mesh))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--samples', type=int, default=24)
    parser.add_argument('--width', type=int, default=3072)
    options = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    bake.configure(options.samples)
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces, scene.cycles.glossy_bounces = 2, 1, 2
    land()
    lake()
    sky()
    sails()
    data = bpy.data.cameras.new('camera')
    camera = bpy.data.objects.new('camera', data)
    camera.location, camera.rotation_euler = (0, 0, EYE), (math.pi / 2, 0, 0)
    data.type, data.clip_start, data.clip_end = 'PANO', 0.01, 3000
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
    scene.render.filepath = os.path.join(HERE, 'panorama.webp')
    bpy.ops.render.render(write_still=True)


if __name__ == '__main__':
    main()
