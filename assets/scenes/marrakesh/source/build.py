"""Builds the Marrakesh venue: geometry, marks, light maps, and build/scene.glb for the packer.

    python3 build.py [--samples N] [--scale K] [--only AREA...] [--keep-light] [--no-light] [--still VIEW...] [--environment]

Needs Blender 4.5 as a module (pip install bpy==4.5.15, Python 3.11).
"""
import argparse
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import place  # noqa: E402  (finds the shared modules)

import bmesh  # noqa: E402
import bpy  # noqa: E402
import numpy as np  # noqa: E402

import backdrop  # noqa: E402
import bake  # noqa: E402
import charts  # noqa: E402
import exhibits  # noqa: E402
import flora  # noqa: E402
import foyer  # noqa: E402
import furnishings  # noqa: E402
import names  # noqa: E402
import plants  # noqa: E402
import square  # noqa: E402
import stills  # noqa: E402
import sun  # noqa: E402
import textures  # noqa: E402
import visits  # noqa: E402
import water  # noqa: E402
from geometry import to_object  # noqa: E402
from materials import picture  # noqa: E402

OUT = os.path.join(HERE, 'build')
FOLDER = os.path.dirname(HERE)
ATLAS = {'foyer': 1267, 'square': 1497, 'rooms': 691}   # pixels; what the texture budget leaves
SCALE = {'foyer': 2.0, 'square': 2.2, 'rooms': 2.0}
GLOW = {'light': ((1.0, 0.97, 0.92), 1.6), 'lamp': ((1.0, 0.74, 0.42), 1.8), 'view': ((1, 1, 1), 1.0), 'sky': ((1, 1, 1), 1.0), 'screen': ((1, 1, 1), 0.9)}
# The eye adapts indoors: what the bake finds there is shown this much brighter.
GAIN = {'foyer': 1.3, 'square': 1.0, 'rooms': 1.4}
SUN, SKY = 4.6, 0.72


def prototypes(site):
    m = site.materials
    lamp = m.glowing('lamp', *GLOW['lamp'])
    for make in (*furnishings.MAKERS, *exhibits.MAKERS, *flora.MAKERS, plants.palm, plants.rubber_fig):
        mesh = make(m)
        site.prototypes[mesh.name] = mesh
    for make in furnishings.GLOWING:
        mesh = make(m, lamp)
        site.prototypes[mesh.name] = mesh


def boards(site):
    """Screens, booths, panels and the mosaic's board: meshes of their own, texture coordinates 0..1."""
    m = site.materials
    screen = m.glowing('screen', *GLOW['screen'], picture('idle', textures.idle_screen()))
    panels = m.get('panels')
    for kind, identity, corners, more in site.boards:
        if kind == 'panel':
            obj = site.surface(f'panel-{identity}', corners, panels, {})
            del obj['venue']
            column, row = more['cell'] % 4, 1 - more['cell'] // 4
            flat = [c for u, v in ((0, 0), (1, 0), (1, 1), (0, 1)) for c in ((column + u) / 4, (row + v) / 2)]
            obj.data.uv_layers[0].data.foreach_set('uv', flat)
        elif kind == 'activity':
            obj = site.surface(f'board-{identity}', corners, m.get('matte'), {})
            del obj['venue']
        else:
            obj = site.surface(f'{kind}-{identity}', corners, screen, {'kind': kind, 'id': identity, **more})
        colour = obj.data.color_attributes.new('Color', 'FLOAT_COLOR', 'POINT')
        colour.data.foreach_set('color', [0.72, 0.68, 0.60, 1.0] * 4 if kind == 'activity' else [0.9, 0.9, 0.9, 1.0] * 4)


def heavens(site):
    """The view and the sky."""
    m = site.materials
    path = os.path.join(HERE, 'skyline.webp')
    view = bpy.data.images.load(path) if os.path.exists(path) else picture('view', np.full((8, 8, 3), 0.8, np.float32))
    view.pack()
    for name, mesh, image in (('view', backdrop.view_mesh(), view), ('sky', backdrop.sky_mesh(), picture('sky', backdrop.sky_picture()))):
        mesh.materials.append(m.glowing(name, *GLOW[name], image))
        site.scene.collection.objects.link(bpy.data.objects.new(name, mesh))


def material_of(site, name, area):
    if name == 'light':
        return site.materials.glowing('light', *GLOW['light'])
    return site.materials.water() if name == 'water' else site.materials.get(name, area)


def surfaces(site, scale):
    """Objects of the static surfaces by area."""
    placers = {}
    for area, most in ATLAS.items():
        size = int(most * scale)
        density = charts.pack(site.static.charts[area], size)
        placers[area] = charts.placer(size)
        print(f'{area}: {len(site.static.charts[area])} charts, {density:.1f} texels a metre', flush=True)
    made = {}
    for (material, area, _), surface in site.static.surfaces.items():
        name = '-'.join(filter(None, (material, area)))
        made.setdefault(area, []).append(to_object(surface, name, material_of(site, material, area), placers.get(area)))
    return made


