"""Writes ../venue.json: names in six languages, environment, recommended rendering, credits, budgets."""
import json
import os

LANGUAGES = ('en', 'fr', 'es', 'ru', 'zh', 'ar')
NAMES = {
    'scene': ('Geneva headquarters', 'Siège de Genève', 'Sede de Ginebra', 'Штаб-квартира в Женеве', '日内瓦总部', 'المقر في جنيف'),
    'lounge': ('Lounge', 'Salon', 'Salón', 'Зал отдыха', '休息厅', 'الصالة'),
    'hall': ('Assembly Hall', 'Salle des assemblées', 'Salón de Asambleas', 'Зал ассамблей', '大会堂', 'قاعة الجمعية'),
    'rhone': ('Rhône meeting room', 'Salle Rhône', 'Sala Ródano', 'Зал «Рона»', '罗讷会议室', 'قاعة الرون'),
    'arve': ('Arve meeting room', 'Salle Arve', 'Sala Arve', 'Зал «Арв»', '阿尔沃会议室', 'قاعة الأرف'),
    'to-marrakesh': ('Marrakesh, the host country', 'Marrakech, le pays hôte', 'Marrakech, el país anfitrión', 'Марракеш, принимающая страна', '马拉喀什，东道国', 'مراكش، البلد المضيف'),
    'lounge-centre': ('Centre of the lounge', 'Centre du salon', 'Centro del salón', 'Центр зала отдыха', '休息厅中央', 'وسط الصالة'),
    'coffee-bar': ('Coffee bar', 'Bar à café', 'Barra de café', 'Кофейная стойка', '咖啡吧', 'ركن القهوة'),
    'lake-windows': ('Windows onto the lake', 'Baies vitrées sur le lac', 'Ventanales al lago', 'Окна на озеро', '湖景窗前', 'النوافذ المطلة على البحيرة'),
    'lake-corner': ('Quiet corner by the lake', 'Coin calme côté lac', 'Rincón tranquilo junto al lago', 'Тихий уголок у озера', '湖边静角', 'ركن هادئ بجانب البحيرة'),
    'hall-door-west': ('Hall, west doors (lounge side)', 'Portes ouest de la salle (côté salon)', 'Puertas oeste de la sala (lado del salón)',
                       'Западные двери зала (со стороны зала отдыха)', '大会堂西门(休息厅侧)', 'الأبواب الغربية للقاعة (من جهة الصالة)'),
    'hall-door-east': ('Hall, east doors (lounge side)', 'Portes est de la salle (côté salon)', 'Puertas este de la sala (lado del salón)',
                       'Восточные двери зала (со стороны зала отдыха)', '大会堂东门(休息厅侧)', 'الأبواب الشرقية للقاعة (من جهة الصالة)'),
    'hall-entrance-west': ('Hall entrance, west', 'Entrée ouest de la salle', 'Entrada oeste de la sala', 'Западный вход в зал', '大会堂西入口', 'المدخل الغربي للقاعة'),
    'hall-entrance-east': ('Hall entrance, east', 'Entrée est de la salle', 'Entrada este de la sala', 'Восточный вход в зал', '大会堂东入口', 'المدخل الشرقي للقاعة'),
    'hall-back-row': ('Back of the hall', 'Fond de la salle', 'Fondo de la sala', 'Задние ряды зала', '大会堂后排', 'آخر القاعة'),
    'hall-front': ('Front of the hall', 'Devant de la salle', 'Frente de la sala', 'Перед трибуной', '大会堂前排', 'مقدمة القاعة'),
    'hall-side-aisle': ('Side aisle of the hall', 'Allée latérale de la salle', 'Pasillo lateral de la sala', 'Боковой проход зала', '大会堂侧通道', 'الممر الجانبي للقاعة'),
    'hall-podium': ('Podium', 'Tribune', 'Estrado', 'Президиум', '主席台', 'المنصة'),
    'hall-lectern': ('Lectern', 'Pupitre', 'Atril', 'Кафедра', '演讲台', 'منبر الخطابة'),
    'rhone-door': ('Door of the Rhône room', 'Porte de la salle Rhône', 'Puerta de la sala Ródano', 'Дверь зала «Рона»', '罗讷会议室门口', 'باب قاعة الرون'),
    'arve-door': ('Door of the Arve room', 'Porte de la salle Arve', 'Puerta de la sala Arve', 'Дверь зала «Арв»', '阿尔沃会议室门口', 'باب قاعة الأرف'),
    'rhone-room': ('Inside the Rhône room', 'Dans la salle Rhône', 'Dentro de la sala Ródano', 'В зале «Рона»', '罗讷会议室内', 'داخل قاعة الرون'),
    'arve-room': ('Inside the Arve room', 'Dans la salle Arve', 'Dentro de la sala Arve', 'В зале «Арв»', '阿尔沃会议室内', 'داخل قاعة الأرف'),
}
VENUE = {
    'version': 1,
    'id': 'geneva',
    'names': {key: dict(zip(LANGUAGES, values, strict=True)) for key, values in NAMES.items()},
    'meetingRooms': {'rhone': {'people': 20}, 'arve': {'people': 20}},
    'environment': {'file': 'environment.env', 'intensity': 1.2},
    'rendering': {'exposure': 1.0, 'contrast': 1.0, 'toneMapping': 'neutral'},
    'credits': [{'what': 'Architecture, furniture, plants, textures, view and baked light', 'author': 'The Plenum authors',
                 'licence': 'Apache-2.0', 'source': 'assets/scenes/geneva/source'}],
    'budgets': {'drawCalls': 100, 'triangles': 300000, 'textureMegabytes': 64, 'wireMegabytes': 8},
}


def write(folder):
    """Writes venue.json; raises KeyError if a mark has no name (see build.py)."""
    with open(os.path.join(folder, 'venue.json'), 'w', encoding='utf-8') as file:
        json.dump(VENUE, file, ensure_ascii=False, indent=2)
        file.write('\n')
