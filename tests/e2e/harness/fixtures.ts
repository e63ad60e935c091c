import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { MosaicTexts } from '../../../shared/scene/layout.ts';
import type { ChatEntry, NearbyPerson, SceneFiles, Sponsor } from '../../../client/app/contracts.ts';
import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { SessionResponse } from '../../../shared/protocol/session.ts';

type Row = readonly [name: string, entity: string, country: string, distance: number, clock: number, mic: PersonInfo['mic']];

/** Invented people; entities and flags as a roster has them. */
const ROWS: readonly Row[] = [
  ['Amina Diallo', 'Senegal', 'sn', 1.6, 12, 'live'],
  ['Jean-Baptiste Müller', 'Switzerland', 'ch', 2.4, 2, 'live'],
  ['Светлана Иванова', 'Kazakhstan', 'kz', 3.1, 10, 'muted'],
  ['خالد المنصوري', 'United Arab Emirates', 'ae', 4.7, 3, 'live'],
  ['王丽', 'China', 'cn', 6.2, 7, 'off'],
  ['María Fernanda Rodríguez de la Torre', 'Argentina', 'ar', 8.9, 5, 'muted'],
  ['Priya Raghunathan', 'Universal Telecommunications Users Association', '', 12.3, 9, 'live'],
  ['Tāne Wihongi', 'New Zealand', 'nz', 15.8, 6, 'off'],
  ['Oluwaseun Adeyemi', 'Nigeria', 'ng', 19.4, 11, 'muted'],
  ['Ingrid Þórsdóttir', 'Iceland', 'is', 22, 1, 'off'],
];

const FAR_AWAY: Row = ['', '', '', 30, 12, 'off'];

const APPEARANCES = ['suit-bun', 'suit-grey', 'suit-long', 'robe', 'dress-afro', 'sari', 'turban', 'headscarf', 'suit-short'] as const;

function person(row: Row, index: number): PersonInfo {
  const [name, entity, country, , , mic] = row;
  return {
    id: `p${index}`, index, name, entity, entityType: country === '' ? 'sector-member' : 'member-state', country, role: 'delegate',
    appearance: { id: APPEARANCES[index % APPEARANCES.length] ?? 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 },
    mic, deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: index === 8,
  };
}

export const PEOPLE: readonly PersonInfo[] = ROWS.map(person);

export const ME: PersonInfo = {
  id: 'me', index: 99, name: 'Elena Vasquez', entity: 'Costa Rica', entityType: 'member-state', country: 'cr', role: 'delegate',
  appearance: { id: 'suit-long', skin: 2, hair: 1, garment1: 3, garment2: 0 }, mic: 'live', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false,
};

/** Somebody in another scene. */
export const ABROAD: PersonInfo = { ...ME, id: 'abroad', index: 98, name: 'Leila Bennani', entity: 'Morocco', country: 'ma', scene: 'marrakesh' };

export const NEARBY: readonly NearbyPerson[] = PEOPLE.map((each, index) => {
  const [, , , distance, clock] = ROWS[index] ?? FAR_AWAY;
  return { person: each, distance, clock, speaking: index === 0 || index === 6, heard: index < 6, space: index < 7 ? 'lounge' : 'hall' };
});

export const SESSION: SessionResponse = {
  token: 'harness', expiresAt: 4_102_444_800_000,
  person: { id: 'me', name: ME.name, entity: ME.entity, entityType: ME.entityType, country: ME.country, role: ME.role, language: 'en' },
  event: { name: 'Council 2027, virtual session' },
  scene: { id: 'geneva', revision: 'r1' }, alreadyHere: false, appearance: null, iceServers: [],
};

const named = (en: string, ar: string) => ({ en, fr: en, es: en, ru: en, zh: en, ar });