def quiet_lamps(site):
    """Glowing faces, sky picture and water take no part in the bake: lamps, the world and the basin's floor do."""
    silent = set(GLOW) | {'water'}
    for obj in site.scene.objects:
        if obj.type == 'MESH' and any(m and m.name in silent for m in obj.data.materials):
            if all(m.name in silent for m in obj.data.materials):
                obj.visible_diffuse = obj.visible_shadow = False
            else:
                for m in obj.data.materials:
                    if m.name in silent:
                        _only_seen(m)


def _only_seen(material):
    """Emission for camera rays only."""
    tree = material.node_tree
    if 'Light Path' in tree.nodes:
        return
    shader = tree.nodes['Principled BSDF']
    path, times = tree.nodes.new('ShaderNodeLightPath'), tree.nodes.new('ShaderNodeMath')
    times.operation = 'MULTIPLY'
    times.inputs[1].default_value = shader.inputs['Emission Strength'].default_value
    tree.links.new(path.outputs['Is Camera Ray'], times.inputs[0])
    tree.links.new(times.outputs[0], shader.inputs['Emission Strength'])


def audible(material):
    """Undoes `_only_seen` before the export."""
    tree = material.node_tree
    for node in [n for n in tree.nodes if n.type in ('LIGHT_PATH', 'MATH')]:
        tree.nodes.remove(node)


def daylight(site):
    world = bpy.data.worlds.new('world')
    site.scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    coordinate, split, arc = tree.nodes.new('ShaderNodeTexCoord'), tree.nodes.new('ShaderNodeSeparateXYZ'), tree.nodes.new('ShaderNodeMapRange')
    arc.inputs['From Min'].default_value, arc.inputs['From Max'].default_value = -0.05, 1.0
    ramp, background, out = tree.nodes.new('ShaderNodeValToRGB'), tree.nodes.new('ShaderNodeBackground'), tree.nodes.new('ShaderNodeOutputWorld')
    ramp.color_ramp.elements[0].color = (0.42, 0.30, 0.20, 1)
    ramp.color_ramp.elements[1].color = (0.30, 0.52, 0.92, 1)
    middle = ramp.color_ramp.elements.new(0.06)
    middle.color = (0.86, 0.84, 0.80, 1)
    low = ramp.color_ramp.elements.new(0.35)
    low.color = (0.52, 0.68, 0.92, 1)
    background.inputs[1].default_value = SKY
    for a, b in ((coordinate.outputs['Generated'], split.inputs[0]), (split.outputs['Z'], arc.inputs['Value']), (arc.outputs[0], ramp.inputs[0]),
                 (ramp.outputs[0], background.inputs[0]), (background.outputs[0], out.inputs[0])):
        tree.links.new(a, b)
    lamp = bpy.data.lights.new('sun', 'SUN')
    lamp.energy, lamp.angle, lamp.color = SUN, 0.010, sun.COLOUR
    obj = bpy.data.objects.new('sun', lamp)
    obj.rotation_euler = sun.turn()
    site.scene.collection.objects.link(obj)
    site.lights.append(obj)


def light_maps(site, made, options):
    for area, most in ATLAS.items():
        raw = os.path.join(OUT, f'light-{area}.npz')
        if options.only and area not in options.only:
            continue
        size = int(most * options.scale)
        if options.keep_light and os.path.exists(raw):
            light, normal = (np.load(raw)[k] for k in ('light', 'normal'))
        else:
            light, normal = bake.light_map(made[area], area, size, options.samples)
            np.savez(raw, light=light, normal=normal)
        here = site.static.charts[area]
        known = normal.max(-1) > 0.01
        light, normal = charts.fill(light, known, here), charts.fill(normal, known, here)
        light = charts.smooth(bake.denoise(light, normal, charts.colours(here, size)), here) * GAIN[area]
        clipped = bake.save(light, os.path.join(FOLDER, f'lightmap-{area}.webp'), SCALE[area])
        lit = light[light.max(-1) > 0.001].mean(-1)
        print(f'{area}: light 5/50/95/99 % {np.percentile(lit, [5, 50, 95, 99]).round(2)}, clipped {clipped:.2%}', flush=True)


def cut_polygons(objects):
    """Cuts faces of more than four corners into triangles: tangents are defined on no others."""
    for obj in objects:
        mesh = bmesh.new()
        mesh.from_mesh(obj.data)
        many = [face for face in mesh.faces if len(face.verts) > 4]
        bmesh.ops.triangulate(mesh, faces=many)
        mesh.to_mesh(obj.data)
        mesh.free()


