import type { ClientMessage, ServerMessages } from '../../../shared/protocol/messages.ts';
import { PARCEL_MAX_LENGTH } from '../../../shared/protocol/vocabulary.ts';
import { store } from '../store.ts';

type Kind = ClientMessage<'parcel'>['kind'];
type Listener = (from: string, bytes: Uint8Array<ArrayBuffer>) => void;

/** Most bytes of one parcel: base64 makes four characters of three. */
export const PARCEL_MAX_BYTES = Math.floor(PARCEL_MAX_LENGTH / 4) * 3;

/** What the clients of a talk's members tell each other. The server passes it on unread, and to members alone. */
export class Parcels {
  private readonly send: (message: ClientMessage<'parcel'>) => void;
  private readonly listeners = new Map<Kind, Set<Listener>>();

  constructor(send: (message: ClientMessage<'parcel'>) => void) {
    this.send = send;
  }

  /** `from`: id of the member. @returns how to stop */
  on(kind: Kind, listener: Listener): () => void {
    const listeners = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Sends at most {@link PARCEL_MAX_BYTES} to one member, or to all others. Outside a talk nothing happens. */
  post(kind: Kind, bytes: Uint8Array, to: string | null = null): void {
    const talk = store.talk.peek();
    if (talk !== null) this.send({ talk: talk.id, to, kind, data: encode(bytes) });
  }

  receive({ talk, from, kind, data }: ServerMessages['parcel']): void {
    if (store.talk.peek()?.id !== talk) return;
    const bytes = decode(data);
    for (const listener of this.listeners.get(kind) ?? []) listener(from, bytes);
  }
}

function encode(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function decode(data: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
}
