"""Test pictures and the environment, rendered with Cycles."""
import math
import os

import bpy
from mathutils import Vector

import bake

# name: (eye, aim)
VIEWS = {
    'lounge-east': ((-12.5, 4.6, 1.65), (6, 7.2, 1.4)), 'lounge-west': ((12.5, 4.6, 1.65), (-6, 7.2, 1.4)),
    'windows': ((0, 5.2, 1.65), (0, 12, 1.7)), 'bar': ((3.6, 7.8, 1.65), (-0.5, 0, 1.6)),
    'hall-entrance': ((8.0, -1.2, 1.65), (-1, -27, 0.6)), 'hall-seat': ((2.0, -12.9, 0.35), (0, -30, 1.8)),
    'hall-podium': ((0, -28.6, 0.35), (0, -6, 1.2)), 'hall-side': ((-13.8, -16.0, 1.0), (8, -20, 1.2)),
    'rhone': ((16.0, 1.2, 1.65), (20.5, 9, 1.1)), 'arve': ((-16.4, 10.8, 1.65), (-20.6, 0, 1.3)),
    'doorway': ((8.0, 3.2, 1.65), (7.0, -20, 0.6)), 'hall-to-lounge': ((7.4, -5.5, 1.65), (8.2, 8, 1.5)),
    'room-door': ((12.2, 4.6, 1.65), (19, 3.4, 1.3)), 'plan': ((0, -8, 60), (0, -7.9, 0)),
}


def sun_turn():
    """Rotation of a sun 32 degrees high, 58 degrees to the left of the windows' axis."""
    azimuth, elevation = math.radians(-58), math.radians(32)
    to_sun = Vector((math.sin(azimuth) * math.cos(elevation), math.cos(azimuth) * math.cos(elevation), math.sin(elevation)))
    return (-to_sun).to_track_quat('-Z', 'Y').to_euler()


def _camera(eye, aim=None):
    data = bpy.data.cameras.new('camera')
    obj = bpy.data.objects.new('camera', data)
    bpy.context.scene.collection.objects.link(obj)
    obj.location = eye
    if aim is not None:
        obj.rotation_euler = (Vector(aim) - Vector(eye)).to_track_quat('-Z', 'Y').to_euler()
    data.lens_unit, data.angle = 'FOV', math.radians(78)
    bpy.context.scene.camera = obj
    return obj


def render(names, folder, samples):
    """Writes still-NAME.png for each view named."""
    scene = bpy.context.scene
    bake.configure(samples)
    scene.cycles.use_denoising = True
    scene.render.resolution_x, scene.render.resolution_y = 960, 540
    scene.view_settings.view_transform = 'AgX'
    scene.render.image_settings.file_format = 'PNG'
    for name in names:
        _camera(*VIEWS[name])
        scene.render.filepath = os.path.join(folder, f'still-{name}.png')
        bpy.ops.render.render(write_still=True)


def environment(folder, eye=(0.0, 5.6, 1.9), width=512, samples=32):
    """Writes environment.hdr: what surrounds `eye`, as radiance, in an equirectangular picture (glTF axes: +Z = Blender -Y)."""
    scene = bpy.context.scene
    bake.configure(samples)
    scene.cycles.use_denoising = True
    # The faces of lamps and the view are drawn at the brightness of a screen; here they get that of the lamps beside them.
    for name, gain in (('light', 10.0), ('view', 4.0)):
        bpy.data.materials[name].node_tree.nodes['Principled BSDF'].inputs['Emission Strength'].default_value *= gain
    camera = _camera(eye)
    camera.data.type = 'PANO'
    camera.data.panorama_type = 'EQUIRECTANGULAR'
    camera.rotation_euler = (math.pi / 2, 0, 0)
    scene.render.resolution_x, scene.render.resolution_y = width, width // 2
    scene.view_settings.view_transform = 'Raw'
    scene.render.image_settings.file_format = 'HDR'
    scene.render.filepath = os.path.join(folder, 'environment.hdr')
    bpy.ops.render.render(write_still=True)
