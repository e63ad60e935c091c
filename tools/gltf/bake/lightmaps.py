"""Bakes light maps of an exported scene with Blender's Cycles. Run by `npm run scene -- bake --lightmaps FOLDER`; works in Blender 3.4 and later.

    blender --background --python lightmaps.py -- INPUT.glb FOLDER SIZE SAMPLES

Imports the scene, gives everything that stands still and is drawn once a second UV map in one atlas, bakes the light that falls on it (sun, lamps, glowing
surfaces, and the sky by its mean colour), cleans the noise, and writes lightmap.webp, scene.glb with the materials marked, and report.json.
The stored value is (light / intensity) ** (1 / 2.2), where light is what a white matt surface would send out.
"""
import json
import math
import os
import sys
import time

import bpy
import numpy as np

NAME = 'lightmap.webp'
UV = 'LightMap'
# Marks of things that are not drawn, or that show a picture of the venue's.
NOT_LIT = {'space', 'zone', 'obstacle', 'screen', 'booth', 'nameplate'}
# What is larger than this is scenery, metres.
FAR = 60
# Bounces are what makes a light map look right; four are enough for matt rooms.
BOUNCES = 4
# The brightest texel: above the 99.5th percentile it is cut off.
HIGHLIGHTS = 99.5


def say(text):
    print(f'lightmaps: {text}', flush=True)


def venue(thing):
    """The `venue` property: a dictionary, or JSON in a text."""
    value = thing.get('venue')
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return {}
    return value.to_dict() if hasattr(value, 'to_dict') else (value or {})


def hidden(obj):
    mark = venue(obj)
    return mark.get('kind') in NOT_LIT - {'screen', 'booth', 'nameplate'} or (mark.get('kind') == 'walkable' and not mark.get('visible'))


def matt(material):
    """Whether light that falls on it shows: not glowing on black, not see-through, no light map yet."""
    if material is None or not material.use_nodes or 'lightmap' in venue(material):
        return False
    shader = next((n for n in material.node_tree.nodes if n.type == 'BSDF_PRINCIPLED'), None)
    if shader is None:
        return False
    colour, alpha = shader.inputs['Base Color'], shader.inputs['Alpha']
    black = not colour.is_linked and max(colour.default_value[:3]) < 0.005
    return not black and not alpha.is_linked and alpha.default_value > 0.99


def backdrop(obj):
    """A dome or a cylinder with the view painted on it: it would keep the sun out. sky() lights the scene instead."""
    return max(obj.dimensions) > FAR and not any(matt(m) for m in obj.data.materials)


def lit_objects():
    """Meshes of one user, that nothing moves, far scenery left out: a hill would get the texels of the house."""
    chosen = []
    for obj in bpy.context.scene.objects:
        if obj.type != 'MESH' or hidden(obj) or venue(obj).get('kind') in NOT_LIT:
            continue
        if obj.data.users > 1 or obj.animation_data or obj.data.shape_keys or any(m.type == 'ARMATURE' for m in obj.modifiers):
            continue
        if max(obj.dimensions) > FAR or not obj.data.materials or not all(matt(m) for m in obj.data.materials):
            continue
        chosen.append(obj)
    return chosen


def select(objects):
    bpy.ops.object.select_all(action='DESELECT')
    for obj in objects:
        obj.select_set(True)
    bpy.context.view_layer.objects.active = objects[0]


def unwrap(objects, size):
    """One atlas for all, with a margin of about three texels."""
    for obj in objects:
        layers = obj.data.uv_layers
        if len(layers) == 0:
            layers.new(name='UVMap')
        while len(layers) > 1:
            layers.remove(layers[len(layers) - 1])
        layers.new(name=UV)
        layers.active = layers[UV]
    select(objects)
    bpy.ops.object.mode_set(mode='EDIT')
    bpy.ops.mesh.select_all(action='SELECT')
    bpy.ops.uv.smart_project(angle_limit=math.radians(66), island_margin=0.0, area_weight=0.0, scale_to_bounds=False)
    bpy.ops.uv.select_all(action='SELECT')
    bpy.ops.uv.average_islands_scale()
    bpy.ops.uv.pack_islands(margin=3.0 / size)
    bpy.ops.object.mode_set(mode='OBJECT')


