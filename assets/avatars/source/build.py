"""Build every appearance: `python3 build.py OUT.glb [id ...]`. Writes the raw file that pack.mjs compresses."""
import sys
import time
from dataclasses import replace

import bpy
import numpy as np

import base
import clips
import cloth
import clothes
import finish
import gltf
import hair
import head
import headwear
import kit
import rig
import robes
from kit import FIXED, GARMENT2
from looks import LOOKS, WHITE


def suit(wearer, look):
    shirt = clothes.shirt_front(wearer, FIXED, WHITE)
    parts = [shirt, clothes.shirt_collar(wearer, shirt, FIXED, WHITE), *clothes.tie(wearer, shirt), *clothes.jacket(wearer, look),
             *clothes.trousers(wearer), *clothes.shoes(wearer)]
    return parts, dict(chest=1.46, legs=False)


def suit_blouse(wearer, look):
    look = dict(look, jacket=dict(amount=.35, ease=.006, flare=.018, width=.060, lapel=.068, waist=1.09, top=1.42), buttons=(1.075,), pads=.6)
    blouse = clothes.shirt_front(wearer, GARMENT2, (1, 1, 1), (1.478, .36), .088, vee=(1.345, .040))
    parts = [blouse, *clothes.jacket(wearer, look), *clothes.trousers(wearer, .095, .074, .066), *clothes.shoes(wearer, height=.080)]
    return parts, dict(chest=1.30, legs=False)


def dress(wearer, look):
    return [*robes.dress(wearer, look), *clothes.shoes(wearer, (.05, .02, .02), height=.062)], dict(chest=1.34, legs=True, arms=.38)


def robe(wearer, look):
    return [*robes.robe(wearer, look), *clothes.shoes(wearer, (.06, .035, .02))], dict(chest=1.36, legs=False, arms=.55)


def coat(wearer, look):
    coat_look = dict(look, robe=dict(width=.05, cuff=.056, upper=.068, folds=.007, ease=.008, neck=(1.430, .30), panel=False, sleeve=.97))
    return [*robes.robe(wearer, coat_look), *clothes.shoes(wearer)], dict(chest=1.44, legs=False)


def sari(wearer, look):
    return [*robes.sari(wearer, look), *clothes.shoes(wearer, (.10, .06, .03), height=.062)], dict(chest=1.08, legs=False, arms=.24)


OUTFITS = {'suit': suit, 'suit-blouse': suit_blouse, 'dress': dress, 'robe': robe, 'coat': coat, 'sari': sari}


def skin_parts(skin, show):
    """Split the naked skin into the head (down to `chest`), the hands with forearms and the shins; drop what is covered."""
    arms = cloth.arm(skin)
    bust = kit.cut(skin, np.where(arms > .25, -.1, skin.v[:, 1] - show['chest']))
    out = [replace(finish.with_normals(bust), name='head')]
    reach = show.get('arms', .82)
    hand = np.full(len(skin.v), -.1)
    for side in 'LR':
        elbow, wrist = (rig.rest_joints()[n + side] for n in ('lowerArm', 'hand'))
        axis = wrist - elbow
        along = ((skin.v - elbow) @ axis) / (axis @ axis)
        mine = skin.w[:, [rig.INDEX[n + side] for n in ('lowerArm', 'hand', 'fingers', 'thumb')]].sum(1) > .4
        hand = np.where(mine, (along - reach) * .2, hand)
    out.append(replace(finish.with_normals(kit.cut(skin, hand)), name='hands', keep=None))
    if show['legs']:
        shin = kit.cut(skin, np.where(cloth.leg(skin) > .5, np.minimum(.56 - skin.v[:, 1], skin.v[:, 1] - .045), -.1))
        out.append(replace(finish.with_normals(shin), name='shins', keep=None))
    return out


def person(look):
    """All dense parts of one appearance, in the shared rest pose."""
    verts = rig.to_rest(base.shaped(look))
    inside = head.mouth_inside()
    skin = head.body_part(verts, look, inside)
    scalp = hair.Scalp(verts, skin)
    wearer = clothes.Wearer(verts, head.skin_weights(verts), skin)
    parts, show = OUTFITS[look['outfit']](wearer, look)
    extra, bald = [], None
    if 'hair' in look:
        extra += [replace(p, n=kit.welded_normals(p.v, p.f)) for p in hair.STYLES[look['hair']['style']](scalp, skin, look)]
        bald = hair.LINE_MAN if look['hair']['style'] == 'short' else hair.LINE_WOMAN
    if look.get('scarf'):
        extra += headwear.headscarf(scalp, skin, wearer)
        parts = [headwear.under_scarf(p) if p.name == 'robe' else p for p in parts]
    if look.get('turban'):
        extra += headwear.turban(scalp, skin, look)
    if 'beard' in look:
        made = headwear.beard(scalp, skin, verts, look)
        colour = look['beard'].get('colour')
        extra += made if colour is None else [replace(p, kind=FIXED, c=p.c * colour) for p in made]
    if look.get('earrings'):
        extra += headwear.earrings(skin, scalp, look['earrings'])
    if 'glasses' in look:
        extra += headwear.glasses(verts, skin, scalp, look)
    shift = 0.0
    if bald is None:
        bald, shift = hair.LINE_MAN, .012
    visible = hair.bald_under(scalp, skin, bald, shift=shift, ears=look.get('hair', {}).get('style') != 'long')
    if look.get('scarf'):
        visible = kit.cut(skin, np.where(cloth.arm(skin) > .1, .02, (1.13 - headwear.face_oval(skin.v, scalp)) * .06))
    brows = head.brows(verts, skin, look)
    if look.get('scarf') or look.get('turban'):   # the hair tint is the cloth's here
        brows = replace(brows, kind=FIXED, c=brows.c * look.get('brow_colour', (.03, .022, .018)))
    return skin_parts(visible, show) + [head.mouth(verts, inside), *head.eyes(verts, look), head.lashes(verts, look), brows] + extra + parts


def build(ids):
    """{id: [lod0, lod1, lod2]} of finished meshes."""
    out = {}
    for name in ids:
        start = time.time()
        parts = person(LOOKS[name])
        out[name] = finish.lods(parts)
        print(name, [len(m.f) for m in out[name]], f'{time.time() - start:.1f} s', flush=True)
    return out


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    ids = sys.argv[2:] or list(LOOKS)
    writer = gltf.Writer('Plenum avatar scripts')
    writer.skeleton()
    for name, meshes in build(ids).items():
        for number, mesh in enumerate(meshes):
            writer.mesh(f'{name}_lod{number}', mesh)
    for name in clips.CLIPS:
        writer.clip(name, *clips.sample(name))
    writer.save(sys.argv[1])


if __name__ == '__main__':
    main()
