"""A minimal glTF 2.0 binary writer for skinned meshes on one shared skeleton with sampled clips."""
import json
import struct

import numpy as np

import rig
from pose import REST

FLOAT, USHORT, UBYTE, UINT = 5126, 5123, 5121, 5125
KIND = {1: 'SCALAR', 2: 'VEC2', 3: 'VEC3', 4: 'VEC4', 16: 'MAT4'}
DTYPE = {FLOAT: np.float32, USHORT: np.uint16, UBYTE: np.uint8, UINT: np.uint32}


class Writer:
    """Collects accessors, nodes, meshes and animations, and writes one .glb."""

    def __init__(self, generator):
        self.blob = bytearray()
        self.doc = {'asset': {'version': '2.0', 'generator': generator}, 'scene': 0, 'scenes': [{'name': 'avatars', 'nodes': []}],
                    'nodes': [], 'meshes': [], 'accessors': [], 'bufferViews': [], 'animations': [],
                    'materials': [{'name': 'avatar', 'doubleSided': True,
                                   'pbrMetallicRoughness': {'metallicFactor': 0, 'roughnessFactor': .72}}]}

    def accessor(self, values, kind, bounds=False, normalized=False, target=None):
        """Append an array and return its accessor number."""
        data = np.ascontiguousarray(values, DTYPE[kind])
        self.blob.extend(b'\0' * (-len(self.blob) % 4))
        view = {'buffer': 0, 'byteOffset': len(self.blob), 'byteLength': data.nbytes}
        if target:
            view['target'] = target
        self.blob.extend(data.tobytes())
        self.doc['bufferViews'].append(view)
        width = 1 if data.ndim == 1 else data.shape[1]
        entry = {'bufferView': len(self.doc['bufferViews']) - 1, 'componentType': kind, 'count': len(data), 'type': KIND[width]}
        if normalized:
            entry['normalized'] = True
        if bounds:
            flat = data.reshape(len(data), -1)
            entry['min'], entry['max'] = [x.tolist() for x in (flat.min(0), flat.max(0))]
        self.doc['accessors'].append(entry)
        return len(self.doc['accessors']) - 1

    def skeleton(self):
        """Write the joints as nodes 0..24 under an 'armature' node, and the skin."""
        children = {i: [j for j, p in enumerate(rig.PARENT) if p == i] for i in range(len(rig.NAMES))}
        for i, name in enumerate(rig.NAMES):
            above = REST[rig.PARENT[i]] if rig.PARENT[i] >= 0 else np.zeros(3)
            node = {'name': name, 'translation': (REST[i] - above).round(6).tolist()}
            if children[i]:
                node['children'] = children[i]
            self.doc['nodes'].append(node)
        inverse = np.tile(np.eye(4), (len(REST), 1, 1))
        inverse[:, :3, 3] = -REST
        matrices = self.accessor(inverse.transpose(0, 2, 1).reshape(-1, 16), FLOAT)
        self.doc['skins'] = [{'name': 'skeleton', 'inverseBindMatrices': matrices, 'joints': list(range(len(REST))), 'skeleton': 0}]
        self.doc['nodes'].append({'name': 'armature', 'children': [0]})
        self.doc['scenes'][0]['nodes'].append(len(self.doc['nodes']) - 1)

    def mesh(self, name, mesh):
        """Write one skinned mesh with a single primitive."""
        order = np.argsort(-mesh.w, axis=1)[:, :4]
        weights = np.take_along_axis(mesh.w, order, axis=1)
        order = np.where(weights > 0, order, 0)
        fixed = np.round(weights * 255).astype(int)
        fixed[:, 0] += 255 - fixed.sum(axis=1)
        colour = np.round(np.clip(mesh.rgba, 0, 1) * 255)
        attributes = {'POSITION': self.accessor(mesh.v, FLOAT, bounds=True, target=34962),
                      'NORMAL': self.accessor(mesh.n, FLOAT, target=34962),
                      'COLOR_0': self.accessor(colour, UBYTE, normalized=True, target=34962),
                      'JOINTS_0': self.accessor(np.where(fixed > 0, order, 0), UBYTE, target=34962),
                      'WEIGHTS_0': self.accessor(fixed, UBYTE, normalized=True, target=34962)}
        indices = self.accessor(mesh.f.ravel(), USHORT if len(mesh.v) < 65535 else UINT, target=34963)
        self.doc['meshes'].append({'name': name, 'primitives': [{'attributes': attributes, 'indices': indices, 'material': 0}]})
        self.doc['nodes'].append({'name': name, 'mesh': len(self.doc['meshes']) - 1, 'skin': 0})
        self.doc['scenes'][0]['nodes'].append(len(self.doc['nodes']) - 1)

    def clip(self, name, times, quats, hips):
        """Write one animation: rotations of all joints that move, and the hips' translation."""
        clock = self.accessor(times, FLOAT, bounds=True)
        samplers, channels = [], []

        def channel(node, path, values):
            samplers.append({'input': clock, 'output': self.accessor(values, FLOAT), 'interpolation': 'LINEAR'})
            channels.append({'sampler': len(samplers) - 1, 'target': {'node': node, 'path': path}})

        channel(0, 'translation', hips)
        for i in range(len(rig.NAMES)):
            channel(i, 'rotation', quats[:, i])
        self.doc['animations'].append({'name': name, 'samplers': samplers, 'channels': channels})

    def save(self, path):
        self.blob.extend(b'\0' * (-len(self.blob) % 4))
        self.doc['buffers'] = [{'byteLength': len(self.blob)}]
        text = json.dumps(self.doc, separators=(',', ':')).encode()
        text += b' ' * (-len(text) % 4)
        with open(path, 'wb') as file:
            file.write(struct.pack('<4sII', b'glTF', 2, 28 + len(text) + len(self.blob)))
            file.write(struct.pack('<I4s', len(text), b'JSON') + text)
            file.write(struct.pack('<I4s', len(self.blob), b'BIN\0') + bytes(self.blob))