/** A photograph's stand-in, as an address that needs no server. */
const picture = (colours: string): string => `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="${colours.split(' ')[0]}"/><circle cx="100" cy="60" r="30" fill="${colours.split(' ')[1]}"/></svg>`)}`;

const stand = { position: [2, 0, 2] as [number, number, number], yaw: 0, space: 'lounge', node: null };
const tile = (en: string, ar: string, colour: string, shape: MosaicTexts['tiles'][number]['shape']) => ({ name: named(en, ar), colour, shape });
const TILES = [
  tile('Blue star', 'نجمة زرقاء', '#1f4e9c', 'star'), tile('Green cross', 'صليب أخضر', '#1f7a4d', 'cross'), tile('Ochre diamond', 'معين أصفر', '#c8862a', 'diamond'),
  tile('Red leaf', 'ورقة حمراء', '#a6352c', 'leaf'), tile('Black square', 'مربع أسود', '#26242a', 'square'),
];
/** A border of stars and crosses around leaves, half laid. */
export const MOSAIC_CELLS: readonly number[] = Array.from({ length: 12 * 8 }, (_, cell) => {
  const [column, row] = [cell % 12, Math.floor(cell / 12)];
  if (column > 8 && row > 3) return -1;
  if (row === 0 || row === 7 || column === 0 || column === 11) return (column + row) % 2;
  return (column * 3 + row * 5) % 7 === 0 ? 4 : (column + row) % 2 === 0 ? 3 : 2;
});

export const SPONSORS: readonly Sponsor[] = [{
  id: 'atlas', kind: 'sponsor', tier: 'gold', textIn: ['en', 'ar'], name: 'Atlas Carpets Cooperative', logo: picture('#ffffff #a6352c'), link: 'https://atlas.example/carpets', booth: 'stall',
  text: named('Weavers from forty villages, and their carpets on loan to this foyer.', 'نساجون من أربعين قرية، وسجادهم معار لهذا البهو.'),
}, {
  id: 'solar', kind: 'sponsor', tier: 'bronze', textIn: ['en'], name: 'Solar for Schools', logo: null, link: null, booth: null,
  text: named('Roofs that light classrooms.\nTwo hundred schools so far.', 'Roofs that light classrooms.\nTwo hundred schools so far.'),
}, {
  id: 'well', kind: 'donor', tier: null, textIn: [], name: named('The Well Foundation', 'مؤسسة البئر'), logo: picture('#12263f #d8e6f5'), link: 'https://well.example/', booth: null, text: named('', ''),
}];

export const SCENE: SceneFiles = {
  id: 'geneva', revision: 'r1', base: '',
  layout: {
    ...EMPTY_LAYOUT,
    spawnPoints: [{ id: 'door', position: [0, 0, 0], yaw: 0 }],
    seats: ['s1', 's2', 's3'].map((id, index) => ({ id, position: [index, 0, 2] as [number, number, number], yaw: 0, height: 0.45, space: 'lounge' })),
    places: [
      { id: 'coffee', position: [1, 0, 1], yaw: 0, space: 'lounge' },
      { id: 'window', position: [4, 0, 1], yaw: 0, space: 'lounge' },
      { id: 'podium', position: [0, 0, 20], yaw: 0, space: 'hall' },
      { id: 'row1', position: [0, 0, 16], yaw: 0, space: 'hall' },
      { id: 'entrance', position: [0, 0, -3], yaw: 0, space: null },
    ],
    links: [{ id: 'to-marrakesh', position: [8, 0, 8], yaw: 0, space: 'lounge', to: 'marrakesh', spawn: null, radius: 1.2 }],
    exhibits: [{ ...stand, id: 'bowl' }, { ...stand, id: 'rug' }],
    panoramas: [{ ...stand, id: 'desert' }],
    activities: [{ ...stand, id: 'star', kind: 'mosaic', node: 'board' }],
    booths: [{ id: 'stall', node: 'stall', aspect: 1, position: [0, 0, 0], yaw: 0 }],
    spaces: ['lounge', 'hall'].map((id) => ({ id, outline: [[0, 0], [9, 0], [9, 9]] as [number, number][], bottom: 0, top: 4, reverb: 0.2, openings: [] })),
  },
  venue: {
    version: 1, id: 'geneva',
    names: {
      scene: named('Geneva conference centre', 'مركز جنيف للمؤتمرات'),
      lounge: named('Lounge', 'الصالون'),
      hall: named('Assembly hall', 'قاعة الجمعية'),
      coffee: named('Coffee tables', 'طاولات القهوة'),
      window: named('Windows onto the lake', 'النوافذ المطلة على البحيرة'),
      podium: named('Podium', 'المنصة'),
      row1: named('First row', 'الصف الأول'),
      entrance: named('Entrance', 'المدخل'),
    },
    exhibits: {
      bowl: {
        title: named('Bowl from Safi', 'وعاء من آسفي'),
        text: named(
          'A bowl of red clay, thrown on a kick wheel and painted with a brush of donkey hair.\nThe blue is cobalt, the white is tin. It is fired twice, and what the kiln does to the glaze nobody knows beforehand.',
          'وعاء من الطين الأحمر، شُكِّل على عجلة تُدار بالقدم ورُسم بفرشاة من شعر الحمار.\nالأزرق كوبالت والأبيض قصدير. يُحرق مرتين، ولا أحد يعرف مسبقًا ما سيفعله الفرن بالطلاء.',
        ),
        audio: { en: 'bowl.ogg', fr: 'bowl.ogg', es: 'bowl.ogg', ru: 'bowl.ogg', zh: 'bowl.ogg', ar: 'bowl.ogg' },
        picture: { file: picture('#d9cdb8 #1f4e9c'), alt: named('A bowl, white with blue stars', 'وعاء أبيض بنجوم زرقاء') },
      },
      rug: { title: named('Rug from the High Atlas', 'سجادة من الأطلس الكبير'), text: named('Wool, madder and indigo.', 'صوف وفوة ونيلة.') },
    },
    panoramas: {
      desert: {
        title: named('Dunes at dawn', 'الكثبان عند الفجر'), file: picture('#7aa7d8 #d9a860'), kind: 'image',
        text: named('Dunes all around, still blue in the shade. In the east, where the sun comes up, a camp of seven black tents.', 'كثبان من كل جانب، لا تزال زرقاء في الظل. وفي الشرق حيث تشرق الشمس مخيم من سبع خيام سوداء.'),
      },
    },
    activities: { star: { title: named('Star of the council', 'نجمة المجلس'), text: named('Everybody lays a tile. What it becomes, nobody has planned.', 'يضع كل شخص بلاطة. وما ستصبح عليه لم يخططه أحد.'), columns: 12, rows: 8, tiles: TILES } },
    credits: [{ what: 'Lounge chair', author: 'Blend Swap', licence: 'CC BY 3.0', source: 'Sweet Home 3D furniture library' }],
    budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
  },
};

export const SCENES = [
  { id: 'geneva', revision: 'r1', names: SCENE.venue.names['scene'] },
  { id: 'marrakesh', revision: 'r1', names: named('Marrakesh, the square', 'مراكش، الساحة') },
  { id: 'archive', revision: 'r1', names: named('The archive', 'الأرشيف') },
] as ServerMessages['scenes']['scenes'];

const AT = Date.UTC(2027, 5, 9, 13, 5);

export const CHAT: readonly ChatEntry[] = [
  { key: 'c1', from: 'p0', fromName: 'Amina Diallo', to: { kind: 'near' }, text: 'Shall we go through the draft resolution by the windows?', at: AT, mine: false, status: 'delivered' },
  { key: 'c2', from: 'me', fromName: ME.name, to: { kind: 'near' }, text: 'Gladly. I will bring the text of item 5.', at: AT + 60_000, mine: true, status: 'delivered' },
  { key: 'c3', from: 'p3', fromName: 'خالد المنصوري', to: { kind: 'near' }, text: 'سأنضم إليكم بعد قليل.', at: AT + 90_000, mine: false, status: 'delivered' },
  { key: 'c4', from: 'me', fromName: ME.name, to: { kind: 'near' }, text: 'Very good, see you there.', at: AT + 120_000, mine: true, status: { failed: 'RATE_LIMITED' } },
  { key: 'c5', from: 'p1', fromName: 'Jean-Baptiste Müller', to: { kind: 'person', id: 'me' }, text: 'Avez-vous un moment ?', at: AT + 130_000, mine: false, status: 'delivered' },
  { key: 'c6', from: 'p8', fromName: 'Oluwaseun Adeyemi', to: { kind: 'venue' }, text: 'The plenary resumes at 14:30.', at: AT + 140_000, mine: false, status: 'delivered' },
];
