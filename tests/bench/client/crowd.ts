import type { AvatarPose, PoseBook } from '../../../client/app/contracts.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Layout } from '../../../shared/scene/layout.ts';

/** Small deterministic generator (mulberry32): the same crowd in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const NAMES = ['Amina Diallo', '王小明', 'José Álvarez', 'Мария Иванова', 'فاطمة الزهراء', 'Grace Otieno', 'Hiroshi Tanaka', 'Léa Dubois', 'Priya Sharma', 'Lars Eriksen'];
const ENTITIES: readonly (readonly [string, string])[] = [
  ['Senegal', 'sn'], ['中国', 'cn'], ['México', 'mx'], ['Россия', 'ru'], ['المغرب', 'ma'], ['Kenya', 'ke'], ['Japan', 'jp'], ['International Telecommunication Union', ''],
  ['India', 'in'], ['Norway', 'no'],
];

/** Where somebody of the benchmark's crowd walks back and forth, or sits. */
interface Part {
  readonly pose: AvatarPose;
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  readonly pace: number;
  readonly phase: number;
}

export interface CrowdOptions {
  readonly people: number;
  readonly appearances: readonly string[];
  readonly layout: Layout;
  /** Of them sit, 0..1. */
  readonly seated: number;
  /** The others stand and walk within this rectangle: x and z from, to; y of the floor. */
  readonly floor: { readonly x: readonly [number, number]; readonly z: readonly [number, number]; readonly y: number };
  readonly space?: string;
}

/** A PoseBook of people who sit, stand, talk and walk about, and who they are. */
export class BenchCrowd implements PoseBook {
  readonly avatars: AvatarPose[] = [];
  revision = 1;
  readonly people = new Map<string, PersonInfo>();
  private readonly parts: Part[] = [];
  private readonly byPerson = new Map<string, AvatarPose>();

  constructor(options: CrowdOptions) {
    const random = generator(20261121);
    const seats = options.layout.seats.filter((seat) => options.space === undefined || seat.space === options.space);
    const order = seats.map((seat) => ({ seat, key: random() })).sort((a, b) => a.key - b.key);
    const sitting = Math.min(order.length, Math.round(options.people * options.seated));
    const spot = (range: readonly [number, number]): number => range[0] + random() * (range[1] - range[0]);
    for (let i = 0; i < options.people; i += 1) {
      const seat = i < sitting ? order[i]?.seat : undefined;
      const { floor } = options;
      const from = seat?.position ?? [spot(floor.x), floor.y, spot(floor.z)] as const;
      const walks = seat === undefined && random() < 0.5;
      const to = walks ? [spot(floor.x), floor.y, spot(floor.z)] as const : from;
      const pose: AvatarPose = {
        id: `p${i}`, index: i, x: from[0], y: from[1], z: from[2], yaw: seat?.yaw ?? random() * 6.28, pitch: 0, posture: seat ? 'seated' : walks ? 'walking' : 'standing',
        gesture: random() < 0.06 ? 'raiseHand' : random() < 0.05 ? 'clap' : 'none', speaking: random() < 0.08, speed: walks ? 1.4 : 0, body: null,
      };
      this.avatars.push(pose);
      this.byPerson.set(pose.id, pose);
      this.parts.push({ pose, from, to, pace: Math.max(0.5, Math.hypot(to[0] - from[0], to[2] - from[2])) / 1.4, phase: random() * 2 });
      const person = this.person(i, options.appearances, seat?.id ?? '', random);
      this.people.set(pose.id, pose.speaking ? { ...person, mic: 'live' } : person);
    }
  }

  private person(index: number, appearances: readonly string[], seat: string, random: () => number): PersonInfo {
    const [entity, country] = ENTITIES[index % ENTITIES.length] ?? ['', ''];
    const tint = (count: number): number => Math.floor(random() * count);
    return {
      id: `p${index}`, index, name: NAMES[index % NAMES.length] ?? '', entity, entityType: 'member-state', country, role: 'delegate',
      appearance: { id: appearances[index % appearances.length] ?? '', skin: tint(10), hair: tint(10), garment1: tint(13), garment2: tint(11) },
      mic: random() < 0.7 ? 'muted' : 'live', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat, away: false,
    };
  }

  sample(now: number): void {
    for (const part of this.parts) {
      if (part.pose.posture !== 'walking') continue;
      const turn = (now / 1000 / part.pace + part.phase) % 2;
      const way = turn < 1 ? turn : 2 - turn;
      const dx = (part.to[0] - part.from[0]) * (turn < 1 ? 1 : -1);
      const dz = (part.to[2] - part.from[2]) * (turn < 1 ? 1 : -1);
      part.pose.x = part.from[0] + (part.to[0] - part.from[0]) * way;
      part.pose.z = part.from[2] + (part.to[2] - part.from[2]) * way;
      part.pose.yaw = Math.atan2(dx, dz);
    }
  }

  byId(id: string): AvatarPose | undefined {
    return this.byPerson.get(id);
  }
}
