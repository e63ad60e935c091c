import { z } from 'zod';
import { PICTURE_LAYERS, PICTURE_SIZES } from '../relay.ts';
import { MAX_SLOTS } from './offer.ts';

/**
 * The messages between the server and its relay process. Both sides check what they receive against these shapes: a message that does
 * not fit is a fault of ours (two versions mixed, a corrupted process), and must not be acted on.
 */

/** Tells the process to close its files and end. A signal, as it comes through at once, whatever is still on its way in the channel. */
export const END_SIGNAL = 'SIGUSR2';

const peerId = z.string().min(1).max(128);
const requestId = z.int().nonnegative();
const port = z.int().min(0).max(65535);

const route = z.object({ listener: peerId, slot: z.int().min(0).max(MAX_SLOTS - 1), speaker: peerId.nullable() });

const offer = z.object({
  iceUfrag: z.string(),
  icePwd: z.string(),
  fingerprint: z.string(),
  lines: z
    .array(
      z.object({
        mid: z.string(),
        role: z.enum(['microphone', 'idle', 'slot']),
        payloadType: z.int().min(0).max(127),
        ssrc: z.int().positive().nullable(),
        audioLevelId: z.int().positive().nullable(),
      }),
    )
    .max(MAX_SLOTS + 1)
    .readonly(),
  bundle: z.array(z.string()).max(MAX_SLOTS + 1).readonly(),
});

const pictureOffer = z.object({
  iceUfrag: z.string(), icePwd: z.string(), fingerprint: z.string(), mid: z.string(),
  role: z.enum(['shows', 'watches']), ssrc: z.int().positive().nullable(), prefersH264: z.boolean(), sendTimeId: z.int().min(1).max(14).nullable(),
  payloadTypes: z.object({ vp8: z.int().min(0).max(127), h264: z.int().min(0).max(127).nullable() }),
});

const settings = z.object({
  port,
  bindAddress: z.string().optional(),
  mediaAddresses: z.array(z.string()),
  maxPeers: z.int().positive(),
});

/** From the server to the process. */
export const commandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), settings }),
  z.object({ type: z.literal('join'), request: requestId, peer: peerId, offer }),
  z.object({ type: z.literal('leave'), peer: peerId }),
  z.object({ type: z.literal('route'), changes: z.array(route) }),
  z.object({ type: z.literal('counters'), request: requestId }),
  z.object({ type: z.literal('joinPicture'), request: requestId, peer: peerId, offer: pictureOffer, layer: z.enum(PICTURE_LAYERS).optional(), voice: peerId.optional() }),
  z.object({ type: z.literal('leavePicture'), peer: peerId }),
  z.object({ type: z.literal('show'), picture: peerId, viewers: z.array(peerId), layers: z.array(peerId) }),
  z.object({ type: z.literal('sizePicture'), peer: peerId, size: z.enum(PICTURE_SIZES) }),
  z.object({ type: z.literal('pictureCounters'), request: requestId }),
  z.object({ type: z.literal('record'), name: peerId, file: z.string().min(1), speaker: peerId.nullable(), startedAt: z.number() }),
  z.object({ type: z.literal('endRecord'), name: peerId }),
  z.object({ type: z.literal('ping'), request: requestId }),
]);

const counters = z.object({
  peer: peerId,
  connected: z.boolean(),
  packetsIn: z.number(),
  packetsOut: z.array(z.number()).readonly(),
  packetsFrom: z.record(z.string(), z.number()).readonly(),
});

const pictureCounters = z.object({ peer: peerId, connected: z.boolean(), packetsIn: z.number(), packetsOut: z.number(), packetsFrom: z.record(z.string(), z.number()).readonly() });

/** From the process to the server. */
export const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port }),
  z.object({ type: z.literal('failed'), why: z.string() }),
  z.object({ type: z.literal('joined'), request: requestId, answer: z.string(), slots: z.int().min(0).max(MAX_SLOTS) }),
  z.object({ type: z.literal('refused'), request: requestId, why: z.string() }),
  z.object({ type: z.literal('counters'), request: requestId, peers: z.array(counters) }),
  z.object({ type: z.literal('pictureJoined'), request: requestId, answer: z.string() }),
  z.object({ type: z.literal('pictureCounters'), request: requestId, peers: z.array(pictureCounters) }),
  z.object({ type: z.literal('pictureLost'), peer: peerId }),
  z.object({ type: z.literal('pictureWanted'), peer: peerId, wanted: z.boolean() }),
  z.object({ type: z.literal('pong'), request: requestId }),
  z.object({ type: z.literal('activity'), batch: z.array(z.object({ peer: peerId, level: z.number() })) }),
  z.object({ type: z.literal('connected'), peer: peerId }),
  z.object({ type: z.literal('lost'), peer: peerId }),
  z.object({ type: z.literal('overload'), dropped: z.number() }),
  z.object({ type: z.literal('recordFailed'), name: peerId, why: z.string() }),
]);

export type Command = z.infer<typeof commandSchema>;
export type Report = z.infer<typeof reportSchema>;
export type RelaySettings = z.infer<typeof settings>;
