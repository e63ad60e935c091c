import type { Venue } from './venue.ts';
import type { SealStatus } from '../audio/seal/agreement.ts';
import type { SealCounts } from '../audio/seal/sealing.ts';
import { store } from './store.ts';
import type { DirectState } from '../../shared/protocol/direct.ts';
import { directStatus } from './talks/direct-status.ts';
import { sealStatus } from './talks/seal-status.ts';

/** Facts for support staff and tests, as JSON. Own data and what this client was sent anyway; no names. */
export interface DiagnosticsReport {
  readonly phase: string;
  readonly connection: string;
  readonly media: string;
  readonly world: string;
  readonly roundTripMs: number;
  readonly me: { id: string; x: number; y: number; z: number; yaw: number; seat: string; posture: string } | null;
  readonly scene: string;
  /** On the way to another scene, and how far. */
  readonly journey: { to: string; stage: string } | null;
  readonly link: string | null;
  readonly space: string | null;
  readonly people: readonly { id: string; x: number; y: number; z: number; yaw: number; posture: string; gesture: string; speaking: boolean }[];
  readonly slots: readonly { person: string | null; level: number }[];
  readonly hearers: { count: number; ids: readonly string[] | null };
  readonly mic: { state: string; level: number; problem: string | null };
  readonly inbound: readonly { slot: number; packetsReceived: number; packetsLost: number; jitterMs: number; level: number }[];
  readonly seal: { readonly status: SealStatus | null; readonly frames: SealCounts | null };
  /** `path`: kinds of both ends of the way from browser to browser; null without one. `level`: of what comes in, 0..1. */
  readonly direct: { readonly status: DirectState | null; readonly path: string | null; readonly packetsReceived: number; readonly level: number };
  readonly frame: object | null;
  /** What the headset's ladder of quality does. */
  readonly headset: object | null;
}

async function inboundStatistics(venue: Venue): Promise<DiagnosticsReport['inbound']> {
  const connection = venue.voice.link.peerConnection;
  if (connection === null) return [];
  const receivers = connection.getTransceivers().filter((each) => each.direction === 'recvonly');
  return Promise.all(receivers.map(async (transceiver, slot) => {
    const report = await transceiver.receiver.getStats();
    let found = { slot, packetsReceived: 0, packetsLost: 0, jitterMs: 0, level: venue.voice.mixer.slotLevel(slot) };
    report.forEach((entry: { type: string; packetsReceived?: number; packetsLost?: number; jitter?: number }) => {
      if (entry.type !== 'inbound-rtp') return;
      found = {
        ...found,
        packetsReceived: entry.packetsReceived ?? 0,
        packetsLost: entry.packetsLost ?? 0,
        jitterMs: Math.round((entry.jitter ?? 0) * 1000),
      };
    });
    return found;
  }));
}

async function directStatistics(venue: Venue | null): Promise<DiagnosticsReport['direct']> {
  const report = await venue?.direct.connection?.getStats();
  const entries: { type: string; id: string; state?: string; nominated?: boolean; localCandidateId?: string; remoteCandidateId?: string; candidateType?: string; packetsReceived?: number }[] = [];
  report?.forEach((entry: (typeof entries)[number]) => entries.push(entry));
  const pair = entries.find(({ type, state, nominated }) => type === 'candidate-pair' && state === 'succeeded' && nominated === true);
  const kind = (id: string | undefined): string => entries.find((entry) => entry.id === id)?.candidateType ?? '';
  return {
    status: directStatus.peek(),
    path: pair === undefined ? null : `${kind(pair.localCandidateId)} - ${kind(pair.remoteCandidateId)}`,
    packetsReceived: entries.find(({ type }) => type === 'inbound-rtp')?.packetsReceived ?? 0,
    level: venue?.voice.mixer.directLevel() ?? 0,
  };
}

/** Collects the report. `venue` null: outside. */
export async function diagnostics(venue: Venue | null): Promise<DiagnosticsReport> {
  const pose = venue?.walker.pose;
  const journey = store.journey.peek();
  const slots = store.slots.peek().map((person) => ({ person, level: person === null ? 0 : (venue?.voice.mixer.level(person) ?? 0) }));
  return {
    phase: store.phase.peek().kind,
    connection: store.connection.peek().kind,
    media: store.media.peek(),
    world: store.world.peek().kind,
    roundTripMs: Math.round(venue?.connection?.roundTripMs ?? 0),
    me: pose === undefined ? null : {
      id: pose.id, x: pose.x, y: pose.y, z: pose.z, yaw: pose.yaw, seat: store.seat.peek(), posture: pose.posture,
    },
    scene: store.here.peek(),
    journey: journey === null ? null : { to: journey.to, stage: journey.stage },
    link: store.link.peek(),
    space: store.where.peek().space,
    people: (venue?.poses.avatars ?? []).map(({ id, x, y, z, yaw, posture, gesture, speaking }) => ({ id, x, y, z, yaw, posture, gesture, speaking })),
    slots,
    hearers: store.hearers.peek(),
    mic: store.mic.peek(),
    inbound: venue === null ? [] : await inboundStatistics(venue),
    direct: await directStatistics(venue),
    seal: { status: sealStatus.peek(), frames: await venue?.seal.counts() ?? null },
    frame: venue?.world.current?.stats() ?? null,
    headset: venue?.wearing.worn?.facts ?? null,
  };
}

const REFRESH_MS = 500;

/** Puts `window.plenum.diagnostics()` in place, and the panel when the address asks for it with `?diagnostics`. */
export function installDiagnostics(current: () => Venue | null): void {
  Object.assign(window, {
    plenum: {
      /** The formal session that I attend, or null. */
      session: () => store.attending.peek()?.plenary ?? null,
      diagnostics: () => diagnostics(current()),
      /** Facts of the headset that is worn, or null: see `HeadsetFacts`. */
      headset: () => current()?.wearing.worn?.facts ?? null,
      headsetTargets: () => current()?.wearing.worn?.targets() ?? [],
      /** Ends the line as a network failure would. */
      dropConnection: () => current()?.dropConnection(),
      audioInput: () => current()?.voice.input ?? null,
      /** The mixed output, for recordings of what is heard. */
      audioOutput: () => current()?.voice.mixer.output ?? null,
    },
  });
  if (!new URLSearchParams(location.search).has('diagnostics')) return;
  const panel = document.createElement('pre');
  panel.className = 'diagnostics';
  panel.tabIndex = 0;
  panel.setAttribute('aria-label', 'Diagnostics');
  document.body.append(panel);
  setInterval(() => {
    void diagnostics(current()).then((report) => {
      panel.textContent = JSON.stringify(report, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 1);
    });
  }, REFRESH_MS);
}
