import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Forwarder } from './forwarder.ts';
import type { Offer } from './offer.ts';
import { createPeer, pickSsrcs } from './peer.ts';
import type { Peer, Transport } from './peer.ts';
import { emptyPacket, isRtcp, parseRtp } from './rtp.ts';
import { sendReports } from './reports.ts';

const FRAME_MS = 20;
const LISTENER_PAYLOAD_TYPE = 109;
const SPEAKER_PAYLOAD_TYPE = 111;

/** Keeps what is sent, as a browser would receive it. */
class Recorder implements Transport {
  open = true;
  closed = false;
  fail = false;
  readonly packets: Buffer[] = [];

  send(packet: Uint8Array): boolean {
    if (this.fail) return false;
    this.packets.push(Buffer.from(packet));
    return true;
  }

  close(): void {
    this.closed = true;
  }
}

function offer(ssrc: number | null, slots: number): Offer {
  const lines = [
    { mid: '0', role: ssrc === null ? ('idle' as const) : ('microphone' as const), payloadType: SPEAKER_PAYLOAD_TYPE, ssrc, audioLevelId: ssrc === null ? null : 1 },
    ...Array.from({ length: slots }, (_, i) => ({ mid: String(i + 1), role: 'slot' as const, payloadType: LISTENER_PAYLOAD_TYPE, ssrc: null, audioLevelId: null })),
  ];
  return { iceUfrag: 'abcd', icePwd: 'aaaabbbbccccddddeeeeffff', fingerprint: 'AA', lines, bundle: lines.map((line) => line.mid) };
}

interface Actor {
  readonly peer: Peer;
  readonly recorder: Recorder;
  count: number;
}

/** A forwarder with a clock and people in it. */
class Stage {
  cpuMs = 0;
  readonly forwarder = new Forwarder(() => this.cpuMs);
  readonly actors = new Map<string, Actor>();
  nowMs = 0;

  join(id: string, ssrc: number | null, slots: number): Actor {
    const former = this.forwarder.find(id);
    if (former) this.forwarder.remove(former);
    const shape = offer(ssrc, slots);
    const recorder = new Recorder();
    const peer = createPeer(id, shape, { transport: recorder, ssrcs: pickSsrcs(shape), nowMs: this.nowMs });
    this.forwarder.add(peer);
    const actor = { peer, recorder, count: 0 };
    this.actors.set(id, actor);
    return actor;
  }

  /** One packet of speech; the level is that of its extension. */
  speak(id: string, level = 20, payload = id): void {
    const actor = this.actors.get(id);
    if (!actor?.peer.microphone) throw new Error(`${id} has no microphone`);
    this.nowMs += FRAME_MS;
    this.forwarder.beginTurn(this.nowMs);
    actor.count += 1;
    const head = Buffer.from([0x90, SPEAKER_PAYLOAD_TYPE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xbe, 0xde, 0, 1, 0x10, level, 0, 0]);
    head.writeUInt16BE(actor.count & 0xffff, 2);
    head.writeUInt32BE(actor.count * 960, 4);
    head.writeUInt32BE(actor.peer.microphone.ssrc, 8);
    this.forwarder.receive(actor.peer, Buffer.concat([head, Buffer.from(payload)]), this.nowMs);
  }

  /** Payloads that reached a slot, in order. */
  heard(id: string, slot: number): string[] {
    const actor = this.actors.get(id);
    const ssrc = actor?.peer.slots[slot]?.stream.ssrc;
    const packet = emptyPacket();
    return (actor?.recorder.packets ?? []).flatMap((bytes) => (!isRtcp(bytes) && parseRtp(bytes, 0, packet) && packet.ssrc === ssrc ? [bytes.toString('latin1', packet.payloadStart, packet.payloadEnd)] : []));
  }
}

function stageOf(...speakers: string[]): Stage {
  const stage = new Stage();
  speakers.forEach((id, index) => stage.join(id, 1000 + index, 0));
  return stage;
}

