"""Bakes the light maps: Cycles diffuse light without colour on the static surfaces, denoised with OpenImageDenoise.

The stored value is (light / SCALE) ** (1 / 2.2) in 8 bits, where light is what a white matt surface would send out;
a renderer multiplies the base colour by it.
"""
import os
import tempfile
import time

import bpy
import numpy as np


def _image(name, size):
    image = bpy.data.images.new(name, size, size, float_buffer=True, is_data=True, alpha=True)
    return image


def _target(materials, image):
    nodes = []
    for material in materials:
        tree = material.node_tree
        node = tree.nodes.new('ShaderNodeTexImage')
        node.image = image
        tree.nodes.active = node
        nodes.append((tree, node))
    return nodes


def _pixels(image):
    data = np.empty(image.size[0] * image.size[1] * 4, np.float32)
    image.pixels.foreach_get(data)
    return data.reshape(image.size[1], image.size[0], 4)


def configure(samples):
    """Cycles settings shared by every bake and render of the scene."""
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    c = scene.cycles
    c.device, c.samples, c.use_denoising, c.use_adaptive_sampling = 'CPU', samples, False, False
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces = 4, 4, 1
    c.sample_clamp_indirect, c.sample_clamp_direct = 4.0, 0.0
    c.caustics_reflective = c.caustics_refractive = False
    c.use_light_tree = True
    scene.render.threads_mode = 'FIXED'
    scene.render.threads = os.cpu_count() or 2


def light_map(objects, area, size, samples):
    """Bakes the objects of an area into one atlas; returns (light, normal), each (height, width, 3), noisy.

    No margin: Blender pads each object by itself and would overwrite the others' texels. Texels outside every face
    have the normal (0, 0, 0), which no baked texel has.
    """
    started = time.time()
    configure(samples)
    bpy.ops.object.select_all(action='DESELECT')
    for obj in objects:
        obj.hide_render = False
        obj.select_set(True)
        obj.data.uv_layers.active = obj.data.uv_layers['Light']
    bpy.context.view_layer.objects.active = objects[0]
    materials = {m for obj in objects for m in obj.data.materials}
    image = _image(f'bake-{area}', size)
    nodes = _target(materials, image)
    bake = bpy.context.scene.render.bake
    bake.use_pass_direct = bake.use_pass_indirect = True
    bake.use_pass_color = False
    bpy.ops.object.bake(type='DIFFUSE', pass_filter={'DIRECT', 'INDIRECT'}, margin=0, use_clear=True, target='IMAGE_TEXTURES')
    light = _pixels(image)[..., :3].copy()
    normal_image = _image(f'normal-{area}', size)
    for _, node in nodes:
        node.image = normal_image
    bpy.context.scene.cycles.samples = 1
    bpy.ops.object.bake(type='NORMAL', normal_space='OBJECT', margin=0, use_clear=True, target='IMAGE_TEXTURES')
    normal = _pixels(normal_image)[..., :3].copy()
    for tree, node in nodes:
        tree.nodes.remove(node)
    for obj in objects:
        obj.data.uv_layers.active = obj.data.uv_layers['UVMap']
    print(f'baked {area} {size} px, {samples} samples, {time.time() - started:.0f} s', flush=True)
    return light, normal


def denoise(light, normal, marks):
    """OpenImageDenoise through the compositor, guided by the baked normals and by `marks`, a colour a chart, which keeps
    it from smearing one chart into its neighbour."""
    height, width = light.shape[:2]
    tree_scene = bpy.data.scenes.new('denoise')
    tree_scene.render.resolution_x, tree_scene.render.resolution_y = width, height
    tree_scene.render.resolution_percentage = 100
    tree_scene.use_nodes = True
    tree = tree_scene.node_tree
    tree.nodes.clear()

    def source(values, name):
        image = bpy.data.images.new(name, width, height, float_buffer=True, is_data=True)
        rgba = np.ones((height, width, 4), np.float32)
        rgba[..., :3] = values
        image.pixels.foreach_set(rgba.ravel())
        image.update()
        node = tree.nodes.new('CompositorNodeImage')
        node.image = image
        return node

    noisy = source(light, 'noisy')
    guide = source(normal * 2 - 1, 'guide')
    albedo = source(marks, 'albedo')
    node = tree.nodes.new('CompositorNodeDenoise')
    node.use_hdr, node.prefilter = True, 'NONE'
    output = tree.nodes.new('CompositorNodeComposite')
    tree.links.new(noisy.outputs['Image'], node.inputs['Image'])
    tree.links.new(guide.outputs['Image'], node.inputs['Normal'])
    tree.links.new(albedo.outputs['Image'], node.inputs['Albedo'])
    tree.links.new(node.outputs['Image'], output.inputs['Image'])
    camera = bpy.data.objects.new('denoise', bpy.data.cameras.new('denoise'))
    tree_scene.collection.objects.link(camera)
    tree_scene.camera = camera
    tree_scene.render.engine = 'CYCLES'
    tree_scene.cycles.samples = 1
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'denoised.exr')
        settings = tree_scene.render.image_settings
        settings.file_format, settings.color_mode, settings.color_depth = 'OPEN_EXR', 'RGB', '32'
        tree_scene.render.filepath = path
        bpy.ops.render.render(scene=tree_scene.name, write_still=True)
        image = bpy.data.images.load(path)
        result = _pixels(image)[..., :3].copy()
    bpy.data.scenes.remove(tree_scene)
    if not np.isfinite(result).all() or result.max() <= 0:
        raise RuntimeError('the denoiser returned no picture')
    return np.maximum(result, 0)


def save(light, path, scale):
    """Writes the 8-bit light map (WebP) and returns the share of clipped texels."""
    height, width = light.shape[:2]
    image = bpy.data.images.new(os.path.basename(path), width, height)
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :3] = np.clip(light / scale, 0, 1) ** (1 / 2.2)
    image.pixels.foreach_set(rgba.ravel())
    settings = bpy.context.scene.render.image_settings
    settings.file_format, settings.color_mode, settings.quality = 'WEBP', 'RGB', 98
    image.file_format = 'WEBP'
    image.filepath_raw = path
    image.save(filepath=path, quality=98)
    return float((light.max(-1) > scale).mean())
