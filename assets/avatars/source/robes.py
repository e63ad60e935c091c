"""Long garments and wraps: dress, robe, sari; each hangs from a loosened top and follows the legs."""
from dataclasses import replace

import numpy as np

import cloth
import kit
from cloth import ramp
from clothes import hem_loop, sleeves, torso
from kit import GARMENT1, GARMENT2


def hung(p, loop, hem, width, folds=0.0, count=11, levels=10, deep=0.8):
    """Hang a skirt from a loop to `hem`. width: metres added at the hem; folds: their depth at the hem."""
    start = p.v[loop]
    top = start[:, 1].mean()
    centre = np.array([0, 0, (start[:, 2].min() + start[:, 2].max()) / 2])

    def shape(angle, y, ring):
        t = (top - y) / (top - hem)
        flat = (ring - centre) * [1, 0, 1]
        radius = np.linalg.norm(flat, axis=1)
        direction = flat / radius[:, None]
        around = np.arctan2(direction[:, 0], direction[:, 1 + 1])
        even = radius + (np.percentile(radius, 70) * deep + .3 * radius - radius) * t * .45
        fold = folds * t ** .8 * (np.cos(count * around + 1.3 * np.sin(2 * around)) + .4 * np.cos(23 * around + 2))
        return direction * (even + width * t ** 1.15 + fold)[:, None] + centre * [1, 0, 1] + [0, y, .012 * t]

    heights = top - (top - hem) * np.linspace(0, 1, levels + 1)[1:] ** .95
    p = cloth.hang(p, loop, heights, shape, cloth.skirt_weights)
    fold_shade = np.ones(len(p.v))
    low = p.v[:, 1] < top - .02
    around = np.arctan2(p.v[:, 0], p.v[:, 2] - centre[2])
    t = np.clip((top - p.v[:, 1]) / (top - hem), 0, 1)
    fold_shade[low] = 1 - (.13 * (folds > 0) * t ** .8 * (.5 - .5 * np.cos(count * around + 1.3 * np.sin(2 * around))))[low]
    return replace(p, c=p.c * fold_shade[:, None])


def dress(wearer, look):
    """Fitted dress with sleeves to the forearm, a belt line and a gently flared skirt to below the knee."""
    cutting = dict(dict(hem=.47, width=.05, sleeve=.50, folds=.007, neck=(1.462, .30, .082, .085)), **look.get('dress', {}))
    p = torso(wearer, wearer.crotch + .05, .004, .45, cutting['neck'], GARMENT1, 'dress')
    p = sleeves(p, wearer, .060, .052, .047, cutting['sleeve'])
    p = hung(p, hem_loop(p), cutting['hem'], cutting['width'], cutting['folds'])
    belt = kit.cut(p, np.where(cloth.arm(p) > .3, -.1, .021 - np.abs(p.v[:, 1] - cutting.get('belt', 1.075))))
    belt = replace(kit.hem(kit.offset(belt, .004), .004), kind=GARMENT2, name='trim')
    return [kit.hem(p, .008, .55), belt]


def robe(wearer, look):
    """Wide robe to the ankles with wide sleeves and an embroidered neck panel."""
    cutting = dict(dict(hem=.055, width=.11, cuff=.098, upper=.088, folds=.016, ease=.022, neck=(1.462, .30, .070, .055), panel=True),
                   **look.get('robe', {}))
    p = torso(wearer, wearer.crotch + .06, cutting['ease'], .9, cutting['neck'], GARMENT1, 'robe', 9)
    p = sleeves(p, wearer, cutting['upper'], (cutting['upper'] + cutting['cuff']) / 2, cutting['cuff'], cutting.get('sleeve', .9))
    p = hung(p, hem_loop(p), cutting['hem'], cutting['width'], cutting['folds'], cutting.get('count', 9))
    out = [kit.hem(p, .010, .5)]
    if cutting['panel']:
        out += kit.at((0, 1), [panel(p, wearer)]) + kit.at((2,), [panel(p, wearer, slit=False)])
    return out


def panel(surface, wearer, slit=True):
    """Embroidered front: a pointed plastron below the neck, raised, with a woven pattern in its shading."""
    shape = [(-.075, 1.50), (-.072, 1.33), (-.052, 1.20), (0, 1.13), (.052, 1.20), (.072, 1.33), (.075, 1.50)]
    field = cloth.polygon_field(surface.v[:, :2], shape)
    p = kit.cut(surface, np.where(surface.v[:, 2] > wearer.rest['neck'][2], field, -.05))
    hole = .030 + .5 * np.clip(p.v[:, 1] - 1.36, 0, 1)
    gap = np.where(p.v[:, 1] > 1.36, np.abs(p.v[:, 0]) - .006, .02)
    p = cloth.refine(kit.cut(p, np.where(hole > 0, gap, .02)) if slit else p)
    ring = np.hypot(p.v[:, 0] * 1.5, (p.v[:, 1] - 1.30) * .7)
    pattern = .80 + .20 * np.sign(np.sin(ring * 330)) * np.where(np.sin(np.arctan2(p.v[:, 0], p.v[:, 1] - 1.30) * 14) > -.3, 1, -.5)
    p = replace(p, c=pattern[:, None] * np.ones((1, 3)), keep=None)
    return replace(kit.hem(kit.offset(p, .004), .004), kind=GARMENT2, name='panel')


def sari(wearer, look):
    """Short blouse, pleated long skirt and the end of the cloth over the left shoulder."""
    blouse = torso(wearer, 1.095, .001, .2, (1.462, .25, .098, .100), GARMENT2, 'blouse', 4)
    blouse = sleeves(blouse, wearer, .056, .051, .047, .34)
    skirt = torso(wearer, wearer.crotch + .05, .005, .5, None, GARMENT1, 'dress')
    skirt = kit.cut(skirt, np.where(cloth.arm(skirt) > .12, -.1, 1.062 - skirt.v[:, 1]))
    skirt = hung(skirt, hem_loop(skirt), .045, .075, .012, 13)
    return [kit.hem(blouse, .005), kit.hem(skirt, .008),
            *pallu(wearer)]


def pallu(wearer):
    """A pleated band from the right hip across the chest, over the left shoulder and down the back, with a border."""
    p = torso(wearer, wearer.crotch + .06, .012, .75, None, GARMENT1, 'shawl', 7)
    p = cloth.refine(kit.cut(p, .45 - cloth.arm(p)))
    v, rest = p.v, wearer.rest
    front = ramp(v[:, 2], rest['neck'][2] - .03, rest['neck'][2] + .03)
    a, b = np.array([-.20, .90]), np.array([.118, 1.40])
    along = (b - a) / np.linalg.norm(b - a)
    flat = v[:, :2] - a
    across_front = flat @ np.array([along[1], -along[0]])
    across_back = v[:, 0] - .105
    across = front * across_front + (1 - front) * across_back
    half = np.interp(v[:, 1], (.9, 1.2, 1.42), (.125, .10, .068))
    band = half - np.abs(across)
    pleat = .0035 * np.cos(across * 2 * np.pi / .030)
    p = kit.offset(replace(p, c=(1 + 18 * np.minimum(pleat, .001))[:, None] * np.ones((1, 3))), .011 + pleat)
    body = kit.cut(p, band - .016)
    edge = kit.cut(p, np.minimum(band, .016 - band))
    edge = replace(kit.offset(edge, .0015), kind=GARMENT2, name='trim')
    return [kit.hem(body, .005), kit.hem(edge, .004)]
