"""Test pictures and the environment, rendered with Cycles."""
import math
import os

import bpy
import numpy as np
from mathutils import Vector

import bake

# name: (eye, aim), Blender axes; vertical field of view 53 degrees
VIEWS = {
    'entrance': ((0, -13.4, 1.65), (0, 0, 2.9)), 'court': ((4.4, -2.6, 1.65), (-3.0, -16, 3.6)), 'tea-lounge': ((-6.4, -13.8, 1.65), (-9.0, -3.0, 1.2)),
    'booths': ((6.6, -5.0, 1.65), (9.4, -14, 1.5)), 'arch': ((0, 3.4, 1.65), (0, 30, 2.6)), 'square-back': ((-4.8, 27.4, 1.65), (2, 0, 3.6)),
    'water': ((4.7, 7.6, 1.65), (-3.0, 30, 1.4)), 'sails': ((8.0, 8.2, 1.65), (16, 3.2, 1.9)), 'arcade': ((18.9, 2.0, 1.65), (17.6, 26, 1.9)),
    'pavilion': ((-1.0, 26.0, 1.65), (0.5, 34, 2.4)), 'view': ((-8, 35.2, 1.65), (-14, 70, 3.5)), 'exhibition': ((22.6, 15.2, 1.65), (33, 16.2, 1.4)),
    'exhibition-south': ((27.4, 17.0, 1.65), (27.4, 7.3, 1.3)), 'workshop': ((-22.6, 14.0, 1.65), (-33, 15.8, 1.7)), 'olive': ((-10.8, 6.6, 1.65), (-14.6, 12, 1.6)),
    'plan': ((0, 10, 72), (0, 10.1, 0)),
}


def _camera(eye, aim=None):
    data = bpy.data.cameras.new('camera')
    obj = bpy.data.objects.new('camera', data)
    bpy.context.scene.collection.objects.link(obj)
    obj.location = eye
    if aim is not None:
        obj.rotation_euler = (Vector(aim) - Vector(eye)).to_track_quat('-Z', 'Y').to_euler()
    data.lens_unit, data.angle = 'FOV', math.radians(82)
    data.clip_end = 2000
    bpy.context.scene.camera = obj
    return obj


def render(names, folder, samples, width=960):
    """Writes still-NAME.png for each view named."""
    scene = bpy.context.scene
    bake.configure(samples)
    scene.cycles.use_denoising = True
    scene.render.resolution_x, scene.render.resolution_y = width, width * 9 // 16
    scene.view_settings.view_transform = 'Khronos PBR Neutral' if _has_neutral(scene) else 'AgX'
    scene.render.image_settings.file_format = 'PNG'
    for name in names:
        _camera(*VIEWS[name])
        scene.render.filepath = os.path.join(folder, f'still-{name}.png')
        bpy.ops.render.render(write_still=True)


def _has_neutral(scene):
    try:
        scene.view_settings.view_transform = 'Khronos PBR Neutral'
    except TypeError:
        return False
    return True


def environment(folder, eye=(0.0, 6.8, 1.7), width=512, samples=32):
    """Writes environment.hdr: what surrounds `eye`, as radiance without the sun's disc, in an equirectangular picture (glTF axes: +Z = Blender -Y)."""
    scene = bpy.context.scene
    bake.configure(samples)
    scene.cycles.use_denoising = True
    camera = _camera(eye)
    camera.data.type = 'PANO'
    camera.data.panorama_type = 'EQUIRECTANGULAR'
    camera.rotation_euler = (math.pi / 2, 0, 0)
    scene.render.resolution_x, scene.render.resolution_y = width, width // 2
    scene.view_settings.view_transform = 'Raw'
    scene.render.image_settings.file_format = 'HDR'
    scene.render.filepath = os.path.join(folder, 'environment.hdr')
    bpy.ops.render.render(write_still=True)
    scene.view_settings.view_transform = 'Standard'
    _temper(scene.render.filepath)


def _temper(path, keep=0.32, warmth=(1.10, 1.0, 0.90), gain=1.3):
    """Takes most of the blue out of the picture: furniture and trees are lit by it alone, indoors as well, and would all look cold."""
    image = bpy.data.images.load(path)
    pixels = np.empty(len(image.pixels), np.float32)
    image.pixels.foreach_get(pixels)
    rgba = pixels.reshape(-1, 4)
    grey = rgba[:, :3] @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    rgba[:, :3] = (grey[:, None] + keep * (rgba[:, :3] - grey[:, None])) * np.array(warmth, np.float32) * gain
    image.pixels.foreach_set(rgba.ravel())
    image.file_format = 'HDR'
    image.save(filepath=path)
