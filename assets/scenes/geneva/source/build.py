"""Builds the Geneva venue: geometry, marks, light maps, and build/scene.glb for the packer.

    python3 build.py [--samples N] [--size N] [--only AREA] [--keep-light] [--still VIEW] [--environment]

Needs Blender 4.5 as a module (pip install bpy==4.5.15, Python 3.11).
"""
import argparse
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bpy  # noqa: E402
import numpy as np  # noqa: E402

import backdrop  # noqa: E402
import bake  # noqa: E402
import charts  # noqa: E402
import furniture  # noqa: E402
import hall  # noqa: E402
import lounge  # noqa: E402
import names  # noqa: E402
import plants  # noqa: E402
import rooms  # noqa: E402
import stills  # noqa: E402
import textures  # noqa: E402
from geometry import to_object  # noqa: E402
from materials import picture  # noqa: E402
from venue import Site  # noqa: E402

OUT = os.path.join(HERE, 'build')
FOLDER = os.path.dirname(HERE)
ATLAS = {'lounge': 1536, 'hall': 1536}
SCALE = {'lounge': 3.0, 'hall': 2.0}
GLOW = {'light': ((1.0, 0.90, 0.76), 3.0), 'shade': ((1.0, 0.82, 0.60), 1.25), 'view': ((1, 1, 1), 1.0), 'screen': ((1, 1, 1), 0.9)}


def prototypes(site):
    m = site.materials
    glow = m.glowing('shade', *GLOW['shade'])
    for make in (furniture.hall_seat, furniture.conference_chair, furniture.sofa, furniture.armchair, furniture.coffee_table,
                 furniture.side_table, furniture.bar_stool, furniture.microphone, plants.rubber_fig, plants.palm,
                 plants.snake_plant):
        mesh = make(m)
        site.prototypes[mesh.name] = mesh
    for make in (furniture.floor_lamp, furniture.pendant):
        mesh = make(m, glow)
        site.prototypes[mesh.name] = mesh


def screens(site):
    """The screens' own meshes (UVs 0..1) and the view."""
    image = picture('idle', textures.idle_screen())
    material = site.materials.glowing('screen', *GLOW['screen'], image)
    for identity, o, u, tall in site.screens:
        mesh = bpy.data.meshes.new(f'screen-{identity}')
        points = [o, (o[0] + u[0], o[1], o[2]), (o[0] + u[0], o[1], o[2] + tall), (o[0], o[1], o[2] + tall)]
        mesh.from_pydata(points, [], [(0, 1, 2, 3)])
        mesh.uv_layers.new(name='UVMap').data.foreach_set('uv', [0, 0, 1, 0, 1, 1, 0, 1])
        mesh.materials.append(material)
        obj = bpy.data.objects.new(f'screen-{identity}', mesh)
        obj['venue'] = {'kind': 'screen', 'id': identity}
        site.scene.collection.objects.link(obj)
    path = os.path.join(HERE, 'panorama.webp')
    view = bpy.data.images.load(path) if os.path.exists(path) else picture('view', np.full((8, 8, 3), 0.8, np.float32))
    view.pack()
    mesh = backdrop.mesh()
    mesh.materials.append(site.materials.glowing('view', *GLOW['view'], view))
    obj = bpy.data.objects.new('view', mesh)
    site.scene.collection.objects.link(obj)
    obj.visible_diffuse = obj.visible_shadow = False
    return obj


def surfaces(site, limit):
    """Objects of the static surfaces by (area, role)."""
    place = {}
    for area, most in ATLAS.items():
        size = min(most, limit)
        density = charts.pack(site.static.charts[area], size)
        place[area] = charts.placer(size)
        print(f'{area}: {len(site.static.charts[area])} charts, {density:.1f} texels a metre', flush=True)
    made = {}
    for (material, area, role), surface in site.static.surfaces.items():
        name = '-'.join(filter(None, (material, area, role if role != 'baked' else '')))
        look = site.materials.glowing('light', *GLOW['light']) if material == 'light' else site.materials.get(material, area)
        obj = to_object(surface, name, look, place.get(area))
        made.setdefault((area, role), []).append(obj)
    return made


def glow_only_to_camera(site):
    """Lamps light the bake through area lights; their glowing faces must not add noise."""
    for obj in site.scene.objects:
        if obj.type == 'MESH' and any(m and m.name in GLOW for m in obj.data.materials):
            obj.visible_diffuse = obj.visible_shadow = False


