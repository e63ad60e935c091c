/** Interpreters at work: booths, who sits in them, what they hear and whither they speak. Lasts as long as the server runs; which booths there are is in the session's state. */
import { z } from 'zod';
import { LANGUAGES } from '../vocabulary.ts';
import type { Language } from '../vocabulary.ts';
import type { Channel } from './vocabulary.ts';

const personId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const boothId = z.string().regex(/^[a-z0-9]{1,16}$/);
const language = z.enum(LANGUAGES);
export const channel = z.enum(['floor', ...LANGUAGES]);

/** What an interpreter does at the console. `boothChat` and `alert` are read by nobody else than whom they are for. */
export const ConsoleDeed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('enter'), booth: boothId }),
  z.object({ kind: z.literal('leave') }),
  /** The floor, or another booth's language as relay. */
  z.object({ kind: z.literal('incoming'), channel }),
  z.object({ kind: z.literal('outgoing'), language }),
  z.object({ kind: z.literal('microphone'), on: z.boolean() }),
  /** Held down: nothing is sent meanwhile. */
  z.object({ kind: z.literal('cough'), on: z.boolean() }),
  /** The live one offers the microphone to a colleague, or a colleague asks for it. */
  z.object({ kind: z.literal('handOver'), to: personId }),
  z.object({ kind: z.literal('takeOver') }),
  z.object({ kind: z.literal('answerHandOver'), accept: z.boolean() }),
  z.object({ kind: z.literal('cancelHandOver') }),
  z.object({ kind: z.literal('alert'), what: z.enum(['slower', 'noSound']) }),
]);
export type ConsoleDeed = z.infer<typeof ConsoleDeed>;
export type ConsoleDeedKind = ConsoleDeed['kind'];
export type ConsoleDeedOf<K extends ConsoleDeedKind> = Extract<ConsoleDeed, { kind: K }>;

/** A booth as the session has it: into which languages it interprets. */
export interface Booth {
  readonly id: string;
  readonly name: string;
  readonly languages: readonly Language[];
}

export interface Interpreter {
  readonly person: string;
  readonly name: string;
  readonly incoming: Channel;
  readonly outgoing: Language;
  /** The microphone is open, on `outgoing`. */
  readonly live: boolean;
  readonly coughing: boolean;
  readonly connected: boolean;
}

/** `from` has the microphone and offers it, or is asked for it by `to`. */
export interface HandOver {
  readonly from: string;
  readonly to: string;
  readonly askedBy: 'from' | 'to';
}

export interface MannedBooth {
  readonly id: string;
  readonly members: readonly Interpreter[];
  readonly handOver: HandOver | null;
}

/** Booths at work, by id. */
export type Manning = Readonly<Record<string, MannedBooth>>;
