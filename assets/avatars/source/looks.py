"""The appearances: body shape, face, colours, hair and clothes of each."""
SMILE = 'expression/units/caucasian/mouth-corner-puller'
EYES = 'eyes/{s}-eye-scale-incr'
FEMININE = {'head/head-oval': .35, 'chin/chin-width-decr': .25, 'nose/nose-scale-horiz-decr': .2}
GOLD = (.62, .40, .11)
OPEN = 'eyes/{s}-eye-height2-incr'
WHITE = (.84, .84, .83)

COMMON = dict(muscle=.5, weight=.45, height=.5, proportions=.7, lid=(.50, .40, .38), lash=.42, shadow=.22)
MAN = dict(COMMON, gender=1, lips=(.90, .66, .64), lash=.22, brow=dict(thick=.0044, arch=.0022))
WOMAN = dict(COMMON, gender=0, lips=(.86, .50, .50), lid=(.38, .29, .27), brow=dict(thick=.0030, arch=.0046))


def look(base, **more):
    targets = {SMILE: .42, **(FEMININE if base['gender'] == 0 else {}), EYES: .30 if base['gender'] == 0 else .42, OPEN: .0 if base['gender'] == 0 else .55, **more.pop('targets', {})}
    return dict(base, targets=targets, **more)


LOOKS = {
    'suit-short': look(
        MAN, age=.58, race={'caucasian': .75, 'asian': .25}, iris=(.13, .075, .035), outfit='suit', hair=dict(style='short', top=.020),
        tints=('#d9a37e', '#2b1d14', '#27324a', '#8a2434'), stubble=.12, height_m=1.77,
        names=dict(en='Suit and tie, short hair', fr='Costume et cravate, cheveux courts', es='Traje y corbata, pelo corto',
                   ru='Костюм с галстуком, короткие волосы', zh='西装领带，短发', ar='بدلة وربطة عنق، شعر قصير')),
    'suit-bun': look(
        WOMAN, age=.56, race={'asian': 1.0}, iris=(.10, .05, .024), outfit='suit-blouse', hair=dict(style='bun', height=.112, back=.062), earrings=(.75, .73, .70),
        tints=('#e8bd98', '#14100e', '#3a3f4a', '#e9e4da'), height_m=1.64,
        names=dict(en='Suit and blouse, hair in a bun', fr='Tailleur et chemisier, chignon', es='Traje y blusa, moño',
                   ru='Костюм с блузкой, волосы собраны в пучок', zh='套装衬衫，发髻', ar='بدلة وبلوزة، شعر معقود')),
    'suit-grey': look(
        MAN, age=.80, race={'caucasian': 1.0}, iris=(.10, .17, .24), outfit='suit', hair=dict(style='short', top=.013, shift=.004),
        beard=dict(length=.005), glasses=dict(), weight=.55, tints=('#e9b99b', '#8d8a86', '#4a4a4d', '#31507a'), height_m=1.78,
        names=dict(en='Suit and tie, grey hair, beard, glasses', fr='Costume et cravate, cheveux gris, barbe, lunettes',
                   es='Traje y corbata, pelo gris, barba, gafas', ru='Костюм с галстуком, седые волосы, борода, очки',
                   zh='西装领带，灰发，胡须，眼镜', ar='بدلة وربطة عنق، شعر رمادي، لحية، نظارة')),
    'dress-afro': look(
        WOMAN, age=.55, race={'african': 1.0}, iris=(.095, .045, .022), outfit='dress', earrings=GOLD, hair=dict(style='afro', volume=.114),
        tints=('#5a3624', '#15100d', '#7b2f43', '#d8a24a'), lips=(.92, .56, .58), height_m=1.68,
        names=dict(en='Dress, natural curly hair', fr='Robe, cheveux crépus naturels', es='Vestido, pelo rizado natural',
                   ru='Платье, пышные кудрявые волосы', zh='连衣裙，自然卷发', ar='فستان، شعر مجعد طبيعي')),
    'robe': look(
        MAN, age=.68, race={'african': 1.0}, iris=(.085, .042, .022), outfit='robe', hair=dict(style='short', top=.006, sides=.004, seed=9),
        glasses=dict(), tints=('#3f2619', '#17130f', '#2f5d8c', '#e3c77a'), weight=.52, height_m=1.80,
        names=dict(en='Wide embroidered robe, short hair', fr='Boubou brodé, cheveux courts', es='Túnica amplia bordada, pelo corto',
                   ru='Широкое вышитое одеяние, короткие волосы', zh='宽松绣花长袍，短发', ar='ثوب فضفاض مطرز، شعر قصير')),
    'headscarf': look(
        WOMAN, age=.57, race={'caucasian': .7, 'african': .3}, iris=(.10, .055, .025), outfit='coat', scarf=True,
        tints=('#c98d66', '#3d5c73', '#2f3440', '#d9d2c5'), height_m=1.65,
        names=dict(en='Headscarf, long coat', fr='Foulard, long manteau', es='Pañuelo en la cabeza, abrigo largo',
                   ru='Платок, длинное пальто', zh='头巾，长外套', ar='حجاب، معطف طويل')),
    'turban': look(
        MAN, age=.66, race={'caucasian': .65, 'asian': .35}, iris=(.11, .058, .028), outfit='suit', turban=True,
        beard=dict(length=.013, colour=(.035, .028, .024)), tints=('#b37a55', '#8c3b2a', '#2e2f33', '#b99042'), height_m=1.76,
        names=dict(en='Suit and tie, turban, beard', fr='Costume et cravate, turban, barbe', es='Traje y corbata, turbante, barba',
                   ru='Костюм с галстуком, тюрбан, борода', zh='西装领带，包头巾，胡须', ar='بدلة وربطة عنق، عمامة، لحية')),
    'sari': look(
        WOMAN, age=.58, race={'caucasian': .65, 'asian': .2, 'african': .15}, iris=(.10, .05, .024), outfit='sari',
        hair=dict(style='long', parting=0.0, ends=.165), earrings=GOLD, tints=('#9c6644', '#120d0b', '#1f6f6a', '#c8922e'), height_m=1.62,
        names=dict(en='Sari, long hair', fr='Sari, cheveux longs', es='Sari, pelo largo', ru='Сари, длинные волосы', zh='纱丽，长发',
                   ar='ساري، شعر طويل')),
    'suit-long': look(
        WOMAN, age=.60, race={'caucasian': 1.0}, iris=(.12, .19, .14), outfit='suit-blouse', hair=dict(style='long'),
        tints=('#f0c8ae', '#7a4e2b', '#54606b', '#b7c7d6'), height_m=1.70,
        names=dict(en='Suit and blouse, long hair', fr='Tailleur et chemisier, cheveux longs', es='Traje y blusa, pelo largo',
                   ru='Костюм с блузкой, длинные волосы', zh='套装衬衫，长发', ar='بدلة وبلوزة، شعر طويل')),
}

PALETTES = dict(
    skin=['#f6dccb', '#f0c8ae', '#e8bd98', '#d9a37e', '#c98d66', '#b37a55', '#9c6644', '#7d4e33', '#5a3624', '#3f2619'],
    hair=['#15100d', '#2b1d14', '#4a3020', '#7a4e2b', '#a8784a', '#c9a66b', '#8a4a2b', '#5c5a58', '#8d8a86', '#d6d3cd',
          '#3d5c73', '#8c3b2a', '#2f4f46', '#5b3b5e', '#e6dfd3'],
    garment1=['#27324a', '#2e2f33', '#3a3f4a', '#4a4a4d', '#54606b', '#2f3d36', '#4b3a2f', '#7b2f43', '#1f6f6a', '#2f5d8c', '#6a4a7a',
              '#b8a88f', '#e4e0d8'],
    garment2=['#e9e4da', '#b7c7d6', '#8a2434', '#31507a', '#2f6b4f', '#b99042', '#d8a24a', '#c8922e', '#5a4a78', '#a85a4a', '#2b2b30'])
