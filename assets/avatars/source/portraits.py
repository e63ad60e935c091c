"""Head-and-shoulders pictures for the picker: `python3 portraits.py FOLDER [id ...]` writes PNGs; portraits.mjs makes WebPs of them."""
import os
import sys

import bpy
import numpy as np

import build
import clips
import pose
import preview
import rig
from looks import LOOKS


def linear(colour):
    """'#rrggbb' to linear rgb (IEC 61966-2-1)."""
    c = np.array([int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c < .04045, c / 12.92, ((c + .055) / 1.055) ** 2.4)


def tinted(mesh, look):
    """Vertex colours of a mesh with the look's own tints applied."""
    out = mesh.rgba[:, :3].copy()
    for kind, colour in zip((.25, .5, .75, 1.0), look['tints']):
        out[np.abs(mesh.rgba[:, 3] - kind) < .01] *= linear(colour)
    return out


def portrait(look, mesh, path, samples=72, size=256):
    preview.clear()
    preview.studio(.45)
    world, place = clips.idle(.12).solve()
    v, turn = pose.skin(mesh.v, mesh.w, world, place), rig.rotation((0, 1, 0), np.radians(-14))
    preview.add_mesh(v @ turn.T, mesh.f, tinted(mesh, look), mesh.n @ turn.T)
    preview.shoot(path, (0.02, 1.60, 2.6), (0, 1.525, 0), lens=2.6 * 36 / .56, size=(size, size), samples=samples, transparent=True)


def main():
    folder, ids = sys.argv[1], sys.argv[2:] or list(LOOKS)
    os.makedirs(folder, exist_ok=True)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for name, meshes in build.build(ids).items():
        portrait(LOOKS[name], meshes[0], os.path.join(folder, name + '.png'))


if __name__ == '__main__':
    main()