def export(site, made):
    cut_polygons([obj for area in made for obj in made[area]])
    for area in ATLAS:
        for obj in made[area]:
            for material in obj.data.materials:
                if material.name not in ('light', 'water'):
                    material['venue'] = {'lightmap': {'file': f'lightmap-{area}.webp', 'intensity': SCALE[area]}}
    for lamp in site.lights:
        bpy.data.objects.remove(lamp)
    for name in GLOW:
        if name in bpy.data.materials:
            audible(bpy.data.materials[name])
    for obj in site.scene.objects:
        obj.hide_render = False
    named = ('space', 'place', 'zone', 'link')
    venues = [(v if isinstance(v, dict) else json.loads(v)) for v in (o['venue'] if isinstance(o['venue'], str) else o['venue'].to_dict() for o in site.marks)]
    nameless = {v['id'] for v in venues if v['kind'] in named} - set(names.NAMES)
    if nameless:
        raise KeyError(f'no name in names.py for {sorted(nameless)}')
    names.write(FOLDER)
    path = os.path.join(OUT, 'scene.glb')
    bpy.ops.export_scene.gltf(filepath=path, export_format='GLB', export_yup=True, export_extras=True, export_apply=False, export_tangents=True,
                              export_vertex_color='ACTIVE', export_active_vertex_color_when_no_material=False,
                              export_image_format='AUTO', export_cameras=False, export_lights=False, export_animations=False)
    water.attach(path)
    print(f'exported {os.path.getsize(path) / 1e6:.1f} MB', flush=True)


ALONE = ('exhibits', 'finial', 'fountain-bowl', 'spout', 'door-metal', 'great-lantern')   # met once or twice: not worth instancing


def join_singles(site):
    """Makes one object of the pieces that stand alone: a draw call a material instead of one a material of each."""
    meshes = {site.prototypes[name] for name in ALONE}
    chosen = [o for o in site.instances if o.data in meshes]
    bpy.ops.object.select_all(action='DESELECT')
    for obj in chosen:
        obj.data = obj.data.copy()
        obj.select_set(True)
    bpy.context.view_layer.objects.active = chosen[0]
    bpy.ops.object.transform_apply(location=True, rotation=True, scale=True)
    bpy.ops.object.join()
    bpy.context.view_layer.objects.active.name = 'details'
    gone = set(chosen[1:])
    site.instances = [o for o in site.instances if o not in gone]


def report(site):
    meshes = [o for o in site.scene.objects if o.type == 'MESH' and not o.hide_render]
    print(f'{sum(sum(len(p.vertices) - 2 for p in o.data.polygons) for o in meshes)} triangles, {len(site.instances)} instances', flush=True)
    drawn = {}
    for o in meshes:
        drawn[o.data.name] = max(1, len(o.data.materials))
    print(f'{sum(drawn.values())} draw calls', flush=True)
    for name, mesh in site.prototypes.items():
        count = sum(1 for o in site.instances if o.data == mesh)
        tris = sum(len(p.vertices) - 2 for p in mesh.polygons)
        print(f'  {name}: {tris} x {count} = {tris * count}, {len(mesh.materials)} materials', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--samples', type=int, default=32)
    parser.add_argument('--scale', type=float, default=1.0, help='of the light maps')
    parser.add_argument('--keep-light', action='store_true', help='the last bake, valid while no face was added, moved or resized')
    parser.add_argument('--no-light', action='store_true', help='export with the light maps as they lie there')
    parser.add_argument('--only', nargs='*', choices=ATLAS, help='bake these areas and stop; --keep-light then uses them')
    parser.add_argument('--still', nargs='*', default=[])
    parser.add_argument('--width', type=int, default=960)
    parser.add_argument('--environment', action='store_true', help='also render build/environment.hdr')
    options = parser.parse_args()
    os.makedirs(OUT, exist_ok=True)
    started = time.time()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    site = place.Place()
    site.boards = []
    prototypes(site)
    print(f'prototypes in {time.time() - started:.0f} s', flush=True)
    for area in (foyer, square, visits):
        area.build(site)
    join_singles(site)
    site.close_marks()
    made = surfaces(site, options.scale)
    boards(site)
    heavens(site)
    quiet_lamps(site)
    daylight(site)
    print(f'built in {time.time() - started:.0f} s', flush=True)
    report(site)
    if options.still:
        stills.render(options.still, OUT, options.samples, options.width)
        return
    if options.environment:
        stills.environment(OUT, samples=max(8, options.samples))
    if not options.no_light:
        light_maps(site, made, options)
    if not options.only:
        export(site, made)


if __name__ == '__main__':
    main()
