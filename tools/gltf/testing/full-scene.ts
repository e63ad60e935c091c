/** The good scene with every other mark of the contract, and the open extensions, for tests. */
import { writeGlb } from '../io.ts';
import { goodScene, goodVenue } from '../testing.ts';
import type { SceneBuilder } from '../testing.ts';
import { changeJson } from './raw.ts';

/** Metres; the good scene's rooms are x -6 to 6, z -4 to 4, with the doorway at x 0, z 1 to 2.5. */
export async function fullBuilder(): Promise<SceneBuilder> {
  const b = await goodScene();
  b.node('zone-desk', { mesh: b.box('zone-desk', [-6, -4], [0, 2.5], [-4, -2]), venue: { kind: 'zone', id: 'desk' } });
  b.node('doorway', { at: [0, 0, 1.75], turn: Math.PI / 2, venue: { kind: 'door', id: 'middle', width: 1.5 } });
  b.node('way-out', { at: [-5.4, 0, 0], turn: Math.PI / 2, venue: { kind: 'link', id: 'out', to: 'geneva', spawn: 'entrance' } });
  b.node('booth-1', { mesh: b.box('booth', [-1.5, 1.5], [0, 1], [-0.05, 0]), at: [-3, 1, -3.9], venue: { kind: 'booth', id: 'gold' } });
  b.node('donors', { mesh: b.box('donors', [-0.5, 0.5], [0, 2], [-0.05, 0]), at: [-1, 0.5, -3.9], venue: { kind: 'screen', id: 'thanks', shows: 'donors' } });
  b.node('plate-1', { mesh: b.box('plate', [-0.15, 0.15], [0, 0.1], [-0.01, 0]), at: [2, 0.7, 2.6], venue: { kind: 'nameplate', id: 'p1', seat: 'A1' } });
  b.node('vase', { mesh: b.box('vase', [-0.15, 0.15], [0.8, 1.3], [-0.15, 0.15]), at: [5, 0, -3.4] });
  b.node('see-vase', { at: [5, 0.3, -2.2], turn: Math.PI, venue: { kind: 'exhibit', id: 'vase', node: 'vase' } });
  b.node('see-around', { at: [-2, 0, 3], venue: { kind: 'panorama', id: 'square' } });
  b.node('board', { mesh: b.box('board', [-0.8, 0.8], [0, 1.6], [-0.05, 0]), at: [-5, 0.5, 3.9], turn: Math.PI });
  b.node('lay', { at: [-5, 0, 2.6], venue: { kind: 'activity', id: 'zellige', activity: 'mosaic', node: 'board' } });
  b.node('robot', { at: [-5.2, 0, -3.2], venue: { kind: 'dock', id: 'charger' } });
  b.node('chair-omi', { at: [3, 0, 0] });
  b.node('gate-omi', { at: [5.3, 0, 2], turn: -Math.PI / 2 });
  b.node('fountain', { at: [2, 0.5, 1] });
  b.node('pillar', { at: [-1.5, 0, 0] });
  return b;
}

/** The open extensions are written into the JSON, as another tool would. */
export async function fullScene(): Promise<Uint8Array> {
  return withOpenExtensions(await writeGlb((await fullBuilder()).document));
}

const OPEN = ['OMI_seat', 'OMI_link', 'OMI_physics_shape', 'OMI_physics_body', 'KHR_audio_emitter'];

function withOpenExtensions(bytes: Uint8Array): Uint8Array {
  const sound = `data:audio/mpeg;base64,${Buffer.from(tone()).toString('base64')}`;
  return changeJson(bytes, (json) => {
    json.extensionsUsed = [...(json.extensionsUsed ?? []), ...OPEN];
    const add = (name: string, extension: object): void => {
      const node = json.nodes?.find((candidate) => candidate.name === name);
      if (node) node.extensions = { ...node.extensions, ...extension };
    };
    add('chair-omi', { OMI_seat: { back: [0, 0.45, -0.2], foot: [0, 0, 0.2], knee: [0, 0.45, 0.2] } });
    add('gate-omi', { OMI_link: { uri: 'scene:marrakesh#square', title: 'Marrakesh' } });
    add('fountain', { KHR_audio_emitter: { emitter: 0 } });
    add('pillar', { OMI_physics_body: { type: 'static', collider: { shape: 0 } } });
    json.extensions = {
      OMI_physics_shape: { shapes: [{ type: 'cylinder', cylinder: { radiusTop: 0.3, radiusBottom: 0.3, height: 3 } }] },
      KHR_audio_emitter: {
        audio: [{ name: 'water', uri: sound }],
        sources: [{ name: 'water', gain: 0.5, loop: true, autoPlay: true, audio: 0 }],
        emitters: [{ type: 'positional', gain: 0.8, sources: [0], positional: { refDistance: 2, maxDistance: 20 } }, { type: 'global', gain: 0.2, sources: [0] }],
      },
    };
    const [scene] = json.scenes ?? [];
    if (scene) scene.extensions = { KHR_audio_emitter: { emitters: [1] } };
  });
}

/** Begins like an MP3 with a tag; nobody plays it. */
function tone(): Uint8Array {
  return new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0]);
}

/** A `venue.json` that fits the full scene. */
export function fullVenue(): ReturnType<typeof goodVenue> {
  const venue = goodVenue();
  const named = (english: string): Record<string, string> => Object.fromEntries(Object.keys(venue.names['scene'] ?? {}).map((language) => [language, `${english} (${language})`]));
  Object.assign(venue.names, { desk: named('Desk'), out: named('Geneva'), 'gate-omi': named('Marrakesh') });
  return Object.assign(venue, {
    exhibits: { vase: { title: named('Vase'), text: named('A vase.') } },
    panoramas: { square: { title: named('Square'), text: named('A square.'), file: 'square.webp', kind: 'image' } },
    activities: { zellige: { title: named('Zellige'), text: named('Lay tiles.'), columns: 8, rows: 8, tiles: ['#aa3322', '#2233aa'].map((colour) => ({ name: named(colour), colour, shape: 'star' })) } },
  });
}