def density(objects, size):
    """Texels a metre, as a mean."""
    world, atlas = 0.0, 0.0
    for obj in objects:
        scale = abs(np.prod(obj.matrix_world.to_scale())) ** (2 / 3)
        uv = np.empty(len(obj.data.loops) * 2, np.float32)
        obj.data.uv_layers[UV].data.foreach_get('uv', uv)
        uv = uv.reshape(-1, 2)
        for polygon in obj.data.polygons:
            p = uv[polygon.loop_start:polygon.loop_start + polygon.loop_total]
            q = np.roll(p, -1, axis=0)
            atlas += abs(np.sum(p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1])) / 2
            world += polygon.area * scale
    return size * math.sqrt(atlas / max(world, 1e-9))


def sky(strength):
    """An even sky: the venue adds no environment light to what has a light map."""
    world = bpy.data.worlds.new('light-map-sky')
    bpy.context.scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes['Background']
    background.inputs[0].default_value = (0.86, 0.93, 1.0, 1.0)
    background.inputs[1].default_value = strength


def configure(samples):
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    cycles = scene.cycles
    # Denoising inside a bake comes out black in some versions; clean() does it afterwards.
    cycles.device, cycles.samples, cycles.use_denoising, cycles.use_adaptive_sampling = 'CPU', samples, False, False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = BOUNCES, BOUNCES, 1
    cycles.sample_clamp_indirect = 4.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.seed = 0
    scene.render.threads_mode = 'FIXED'
    scene.render.threads = os.cpu_count() or 1


def pixels(image):
    data = np.empty(image.size[0] * image.size[1] * 4, np.float32)
    image.pixels.foreach_get(data)
    return data.reshape(image.size[1], image.size[0], 4)


def bake(objects, size, samples):
    """Returns (light, known): red, green, blue of each texel, and whether a face covers it."""
    targets = []
    image = bpy.data.images.new('light', size, size, float_buffer=True, is_data=True, alpha=True)
    for material in {m for obj in objects for m in obj.data.materials}:
        node = material.node_tree.nodes.new('ShaderNodeTexImage')
        node.image = image
        material.node_tree.nodes.active = node
        targets.append((material.node_tree, node))
    select(objects)
    settings = bpy.context.scene.render.bake
    settings.use_pass_direct = settings.use_pass_indirect = True
    settings.use_pass_color = False
    configure(samples)
    bpy.ops.object.bake(type='DIFFUSE', pass_filter={'DIRECT', 'INDIRECT'}, margin=0, use_clear=True, target='IMAGE_TEXTURES')
    light = pixels(image)[..., :3].copy()
    normals = bpy.data.images.new('normal', size, size, float_buffer=True, is_data=True, alpha=True)
    for _, node in targets:
        node.image = normals
    configure(1)
    bpy.ops.object.bake(type='NORMAL', normal_space='OBJECT', margin=0, use_clear=True, target='IMAGE_TEXTURES')
    normal = pixels(normals)[..., :3].copy()
    for tree, node in targets:
        tree.nodes.remove(node)
    return light, normal, normal.max(-1) > 0.01


def shifted(array, dy, dx):
    return np.roll(array, (dy, dx), (0, 1))


def clean(light, normal, known, rounds=4):
    """Smooths noise over neighbours that look the same way, edge-avoiding (Dammertz et al. 2010): no guide can be missing, no black can come out."""
    kernel = np.array((1, 4, 6, 4, 1), np.float32) / 16
    result = np.where(known[..., None], light, 0)
    for level in range(rounds):
        step, sigma = 2 ** level, 0.6 / 2 ** level
        total, weights = np.zeros_like(result), np.zeros(known.shape, np.float32)
        for i in range(5):
            for k in range(5):
                dy, dx = (i - 2) * step, (k - 2) * step
                other, facing, there = shifted(result, dy, dx), shifted(normal, dy, dx), shifted(known, dy, dx)
                bright = np.abs(np.log1p(other.mean(-1)) - np.log1p(result.mean(-1)))
                same = np.exp(-np.sum((facing - normal) ** 2, -1) / 0.01)
                weight = kernel[i] * kernel[k] * there * same * np.exp(-(bright / sigma) ** 2)
                total += other * weight[..., None]
                weights += weight
        result = np.where(known[..., None] & (weights[..., None] > 0), total / np.maximum(weights, 1e-9)[..., None], result)
    return result