def lights(site, made, options):
    for area, size in ATLAS.items():
        raw = os.path.join(OUT, f'light-{area}.npz')
        if options.only not in (None, area):
            continue
        size = min(size, options.size)
        if options.keep_light and os.path.exists(raw):
            light, normal = (np.load(raw)[k] for k in ('light', 'normal'))
        else:
            light, normal = bake.light_map(made[(area, 'baked')] + made.get((area, 'proxy'), []), area, size, options.samples)
            np.savez(raw, light=light, normal=normal)
        here = site.static.charts[area]
        known = normal.max(-1) > 0.01
        light, normal = charts.fill(light, known, here), charts.fill(normal, known, here)
        light = charts.smooth(bake.denoise(light, normal, charts.colours(here, size)), here)
        clipped = bake.save(light, os.path.join(FOLDER, f'lightmap-{area}.webp'), SCALE[area])
        lit = light[light.max(-1) > 0.001].mean(-1)
        print(f'{area}: light 5/50/95/99 % {np.percentile(lit, [5, 50, 95, 99]).round(2)}, clipped {clipped:.2%}', flush=True)
        for obj in made[(area, 'baked')] + made.get((area, 'projected'), []):
            for material in obj.data.materials:
                material['venue'] = {'lightmap': {'file': f'lightmap-{area}.webp', 'intensity': SCALE[area]}}


def export(site, made):
    for lamp in site.lights:
        bpy.data.objects.remove(lamp)
    for (area, role), objects in made.items():
        if role == 'proxy':
            for obj in objects:
                bpy.data.objects.remove(obj)
    for area in ATLAS:
        for obj in made.get((area, 'projected'), []):
            twin = next((o for o in made[(area, 'baked')] if o.data.materials[0] == obj.data.materials[0]), None)
            if twin:
                bpy.ops.object.select_all(action='DESELECT')
                obj.select_set(True)
                twin.select_set(True)
                bpy.context.view_layer.objects.active = twin
                bpy.ops.object.join()
    for obj in site.scene.objects:
        obj.hide_render = False
    nameless = {obj['venue']['id'] for obj in site.marks if obj['venue']['kind'] in ('space', 'place')} - set(names.NAMES)
    if nameless:
        raise KeyError(f'no name in names.py for {sorted(nameless)}')
    names.write(FOLDER)
    path = os.path.join(OUT, 'scene.glb')
    bpy.ops.export_scene.gltf(filepath=path, export_format='GLB', export_yup=True, export_extras=True, export_apply=False,
                              export_vertex_color='ACTIVE', export_active_vertex_color_when_no_material=False,
                              export_image_format='AUTO', export_cameras=False, export_lights=False, export_animations=False)
    print(f'exported {os.path.getsize(path) / 1e6:.1f} MB', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--samples', type=int, default=64)
    parser.add_argument('--size', type=int, default=2048)
    parser.add_argument('--keep-light', action='store_true')
    parser.add_argument('--only', choices=ATLAS, help='bake this area and stop; --keep-light then uses it')
    parser.add_argument('--still', nargs='*', default=[])
    parser.add_argument('--environment', action='store_true')
    options = parser.parse_args()
    os.makedirs(OUT, exist_ok=True)
    started = time.time()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    site = Site()
    world = bpy.data.worlds.new('world')
    site.scene.world = world
    world.use_nodes = True
    world.node_tree.nodes['Background'].inputs[1].default_value = 0.0
    prototypes(site)
    for area in (lounge, hall, rooms):
        area.build(site)
    site.close_marks()
    made = surfaces(site, options.size)
    screens(site)
    glow_only_to_camera(site)
    sun = bpy.data.lights.new('sun', 'SUN')
    sun.energy, sun.angle, sun.color = 5.0, 0.012, (1.0, 0.93, 0.82)
    obj = bpy.data.objects.new('sun', sun)
    obj.rotation_euler = stills.sun_turn()
    site.scene.collection.objects.link(obj)
    site.lights.append(obj)
    triangles = sum(sum(len(p.vertices) - 2 for p in o.data.polygons) for o in site.scene.objects
                    if o.type == 'MESH' and not o.hide_render and 'proxy' not in o.name)
    print(f'built in {time.time() - started:.0f} s: {triangles} triangles, {len(site.instances)} instances', flush=True)
    for name in [n for n in site.prototypes]:
        mesh = site.prototypes[name]
        count = sum(1 for o in site.instances if o.data == mesh)
        tris = sum(len(p.vertices) - 2 for p in mesh.polygons)
        print(f'  {name}: {tris} x {count} = {tris * count}', flush=True)
    for obj in site.scene.objects:
        if obj.name.endswith('-projected'):
            obj.hide_render = True
    if options.still:
        for obj in site.scene.objects:
            if obj.name.endswith(('-projected', '-proxy')):
                obj.hide_render = obj.name.endswith('-proxy')
        stills.render(options.still, OUT, options.samples)
        return
    if options.environment:
        for obj in site.scene.objects:
            if obj.name.endswith(('-projected', '-proxy')):
                obj.hide_render = obj.name.endswith('-proxy')
        stills.environment(OUT)
        return
    lights(site, made, options)
    if options.only is None:
        export(site, made)


if __name__ == '__main__':
    main()
