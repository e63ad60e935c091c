"""Contact sheets of a raw build for looking at the work: every appearance in a row, one row per level, view and moment.

`python3 sheet.py RAW.glb OUT.png ROW ...` with rows like `lod1,walk@.3,90,180` : level, clip at a phase (or `rest`), yaw in degrees
(0 looks at the viewer), pixels per metre. On a 1080-pixel picture with 53 degrees of vertical view a metre at a distance
of d metres has 1083 / d pixels: 180 is 6 m, 108 is 10 m, 54 is 20 m. A fifth field `low:high` crops to heights in metres.
"""
import json
import struct
import sys

import bpy
import numpy as np

import clips
import pose
import preview
import rig
from looks import LOOKS
from portraits import tinted
from finish import Mesh

SPACING = {'rest': .95}   # metres from person to person; arms are no wider than this in the clips:
NARROW = .69
TYPES = {5126: np.float32, 5123: np.uint16, 5121: np.uint8, 5125: np.uint32}
WIDTH = {'SCALAR': 1, 'VEC2': 2, 'VEC3': 3, 'VEC4': 4, 'MAT4': 16}


def read(path):
    """{mesh name: Mesh} of an uncompressed .glb that gltf.Writer made."""
    with open(path, 'rb') as file:
        data = file.read()
    size = struct.unpack('<I', data[12:16])[0]
    doc, blob = json.loads(data[20:20 + size]), data[28 + size:]

    def values(number):
        a = doc['accessors'][number]
        view, width = doc['bufferViews'][a['bufferView']], WIDTH[a['type']]
        out = np.frombuffer(blob, TYPES[a['componentType']], a['count'] * width, view['byteOffset']).reshape(-1, width)
        return out / np.iinfo(out.dtype).max if a.get('normalized') else out

    out = {}
    for mesh in doc['meshes']:
        at = {k: values(i) for k, i in mesh['primitives'][0]['attributes'].items()}
        w = np.zeros((len(at['POSITION']), len(rig.NAMES)))
        for k in range(4):
            np.add.at(w, (np.arange(len(w)), at['JOINTS_0'][:, k].astype(int)), at['WEIGHTS_0'][:, k])
        out[mesh['name']] = Mesh(at['POSITION'].astype(float), at['NORMAL'].astype(float), at['COLOR_0'], w,
                                 values(mesh['primitives'][0]['indices']).reshape(-1, 3).astype(int))
    return out


def stand(mesh, look, moment, yaw, x):
    """Put one posed person into the scene, turned by `yaw` degrees, at `x` metres to the right."""
    v, n = mesh.v, mesh.n
    if moment != 'rest':
        clip, phase = moment.split('@')
        world, place = clips.CLIPS[clip][0](float(phase)).solve()
        v, n = pose.skin(v, mesh.w, world, place), turned(mesh, world)
    spin = rig.rotation((0, 1, 0), np.radians(yaw))
    preview.add_mesh(v @ spin.T + [x, 0, 0], mesh.f, tinted(mesh, look), n @ spin.T)


def turned(mesh, world):
    """Normals of a posed mesh."""
    return sum(mesh.w[:, i:i + 1] * (mesh.n @ world[i].T) for i in range(len(rig.NAMES)))


def row(meshes, ids, text, path):
    """Render one row to a file and return its pixels (height, width, 4), top row first."""
    level, moment, yaw, scale, *crop = text.split(',')
    low, high = map(float, crop[0].split(':')) if crop else (-.04, 2.02)
    preview.clear()
    preview.studio(.7)
    for light in [o for o in bpy.data.objects if o.type == 'LIGHT']:
        bpy.data.objects.remove(light)
    sun = bpy.data.lights.new('sun', 'SUN')
    sun.energy, sun.angle, sun.use_shadow = 2.0, .5, False
    sun.cycles.cast_shadow = False
    thing = bpy.data.objects.new('sun', sun)
    thing.rotation_euler = (np.radians(48), 0, np.radians(28))
    bpy.context.scene.collection.objects.link(thing)
    space = float(crop[1]) if len(crop) > 1 else SPACING.get(moment, NARROW)
    for k, name in enumerate(ids):
        stand(meshes[f'{name}_{level}'], LOOKS[name], moment, float(yaw), (k - (len(ids) - 1) / 2) * space)
    wide, tall, scale = len(ids) * space, high - low, float(scale)
    size = (round(wide * scale), round(tall * scale))
    preview.shoot(path, (0, (low + high) / 2, 9), (0, (low + high) / 2, 0), size=size, samples=16, ortho=max(wide, tall))
    image = bpy.data.images.load(path, check_existing=False)
    pixels = np.array(image.pixels[:]).reshape(size[1], size[0], 4)[::-1]
    bpy.data.images.remove(image)
    return pixels


def save(pixels, path):
    image = bpy.data.images.new('sheet', pixels.shape[1], pixels.shape[0])
    image.pixels = pixels[::-1].astype(np.float32).ravel()
    image.filepath_raw, image.file_format = path, 'PNG'
    image.save()


def main():
    source, out, *rows = sys.argv[1:]
    ids = list(LOOKS)
    if rows and rows[0].startswith('only='):
        ids = rows.pop(0)[5:].split(',')
    meshes = read(source)
    strips = [row(meshes, ids, text, out) for text in rows]
    wide = max(s.shape[1] for s in strips)
    save(np.vstack([np.pad(s, ((0, 4), (0, wide - s.shape[1]), (0, 0)), constant_values=1) for s in strips]), out)


if __name__ == '__main__':
    main()