def pad(light, known, rings=6):
    """Fills the texels round each face from their neighbours, so that filtering never mixes in black."""
    light, known = light.copy(), known.copy()
    for _ in range(rings):
        total, count = np.zeros_like(light), np.zeros(known.shape, np.float32)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                there = shifted(known, dy, dx)
                total += shifted(light, dy, dx) * there[..., None]
                count += there
        ring = ~known & (count > 0)
        light[ring] = total[ring] / count[ring][:, None]
        known |= ring
    return light


def save(light, path, intensity):
    height, width = light.shape[:2]
    image = bpy.data.images.new(NAME, width, height)
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :3] = np.clip(light / intensity, 0, 1) ** (1 / 2.2)
    image.pixels.foreach_set(rgba.ravel())
    bpy.context.scene.render.image_settings.file_format = 'WEBP'
    image.file_format = 'WEBP'
    image.filepath_raw = path
    bpy.context.scene.render.image_settings.quality = 95
    image.save()


def mark(objects, intensity):
    """Materials that unlit objects use too are copied: the mark is the material's."""
    lit = set(objects)
    shared = {m for obj in bpy.context.scene.objects if obj.type == 'MESH' and obj not in lit for m in obj.data.materials}
    copies = {}
    for obj in objects:
        for slot in obj.material_slots:
            if slot.material in shared:
                if slot.material not in copies:
                    copies[slot.material] = slot.material.copy()
                slot.material = copies[slot.material]
            slot.material['venue'] = {**venue(slot.material), 'lightmap': {'file': NAME, 'intensity': round(intensity, 4)}}


def main():
    source, folder, size, samples = sys.argv[sys.argv.index('--') + 1:][:4]
    size, samples = int(size), int(samples)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    say('importing the scene')
    bpy.ops.import_scene.gltf(filepath=source)
    for obj in bpy.context.scene.objects:
        # Bodies that are not drawn must cast no shadow.
        obj.hide_render = obj.type == 'MESH' and (hidden(obj) or backdrop(obj))
    objects = lit_objects()
    report = {'by': f'Blender {bpy.app.version_string}', 'maps': []}
    if objects:
        started = time.time()
        say(f'unwrapping {len(objects)} objects')
        unwrap(objects, size)
        lamps = any(obj.type == 'LIGHT' for obj in bpy.context.scene.objects)
        sky(0.45 if lamps else 1.0)
        say(f'baking {size} x {size} texels with {samples} samples')
        light, normal, known = bake(objects, size, samples)
        if not known.any() or not np.isfinite(light[known]).all():
            raise RuntimeError('the bake returned no light')
        say('cleaning')
        light = pad(clean(light, normal, known), known)
        intensity = max(1.0, float(np.percentile(light[known].max(-1), HIGHLIGHTS)))
        save(light, os.path.join(folder, NAME), intensity)
        mark(objects, intensity)
        report['maps'].append({
            'file': NAME, 'size': size, 'seconds': round(time.time() - started, 1), 'objects': len(objects), 'texelsPerMetre': round(density(objects, size), 1),
            'intensity': round(intensity, 4), 'clipped': float((light[known].max(-1) > intensity).mean()),
        })
    say('exporting')
    for obj in bpy.context.scene.objects:
        obj.hide_render = False
    bpy.ops.export_scene.gltf(filepath=os.path.join(folder, 'scene.glb'), export_format='GLB', export_yup=True, export_extras=True, export_lights=True,
                              export_cameras=False, export_animations=True, export_image_format='AUTO')
    with open(os.path.join(folder, 'report.json'), 'w', encoding='utf-8') as file:
        json.dump(report, file)


main()