describe('Forwarder', () => {
  test('sends a packet to the slots that are routed, rewritten, and to nobody else', () => {
    const stage = stageOf('ann', 'bob');
    stage.join('eve', null, 2);
    stage.join('sam', null, 2);
    stage.forwarder.route([{ listener: 'eve', slot: 1, speaker: 'ann' }]);
    stage.speak('ann');
    stage.speak('bob');
    expect(stage.heard('eve', 1)).toEqual(['ann']);
    expect(stage.heard('eve', 0)).toEqual([]);
    expect(stage.actors.get('sam')?.recorder.packets).toEqual([]);
    expect(stage.actors.get('ann')?.recorder.packets).toEqual([]);
    const [packet] = stage.actors.get('eve')?.recorder.packets ?? [];
    // Twelve bytes and the voice: no extension, so no level and nothing else of the speaker's connection.
    expect(packet).toHaveLength(12 + 'ann'.length);
    expect(packet?.[0]).toBe(0x80);
    expect(packet?.[1]).toBe(0x80 | LISTENER_PAYLOAD_TYPE);
  });

  test('not one packet more once a slot is emptied, its speaker has left, or its listener', () => {
    const stage = stageOf('ann', 'bob');
    stage.join('eve', null, 2);
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }, { listener: 'eve', slot: 1, speaker: 'bob' }]);
    stage.speak('ann');
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: null }]);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann']);
    const eve = stage.actors.get('eve');
    if (eve) stage.forwarder.remove(eve.peer);
    stage.speak('bob');
    expect(stage.heard('eve', 1)).toEqual([]);
  });

  test('a peer that is removed is not heard, even if packets of it are still under way', () => {
    const stage = stageOf('ann');
    stage.join('eve', null, 1);
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    const ann = stage.actors.get('ann');
    if (ann) stage.forwarder.remove(ann.peer);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual([]);
  });

  test('keeps routes for peers that are still to come, and over a new join; a leave ends them', () => {
    const stage = new Stage();
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    stage.join('eve', null, 1);
    stage.join('ann', 1000, 0);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann']);
    stage.join('eve', null, 1);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann']);
    stage.join('ann', 1000, 0);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann', 'ann']);
    const ann = stage.actors.get('ann');
    if (ann) stage.forwarder.remove(ann.peer);
    stage.forwarder.forget('ann');
    stage.join('ann', 1000, 0);
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann', 'ann']);
  });

  test('saying a route again does not disturb it', () => {
    const stage = stageOf('ann');
    stage.join('eve', null, 1);
    for (let i = 0; i < 3; i += 1) {
      stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
      stage.speak('ann');
    }
    // A marker begins a new source; one is right, three would make the listener's jitter buffer start anew each time.
    expect(stage.actors.get('eve')?.recorder.packets.map((packet) => (packet[1] ?? 0) >> 7)).toEqual([1, 0, 0]);
  });

  test('counts what came in, what went out of each slot, and from whom', () => {
    const stage = stageOf('ann', 'bob');
    stage.join('eve', null, 2);
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }, { listener: 'eve', slot: 1, speaker: 'bob' }]);
    for (let i = 0; i < 3; i += 1) stage.speak('ann');
    stage.speak('bob');
    stage.forwarder.route([{ listener: 'eve', slot: 1, speaker: 'ann' }]);
    stage.speak('ann');
    const counters = new Map(stage.forwarder.counters().map((entry) => [entry.peer, entry]));
    expect(counters.get('ann')).toMatchObject({ packetsIn: 4, packetsOut: [] });
    expect(counters.get('eve')).toMatchObject({ connected: true, packetsIn: 0, packetsOut: [4, 2], packetsFrom: { ann: 5, bob: 1 } });
  });

  test('a listener that cannot be reached costs the others nothing and is not counted', () => {
    const stage = stageOf('ann');
    const broken = stage.join('broken', null, 1);
    stage.join('eve', null, 1);
    stage.forwarder.route([{ listener: 'broken', slot: 0, speaker: 'ann' }, { listener: 'eve', slot: 0, speaker: 'ann' }]);
    broken.recorder.fail = true;
    stage.speak('ann');
    broken.recorder.open = false;
    stage.speak('ann');
    expect(stage.heard('eve', 0)).toEqual(['ann', 'ann']);
    expect(stage.forwarder.counters().find(({ peer }) => peer === 'broken')).toMatchObject({ connected: false, packetsOut: [0], packetsFrom: {} });
  });

  test('forwards nothing but the microphone that was offered', () => {
    const stage = stageOf('ann');
    stage.join('eve', null, 1);
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
    const ann = stage.actors.get('ann')?.peer;
    if (!ann) throw new Error('ann is missing');
    stage.forwarder.beginTurn(0);
    const packet = Buffer.from([0x80, SPEAKER_PAYLOAD_TYPE, 0, 1, 0, 0, 0, 0, 0, 0, 0x03, 0xe8, 1, 2, 3]);
    const foreign = Buffer.from(packet);
    foreign[11] = 0x99;
    const codec = Buffer.from(packet);
    codec[1] = 9;
    const rtcp = Buffer.from(packet);
    rtcp[1] = 200;
    for (const bytes of [foreign, codec, rtcp, packet.subarray(0, 11), Buffer.alloc(0), Buffer.alloc(1500, 0xff)]) stage.forwarder.receive(ann, bytes, 0);
    expect(stage.actors.get('eve')?.recorder.packets).toEqual([]);
    stage.forwarder.receive(ann, packet, 0);
    expect(stage.actors.get('eve')?.recorder.packets).toHaveLength(1);
  });

  describe('a turn of the event loop without end', () => {
    const EARS = 100;

    /** Ann speaks to a hundred people; `receive` brings her next packet, so long after the turn began. */
    function crowd(): { stage: Stage; receive: (packets: number, afterMs: number) => number } {
      const stage = stageOf('ann');
      const ears = Array.from({ length: EARS }, (_, i) => `ear-${i}`);
      for (const ear of ears) stage.join(ear, null, 1);
      stage.forwarder.route(ears.map((listener) => ({ listener, slot: 0, speaker: 'ann' })));
      stage.forwarder.beginTurn(stage.nowMs);
      let count = 0;
      const receive = (packets: number, afterMs: number): number => {
        const ann = stage.actors.get('ann');
        for (let i = 0; ann && i < packets; i += 1, count += 1) {
          const packet = Buffer.from([0x80, SPEAKER_PAYLOAD_TYPE, 0, count, 0, 0, 0, 0, 0, 0, 0x03, 0xe8, count]);
          stage.forwarder.receive(ann.peer, packet, stage.nowMs + afterMs);
        }
        return stage.forwarder.takeShed();
      };
      return { stage, receive };
    }

    test('drops the rest when it has worked for too long, and the next one forwards again', () => {
      const { stage, receive } = crowd();
      expect(receive(20, 10)).toBe(0);
      stage.cpuMs = 150;
      expect(receive(1, 250)).toBe(0);
      stage.cpuMs = 250;
      expect(receive(10, 260)).toBe(10 * EARS);
      stage.nowMs += 260;
      stage.forwarder.beginTurn(stage.nowMs);
      expect(receive(20, 0)).toBe(0);
      expect(stage.heard('ear-0', 0)).toHaveLength(41);
    });

    test('that has only waited forwards what piled up, if it is not much and not old', () => {
      const { receive } = crowd();
      expect(receive(40, 900)).toBe(0);
      expect(receive(1, 1100)).toBe(EARS);
    });

    test('that was away for long still forwards a little, so that a quiet room loses nothing', () => {
      const { receive } = crowd();
      expect(receive(20, 5000)).toBe(0);
      expect(receive(1, 5000)).toBe(EARS);
    });
  });

  test('reports levels of those who speak, heard by anybody or not', () => {
    const stage = stageOf('ann', 'bob');
    stage.speak('ann', 30);
    expect(stage.forwarder.activity()).toEqual([{ peer: 'ann', level: 0.5 }]);
    stage.speak('ann', 30);
    expect(stage.forwarder.activity()).toEqual([]);
  });

  test('whatever happens, a packet reaches exactly those whom the routes name at that moment', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const id = fc.constantFrom(...ids);
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), who: id, slots: fc.nat(3), speaks: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('lose' as const, 'leave' as const), who: id }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('route' as const), who: id, slot: fc.nat(3), speaker: fc.option(id) }) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('speak' as const), who: id }) },
    );
    let delivered = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const stage = new Stage();
        const joined = new Map<string, { slots: number; speaks: boolean }>();
        const routes = new Map<string, string>();
        for (const each of steps) {
          if (each.kind === 'join') {
            stage.join(each.who, each.speaks ? 1000 + ids.indexOf(each.who) : null, each.slots);
            joined.set(each.who, each);
          } else if (each.kind === 'route') {
            stage.forwarder.route([{ listener: each.who, slot: each.slot, speaker: each.speaker }]);
            if (each.speaker === null) routes.delete(`${each.who}/${each.slot}`);
            else routes.set(`${each.who}/${each.slot}`, each.speaker);
          } else if (each.kind !== 'speak') {
            const peer = stage.forwarder.find(each.who);
            if (peer) stage.forwarder.remove(peer);
            joined.delete(each.who);
            if (each.kind === 'leave') {
              stage.forwarder.forget(each.who);
              for (const [key, speaker] of routes) if (speaker === each.who || key.startsWith(`${each.who}/`)) routes.delete(key);
            }
          } else if (joined.get(each.who)?.speaks) {
            for (const actor of stage.actors.values()) actor.recorder.packets.length = 0;
            stage.speak(each.who);
            const wanted = [...routes].flatMap(([key, speaker]) => (speaker === each.who && Number(key.split('/')[1]) < (joined.get(key.split('/')[0] ?? '')?.slots ?? 0) ? [key] : []));
            const got = ids.flatMap((listener) => Array.from({ length: 4 }, (_, slot) => stage.heard(listener, slot).map(() => `${listener}/${slot}`)).flat());
            expect(got.sort()).toEqual(wanted.sort());
            delivered += got.length;
          }
        }
      }),
      { seed: 42, numRuns: 60 },
    );
    expect(delivered).toBeGreaterThan(500);
  });
});

describe('RTCP of the relay', () => {
  test('goes to microphones that were heard and to slots that are fed, and to nobody else', () => {
    const stage = stageOf('ann', 'bob');
    stage.join('eve', null, 2);
    stage.forwarder.route([{ listener: 'eve', slot: 0, speaker: 'ann' }, { listener: 'eve', slot: 1, speaker: 'bob' }]);
    stage.speak('ann');
    const eve = stage.actors.get('eve');
    if (eve) eve.recorder.packets.length = 0;
    sendReports(stage.forwarder.peers, { nowMs: stage.nowMs, unixMs: 0 });
    const types = (id: string): (number | undefined)[] => (stage.actors.get(id)?.recorder.packets ?? []).map((packet) => packet[1]);
    expect(types('ann')).toEqual([201]);
    expect(types('bob')).toEqual([]);
    expect(types('eve')).toEqual([200]);
    expect(eve?.recorder.packets[0]?.readUInt32BE(4)).toBe(eve?.peer.slots[0]?.stream.ssrc);
    sendReports(stage.forwarder.peers, { nowMs: stage.nowMs, unixMs: 0 });
    expect(types('ann')).toEqual([201]); // nothing new was heard
  });
});
