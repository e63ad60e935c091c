/** Sounds of a scene, from KHR_audio_emitter (draft of the Open Metaverse Interoperability Group): who emits what, and the recordings themselves. */
import { z } from 'zod';
import { Sound } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import { viewBytes } from '../guard/views.ts';
import { sceneNodes } from '../triangles.ts';
import { audioFormat } from './audio-format.ts';
import { idFromName, stance } from './nodes.ts';
import { rounded, roundedPoint } from './round.ts';

const index = z.int().min(0);
const Positional = z.object({ distanceModel: z.string(), refDistance: z.number(), maxDistance: z.number(), rolloffFactor: z.number(), shapeType: z.string() }).partial();
const Emitters = z.object({
  audio: z.array(z.object({ name: z.string().optional(), uri: z.string().optional(), bufferView: index.optional() })).max(64).default([]),
  sources: z.array(z.object({ name: z.string().optional(), gain: z.number().default(1), loop: z.boolean().default(false), autoPlay: z.boolean().default(false), audio: index.optional() })).max(256).default([]),
  emitters: z.array(z.object({ name: z.string().optional(), type: z.enum(['positional', 'global']), gain: z.number().default(1), sources: z.array(index).max(16).default([]), positional: Positional.default({}) })).max(256).default([]),
});
type Emitters = z.infer<typeof Emitters>;
const NAME = 'KHR_audio_emitter';
/** What no maximum distance means. */
const FAR = 1000;

export interface ReadSounds {
  sounds: z.infer<typeof Sound>[];
  /** Recordings by the name under which they lie in the scene folder. */
  files: Record<string, Uint8Array>;
}

/** Where an emitter is heard from. */
interface Placed {
  emitter: number;
  name: string;
  position: [number, number, number] | null;
}

/** Reads the sounds of the scene that is shown. Wrong ones become findings and are left out. */
export function readSounds(scene: ReadScene, findings: Findings): ReadSounds {
  const stated = scene.json.extensions?.[NAME];
  if (stated === undefined) return { sounds: [], files: {} };
  const parsed = Emitters.safeParse(stated);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    findings.error({ code: 'bad-sound', where: NAME, message: `${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? ''}.`, fix: 'Export the sounds again.' });
    return { sounds: [], files: {} };
  }
  const recordings = readRecordings(scene, parsed.data, findings);
  const sounds: ReadSounds['sounds'] = [];
  for (const placed of placements(scene)) addEmitter(sounds, placed, { emitters: parsed.data, recordings }, findings);
  const used = new Set(sounds.map(({ file }) => file));
  const files = Object.fromEntries([...recordings.values()].filter(({ file }) => used.has(file)).map(({ file, bytes }) => [file, bytes]));
  return { sounds, files };
}

interface Recording {
  file: string;
  bytes: Uint8Array;
}

function readRecordings(scene: ReadScene, { audio }: Emitters, findings: Findings): Map<number, Recording> {
  const recordings = new Map<number, Recording>();
  const taken = new Set<string>();
  audio.forEach((item, number) => {
    const where = `${NAME}, audio ${item.name ? `"${item.name}"` : number}`;
    const bytes = item.bufferView === undefined ? dataBytes(item.uri) : viewBytes(scene, item.bufferView);
    const format = bytes && audioFormat(bytes);
    if (!bytes || !format) {
      findings.error({ code: 'bad-sound', where, message: bytes ? 'its format is not known.' : 'its recording is not in the file.', fix: 'Embed it as MP3, M4A, Ogg, WebM or WAV.' });
      return;
    }
    const base = `sound-${idFromName(item.name ?? String(number + 1)).slice(0, 40)}`;
    const name = taken.has(`${base}.${format}`) ? `${base}-${number + 1}` : base;
    taken.add(`${name}.${format}`);
    recordings.set(number, { file: `${name}.${format}`, bytes });
  });
  return recordings;
}

function dataBytes(uri: string | undefined): Uint8Array | undefined {
  const [, base64] = /^data:audio\/[\w.+-]+(?:;[\w=+.-]+)*;base64,([A-Za-z0-9+/=]*)$/.exec(uri ?? '') ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

const NodeEmitter = z.object({ [NAME]: z.object({ emitter: index }) });
const SceneEmitters = z.object({ [NAME]: z.object({ emitters: z.array(index).max(256) }) });

function placements({ document, json }: ReadScene): Placed[] {
  const root = document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  if (!shown) return [];
  const everywhere = SceneEmitters.safeParse(json.scenes?.[root.listScenes().indexOf(shown)]?.extensions).data?.[NAME]?.emitters ?? [];
  const numbers = new Map(root.listNodes().map((node, number) => [node, number]));
  const points = sceneNodes(shown).flatMap((node): Placed[] => {
    const emitter = NodeEmitter.safeParse(json.nodes?.[numbers.get(node) ?? -1]?.extensions).data?.[NAME]?.emitter;
    return emitter === undefined ? [] : [{ emitter, name: node.getName(), position: roundedPoint(stance(node, [0, 0, 0], [0, 0, 1]).position) }];
  });
  return [...everywhere.map((emitter): Placed => ({ emitter, name: '', position: null })), ...points];
}

function addEmitter(sounds: ReadSounds['sounds'], placed: Placed, { emitters, recordings }: { emitters: Emitters; recordings: ReadonlyMap<number, Recording> }, findings: Findings): void {
  const emitter = emitters.emitters[placed.emitter];
  const where = placed.position ? `node "${placed.name}"` : NAME;
  if (!emitter) {
    findings.error({ code: 'bad-sound', where, message: `it refers to emitter ${placed.emitter}, which does not exist.`, fix: 'Export the sounds again.' });
    return;
  }
  const { refDistance = 1, maxDistance = 0, rolloffFactor = 1, distanceModel = 'inverse', shapeType = 'omnidirectional' } = emitter.positional;
  if (distanceModel !== 'inverse' || shapeType !== 'omnidirectional') {
    findings.notice({ code: 'approximate-sound', where, message: `its ${shapeType === 'omnidirectional' ? `distance model "${distanceModel}"` : `shape "${shapeType}"`} is heard as "inverse", the same in every direction.`, fix: 'Set its distances by ear.' });
  }
  for (const number of emitter.sources) {
    const source = emitters.sources[number];
    const recording = source?.audio === undefined ? undefined : recordings.get(source.audio);
    if (!source || !recording) continue;
    if (!source.autoPlay) {
      findings.warn({ code: 'silent-sound', where, message: 'its sound does not start by itself (autoPlay is off), and nothing else starts it; it is left out.', fix: 'Switch autoPlay on.' });
      continue;
    }
    const sound = {
      id: uniqueId(idFromName(placed.name || emitter.name || source.name || 'everywhere'), sounds),
      file: recording.file,
      position: emitter.type === 'global' ? null : placed.position,
      gain: rounded(emitter.gain * source.gain),
      loop: source.loop,
      refDistance,
      maxDistance: maxDistance === 0 ? FAR : maxDistance,
      rolloff: rolloffFactor,
    };
    const parsed = Sound.safeParse(sound);
    if (parsed.success) sounds.push(parsed.data);
    else findings.error({ code: 'bad-sound', where, message: `its ${parsed.error.issues[0]?.path.join('.') ?? 'sound'} is out of bounds: ${parsed.error.issues[0]?.message ?? ''}.`, fix: 'Gain runs from 0 to 4, distances from 0.01 to 1000 m.' });
  }
}

function uniqueId(id: string, sounds: ReadSounds['sounds']): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id.slice(0, 60)}-${number}`;
    if (!sounds.some((sound) => sound.id === candidate)) return candidate;
  }
}
