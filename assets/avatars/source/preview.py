"""Quick Cycles pictures of parts or packed meshes, for looking at the work."""
import math

import bpy
import numpy as np
from mathutils import Vector


def clear():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def _to_blender(v):
    return np.stack([v[:, 0], -v[:, 2], v[:, 1]], axis=1)


def material():
    m = bpy.data.materials.get('vc') or bpy.data.materials.new('vc')
    m.use_nodes = True
    shader = m.node_tree.nodes['Principled BSDF']
    shader.inputs['Roughness'].default_value = 0.6
    shader.inputs['Specular IOR Level'].default_value = 0.3
    a = m.node_tree.nodes.new('ShaderNodeVertexColor')
    a.layer_name = 'c'
    m.node_tree.links.new(a.outputs['Color'], shader.inputs['Base Color'])
    return m


def add_mesh(v, f, rgb, n=None):
    """Put a mesh with linear vertex colours (and optional normals) in the scene; glTF axes in."""
    mesh = bpy.data.meshes.new('m')
    mesh.from_pydata(_to_blender(v).tolist(), [], f.tolist())
    layer = mesh.color_attributes.new('c', 'FLOAT_COLOR', 'POINT')
    layer.data.foreach_set('color', np.hstack([rgb, np.ones((len(v), 1))]).astype(np.float32).ravel())
    mesh.polygons.foreach_set('use_smooth', [True] * len(mesh.polygons))
    if n is not None:
        mesh.normals_split_custom_set_from_vertices(_to_blender(n).tolist())
    mesh.materials.append(material())
    thing = bpy.data.objects.new('m', mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def light(name, place, energy, size, aim=(0, 0, 1.3)):
    data = bpy.data.lights.new(name, 'AREA')
    data.energy, data.size = energy, size
    thing = bpy.data.objects.new(name, data)
    thing.location = place
    thing.rotation_euler = (Vector(aim) - Vector(place)).to_track_quat('-Z', 'Y').to_euler()
    bpy.context.scene.collection.objects.link(thing)


def studio(world=0.55):
    w = bpy.data.worlds.new('w')
    w.use_nodes = True
    w.node_tree.nodes['Background'].inputs[0].default_value = (.82, .86, .92, 1)
    w.node_tree.nodes['Background'].inputs[1].default_value = world
    bpy.context.scene.world = w
    light('key', (1.6, -2.6, 2.9), 110, 1.6)
    light('fill', (-2.4, -2.0, 1.7), 30, 2.5)
    light('rim', (-1.2, 2.4, 2.6), 60, 1.2)


def shoot(path, eye, aim, lens=50, size=(420, 560), samples=12, transparent=False, ortho=None):
    """Render from `eye` to `aim` (glTF axes); `ortho` is the longer side of an orthographic picture in metres."""
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    scene.cycles.samples = samples
    scene.cycles.use_denoising = False
    scene.cycles.max_bounces = 3
    scene.render.threads_mode, scene.render.threads = 'FIXED', 2
    scene.view_settings.view_transform = 'Standard'
    data = bpy.data.cameras.new('c')
    data.lens = lens
    if ortho is not None:
        data.type, data.ortho_scale = 'ORTHO', ortho
    camera = bpy.data.objects.new('c', data)
    scene.collection.objects.link(camera)
    eye, aim = (Vector((p[0], -p[2], p[1])) for p in (eye, aim))
    camera.location = eye
    camera.rotation_euler = (aim - eye).to_track_quat('-Z', 'Y').to_euler()
    scene.camera = camera
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.film_transparent = transparent
    scene.render.filepath = path
    bpy.ops.render.render(write_still=True)
    return math.dist(eye, aim)
