"""The site: Geneva's, with the marks that this scene has besides."""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, '..', '..', 'geneva', 'source')
if SHARED not in sys.path:
    sys.path.append(SHARED)   # after HERE: modules of the same name here come first

import bpy  # noqa: E402
from mathutils import Vector  # noqa: E402

from venue import Site, box_mesh  # noqa: E402


class Place(Site):
    """A site whose marks are JSON texts, so that lists may stand in them."""

    def mark(self, kind, identity, at, turn=0.0, **more):
        obj = super().mark(kind, identity, at, turn)
        obj['venue'] = json.dumps({'kind': kind, 'id': identity, **more})
        return obj

    def seat(self, identity, at, turn, height=0.45):
        self.mark('seat', identity, at, turn, height=height)

    def space(self, identity, low, high, reverb, openings=()):
        """The box of an acoustic space; `openings` are (to, loss in decibels)."""
        points, faces = box_mesh(low, high)
        venue = {'kind': 'space', 'id': identity, 'reverb': reverb}
        if openings:
            venue['openings'] = [{'to': to, 'lossDecibels': loss} for to, loss in openings]
        self._mesh(f'space-{identity}', points, faces, json.dumps(venue))

    def zone(self, identity, low, high):
        points, faces = box_mesh(low, high)
        self._mesh(f'zone-{identity}', points, faces, json.dumps({'kind': 'zone', 'id': identity}))

    def surface(self, name, corners, material, venue, grid=(1, 1)):
        """A quad with texture coordinates 0..1 from its lower left `corners[0]`, counter-clockwise, and a mark."""
        o, a, _, b = (Vector(c) for c in corners)
        mesh = bpy.data.meshes.new(name)
        mesh.from_pydata([tuple(c) for c in corners], [], [(0, 1, 2, 3)])
        mesh.uv_layers.new(name='UVMap').data.foreach_set('uv', [0, 0, 1, 0, 1, 1, 0, 1])
        mesh.materials.append(material)
        obj = self._link(bpy.data.objects.new(name, mesh))
        obj['venue'] = json.dumps(venue)
        return obj

    def scenery(self, name, at, turn=0.0, scale=1.0, tall=1.0):
        """An instance that nobody meets (trees beyond the walls)."""
        obj = self.put(name, at, turn, scale)
        obj.scale = (scale, scale, scale * tall)
        return obj

    def plain(self, name, at):
        """An empty without a mark that another step finds by its name."""
        obj = self._link(bpy.data.objects.new(name, None))
        obj.location = at
        return obj
