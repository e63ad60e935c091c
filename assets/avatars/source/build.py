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
import face
import finish
import gltf
import hair
import head
import headwear
import kit
import limbs
import rig
import robes
from kit import FIXED, GARMENT2, HAIR
from looks import LOOKS, WHITE


def suit(wearer, look):
    shirt = clothes.shirt_front(wearer, FIXED, WHITE)
    near = [clothes.shirt_collar(wearer, shirt, FIXED, WHITE), *clothes.tie(wearer, shirt)]
    far = kit.at((1,), [clothes.shirt_collar(wearer, shirt, FIXED, WHITE, 11)]) + kit.at((2,), [clothes.shirt_collar(wearer, shirt, FIXED, WHITE, 8)])
    parts = [shirt, *clothes.jacket(wearer, look), *clothes.trousers(wearer), *clothes.shoes(wearer)]
    return parts + kit.at((0,), near) + far + kit.at((1, 2), clothes.tie(wearer, shirt, coarse=True)), dict(chest=1.46, legs=False)


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


KNEE, KNEE_HALF = rig.rest_joints()['lowerLegL'][1], .055
FAR = {'shoes': limbs.shoes, 'trousers': lambda p: limbs.legs(p, (.067, KNEE - KNEE_HALF, KNEE + KNEE_HALF, .80, .915))}
OUTFITS = {'suit': suit, 'suit-blouse': suit_blouse, 'dress': dress, 'robe': robe, 'coat': coat, 'sari': sari}


def bust(skin, show, only):
    """Head, neck and what garments may show of the chest, for some levels."""
    p = kit.cut(skin, np.where(cloth.arm(skin) > .25, -.1, skin.v[:, 1] - show['chest']))
    return replace(finish.with_normals(p), name='head', only=only)


def skin_parts(skin, show):
    """Split the naked skin into the head (down to `chest`), the hands with forearms and the shins."""
    out = [bust(skin, show, (0,))]
    reach = show.get('arms', .82)
    hand = np.full(len(skin.v), -.1)
    for side in 'LR':
        elbow, wrist = (rig.rest_joints()[n + side] for n in ('lowerArm', 'hand'))
        axis = wrist - elbow
        along = ((skin.v - elbow) @ axis) / (axis @ axis)
        mine = skin.w[:, [rig.INDEX[n + side] for n in ('lowerArm', 'hand', 'fingers', 'thumb')]].sum(1) > .4
        hand = np.where(mine, (along - reach) * .2, hand)
    hand = replace(finish.with_normals(kit.cut(skin, hand)), name='hands', keep=None)
    out += [replace(hand, only=(0, 1)), *limbs.hands(hand)]
    if show['legs']:
        shin = kit.cut(skin, np.where(cloth.leg(skin) > .5, np.minimum(.56 - skin.v[:, 1], skin.v[:, 1] - .045), -.1))
        shin = replace(finish.with_normals(shin), name='shins', keep=None)
        out += [replace(shin, only=(0, 1)), *limbs.legs(shin, (.06, .28, KNEE - KNEE_HALF, .548), limbs.ROOF)]
    return out


def person(look):
    """All dense parts of one appearance in the shared rest pose, and its Face."""
    verts = rig.to_rest(base.shaped(look))
    inside = head.mouth_inside()
    skin = head.body_part(verts, look, inside)
    scalp = hair.Scalp(verts, skin)
    wearer = clothes.Wearer(verts, head.skin_weights(verts), skin)
    parts, show = OUTFITS[look['outfit']](wearer, look)
    parts = [q for p in parts for q in ([replace(p, only=(0, 1)), *FAR[p.name](p)] if p.name in FAR else [p])]
    extra = []
    if 'hair' in look:
        extra += [replace(p, n=kit.welded_normals(p.v, p.f)) for p in hair.STYLES[look['hair']['style']](scalp, skin, look)]
    if look.get('scarf'):
        extra += headwear.headscarf(scalp, skin, wearer)
        parts = [headwear.under_scarf(p) if p.name == 'robe' else p for p in parts]
    if look.get('turban'):
        extra += headwear.turban(scalp, skin, look)
    plain = face.plain_skin(verts, look, inside)
    if 'beard' in look:
        made = kit.at((0,), headwear.beard(scalp, skin, verts, look)) + kit.at((1, 2), headwear.beard(scalp, plain, verts, look, True))
        colour = look['beard'].get('colour')
        extra += made if colour is None else [replace(p, kind=FIXED, c=p.c * colour) for p in made]
    if look.get('earrings'):
        extra += headwear.earrings(skin, scalp, look['earrings'])
    if 'glasses' in look:
        extra += headwear.glasses(verts, skin, scalp, look)
    brow = (HAIR, (1, 1, 1))
    if look.get('scarf') or look.get('turban'):   # the hair tint is the cloth's here
        brow = (FIXED, look.get('brow_colour', (.03, .022, .018)))
    brows = head.brows(verts, skin, look)
    near = [head.mouth(verts, inside), head.eyes(verts, look), head.lashes(verts, look), replace(brows, kind=brow[0], c=brows.c * brow[1])]
    far = [bust(bare(plain, scalp, look), show, (1,)), face.far_head(plain, verts, bool(look.get('scarf')))]
    if show['chest'] < face.NECK:
        chest = kit.cut(plain, np.where(cloth.share(plain, 'head') > .5, -.1, face.NECK + .012 - plain.v[:, 1]))
        far.append(replace(bust(chest, show, (2,)), name='chest'))
    parts = skin_parts(bare(skin, scalp, look), show) + far + [replace(p, only=(0,)) for p in near] + extra + parts
    return parts, face.outline(verts, skin, inside, look, brow)


def bare(skin, scalp, look):
    """The skin without what hair and headscarf hide."""
    if look.get('scarf'):
        return kit.cut(skin, np.where(cloth.arm(skin) > .1, .02, (1.13 - headwear.face_oval(skin.v, scalp)) * .06))
    if look.get('turban'):
        return skin
    style = look['hair']['style']
    return hair.bald_under(scalp, skin, hair.LINE_MAN if style == 'short' else hair.LINE_WOMAN, ears=style != 'long')


def build(ids):
    """{id: [lod0, lod1, lod2]} of finished meshes."""
    out = {}
    for name in ids:
        start = time.time()
        out[name] = finish.lods(*person(LOOKS[name]))
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
