import { Inlet } from './inlet.ts';
import type { AvatarPose } from '../app/contracts.ts';
import type { Acoustics } from '../../shared/rules/acoustics.ts';
import { analyserLevel } from './microphone.ts';

/** Ears of the listener: position in metres and look. */
export interface Ears {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/** Gain changes reach their target in about three times this, seconds: fast enough to follow a walk, slow enough not to click. */
const GLIDE_S = 0.02;
/** What remains of everything else while something is to be listened to: about 12 dB less. */
const LOWERED = 0.25;
/** A guide, and whoever is in my private talk, is never quieter than somebody at 1.6 metres, wherever they are. */
const ASSURED = 0.6;
/** The limiter catches several people talking at once: about -3 dBFS ceiling. */
const LIMITER = { threshold: -6, knee: 3, ratio: 20, attack: 0.002, release: 0.1 } as const;

/** One slot's way from the network to the ears. */
class SlotChain {
  person: string | null = null;
  personVolume = 1;
  readonly inlet: Inlet;
  private readonly gain: GainNode;
  private readonly panner: PannerNode;

  constructor(context: AudioContext, track: MediaStreamTrack, out: AudioNode) {
    this.gain = context.createGain();
    this.gain.gain.value = 0;
    // The panner gives direction only: loudness follows shared/rules/acoustics, the law by which the server plans.
    this.panner = new PannerNode(context, { panningModel: 'HRTF', distanceModel: 'linear', rolloffFactor: 0 });
    this.gain.connect(this.panner).connect(out);
    this.inlet = new Inlet(context, track, this.gain);
  }

  /** Places the voice relative to the listener; everything in the listener's frame, so that the AudioListener itself never moves. */
  place(speaker: Readonly<AvatarPose>, ears: Ears, gain: number, now: number): void {
    const dx = speaker.x - ears.x;
    const dz = speaker.z - ears.z;
    const sin = Math.sin(ears.yaw);
    const cos = Math.cos(ears.yaw);
    // Web Audio's listener looks along -Z with +X to the right.
    const right = -cos * dx + sin * dz;
    const ahead = sin * dx + cos * dz;
    const near = Math.hypot(right, ahead) < 0.05;
    this.panner.positionX.setTargetAtTime(near ? 0 : right, now, GLIDE_S);
    this.panner.positionY.setTargetAtTime(speaker.y - ears.y, now, GLIDE_S);
    this.panner.positionZ.setTargetAtTime(near ? -0.1 : -ahead, now, GLIDE_S);
    this.gain.gain.setTargetAtTime(gain * this.personVolume, now, GLIDE_S);
  }

  /** Somebody who is heard without being here: straight ahead, as from a loudspeaker. */
  bring(gain: number, now: number): void {
    this.panner.positionX.setTargetAtTime(0, now, GLIDE_S);
    this.panner.positionY.setTargetAtTime(0, now, GLIDE_S);
    this.panner.positionZ.setTargetAtTime(-1, now, GLIDE_S);
    this.gain.gain.setTargetAtTime(gain * this.personVolume, now, GLIDE_S);
  }

  silence(now: number): void {
    this.gain.gain.setTargetAtTime(0, now, GLIDE_S);
  }

  /** Ends without a click. */
  fade(): void {
    this.silence(this.gain.context.currentTime);
    setTimeout(() => this.close(), GLIDE_S * 5000);
  }

  close(): void {
    this.inlet.close();
    this.gain.disconnect();
    this.panner.disconnect();
  }
}

/** Places every slot at its speaker's head and mixes them for two ears. */
export class Mixer {
  private readonly context: AudioContext;
  private readonly master: GainNode;
  private readonly limiter: DynamicsCompressorNode;
  /** All that is placed and heard. */
  private chains: SlotChain[] = [];
  private tracks: readonly MediaStreamTrack[] = [];
  /** Of those tracks that are in use now, the first ones: a slot that nobody can be put into costs nothing. */
  private slots: SlotChain[] = [];
  /** Of somebody who is heard without the relay. */
  private direct: SlotChain | null = null;
  private people: readonly (string | null)[] = [];
  private acoustics: Acoustics;
  private readonly volumeOf: (person: string) => number;
  private volume = 1;
  private guide: string | null = null;
  private group: ReadonlySet<string> = new Set();
  private lowered = false;
  private deafened = false;

  constructor(context: AudioContext, acoustics: Acoustics, volumeOf: (person: string) => number) {
    this.context = context;
    this.acoustics = acoustics;
    this.volumeOf = volumeOf;
    this.master = context.createGain();
    this.limiter = new DynamicsCompressorNode(context, LIMITER);
    this.master.connect(this.limiter).connect(context.destination);
  }

  /** For measurements: what goes to the ears, after the limiter. */
  get output(): AudioNode {
    return this.limiter;
  }

  /** For what is heard besides voices: it follows the master volume and goes through the same limiter. */
  get bus(): AudioNode {
    return this.master;
  }

  /** Another scene sounds otherwise. Voices that are in a slot go on. */
  setAcoustics(acoustics: Acoustics): void {
    this.acoustics = acoustics;
  }

  /** Who guides me: heard in any place, from the direction in which they are if they can be seen. */
  setGuide(guide: string | null): void {
    this.guide = guide;
  }

  /** Who is in my private talk. */
  setGroup(group: ReadonlySet<string>): void {
    this.group = group;
  }

  setTracks(tracks: readonly MediaStreamTrack[]): void {
    for (const chain of this.slots) chain.close();
    this.slots = [];
    this.tracks = tracks;
    this.setSlots(this.people);
  }

  /** Who feeds each slot from now on; slots beyond these are out of use. */
  setSlots(people: readonly (string | null)[]): void {
    this.people = people;
    const { slots, tracks } = this;
    for (const chain of slots.splice(people.length)) chain.fade();
    for (const track of tracks.slice(slots.length, people.length)) slots.push(new SlotChain(this.context, track, this.master));
    this.chains = this.direct === null ? slots : [...slots, this.direct];
    slots.forEach((chain, slot) => {
      chain.person = people[slot] ?? null;
      chain.personVolume = chain.person === null ? 0 : this.volumeOf(chain.person);
      if (chain.person === null) chain.silence(this.context.currentTime);
    });
  }

  /** Somebody who is heard without the relay, or nobody. */
  setDirect(track: MediaStreamTrack | null, person: string): void {
    this.direct?.close();
    this.direct = track === null ? null : new SlotChain(this.context, track, this.master);
    if (this.direct !== null) this.direct.person = person;
    this.chains = this.direct === null ? this.slots : [...this.slots, this.direct];
    this.refreshDirect();
  }

  /** I do not want to hear anybody. Of what comes over the relay the server sends nothing then. */
  setDeafened(deafened: boolean): void {
    this.deafened = deafened;
    this.refreshDirect();
  }

  /** Call when a person's volume was changed. */
  refreshVolumes(): void {
    this.refreshDirect();
    this.setSlots(this.people);
  }

  /** 0..1. */
  setMasterVolume(volume: number): void {
    this.volume = volume;
    this.turn(GLIDE_S);
  }

  /** Makes everything quieter for as long as something else is listened to. */
  setLowered(lowered: boolean): void {
    if (lowered === this.lowered) return;
    this.lowered = lowered;
    this.turn(GLIDE_S * 10);
  }

  /** Follows the avatars. Called at frame rate while drawing and at the rate of pose frames always. Allocates nothing. */
  update(ears: Ears, poseOf: (person: string) => AvatarPose | undefined): void {
    const now = this.context.currentTime;
    for (const chain of this.chains) {
      const pose = chain.person === null ? undefined : poseOf(chain.person);
      const least = chain.person !== null && (chain.person === this.guide || this.group.has(chain.person)) ? ASSURED : 0;
      if (pose !== undefined) chain.place(pose, ears, Math.max(least, this.acoustics.gain(pose, pose.yaw, ears)), now);
      else if (least > 0) chain.bring(least, now);
      else chain.silence(now);
    }
  }

  /** Loudness 0..1 of what arrives from a person now, before distance; 0 if they are in no slot. */
  level(person: string): number {
    for (const chain of this.chains) if (chain.person === person) return analyserLevel(chain.inlet.analyser, chain.inlet.samples);
    return 0;
  }

  /** Loudness 0..1 of what arrives in a slot now, whoever's it is, before it is placed or silenced; 0 of one that is out of use. For measurements. */
  slotLevel(slot: number): number {
    const chain = this.slots[slot];
    return chain === undefined ? 0 : analyserLevel(chain.inlet.analyser, chain.inlet.samples);
  }

  /** Loudness 0..1 of what comes without the relay now. */
  directLevel(): number {
    return this.direct === null ? 0 : analyserLevel(this.direct.inlet.analyser, this.direct.inlet.samples);
  }

  private refreshDirect(): void {
    const { direct } = this;
    if (direct !== null) direct.personVolume = this.deafened || direct.person === null ? 0 : this.volumeOf(direct.person);
  }

  private turn(glide: number): void {
    this.master.gain.setTargetAtTime(this.volume * (this.lowered ? LOWERED : 1), this.context.currentTime, glide);
  }

  close(): void {
    for (const chain of this.chains) chain.close();
    this.chains = [];
    this.slots = [];
    this.direct = null;
    this.master.disconnect();
    this.limiter.disconnect();
  }
}
