/** A client of a formal session by the real SDK, as the browser uses it, that keeps what it is sent. */
import { ColyseusSDK } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { PlenaryClientMessage, PlenaryClientMessageName, PlenaryServerMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { merge } from '../../shared/protocol/plenary/state.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { PLENARY_ROOM, PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

const NAMES: readonly PlenaryServerMessageName[] = [
  'welcome', 'patch', 'attendance', 'channels', 'manning', 'audio', 'alert', 'chat', 'caption', 'transcript', 'mediaAnswer', 'mediaReset', 'done', 'refused', 'outside', 'notice', 'pong', 'stage', 'pictureAnswer', 'pictureReset', 'pictureWanted',
];

export interface PlenaryTicket {
  readonly port: number;
  readonly token: string;
  readonly session: string;
  readonly tab?: string;
}

let clients = 0;

export class PlenaryTestClient {
  readonly room: Room;
  state: PlenaryState | null = null;
  closed: number | null = null;
  private nonces = 0;
  private readonly messages = new Map<PlenaryServerMessageName, unknown[]>();
  private readonly waiting = new Map<string, (reason: Reason | null) => void>();

  private constructor(room: Room) {
    this.room = room;
    room.reconnection.enabled = false;
    for (const name of NAMES) room.onMessage(name, (message: unknown) => { this.take(name, message); });
    room.onLeave((code) => { this.closed = code; });
    room.onError(() => undefined);
  }

  /** Rejects with the SDK's error, whose message is the reason. */
  static async join({ port, token, session, tab }: PlenaryTicket): Promise<PlenaryTestClient> {
    const sdk = new ColyseusSDK(`ws://127.0.0.1:${port}`);
    sdk.http.authToken = token;
    clients += 1;
    return new PlenaryTestClient(await sdk.joinOrCreate(PLENARY_ROOM, { protocol: PROTOCOL_VERSION, session, tab: tab ?? `tab-of-client-${String(clients).padStart(8, '0')}`, takeOver: true }));
  }

  all<K extends PlenaryServerMessageName>(name: K): readonly PlenaryServerMessages[K][] {
    return (this.messages.get(name) ?? []) as PlenaryServerMessages[K][];
  }

  last<K extends PlenaryServerMessageName>(name: K): PlenaryServerMessages[K] | undefined {
    return this.all(name).at(-1);
  }

  send<K extends PlenaryClientMessageName>(name: K, message: PlenaryClientMessage<K>): void {
    this.room.send(name, message);
  }

  /** @returns why it was refused, or null when it was acknowledged; never resolves if the line ends before */
  act(deed: PlenaryDeed): Promise<Reason | null> {
    this.nonces += 1;
    const nonce = `n${this.nonces}`;
    return new Promise((resolve) => {
      this.waiting.set(nonce, resolve);
      this.send('deed', { deed, nonce });
    });
  }

  /** Ends the socket without a word. */
  cut(): void {
    this.room.connection.close();
  }

  private take(name: PlenaryServerMessageName, message: unknown): void {
    const list = this.messages.get(name) ?? [];
    list.push(message);
    this.messages.set(name, list);
    if (name === 'welcome') this.state = (message as PlenaryServerMessages['welcome']).state;
    if (name === 'patch' && this.state !== null) this.state = merge(this.state, (message as PlenaryServerMessages['patch']).patch);
    if (name === 'outside') this.state = null;
    if (name === 'done') this.answer((message as PlenaryServerMessages['done']).nonce, null);
    if (name === 'refused') this.answer((message as PlenaryServerMessages['refused']).nonce, (message as PlenaryServerMessages['refused']).reason);
  }

  private answer(nonce: string, reason: Reason | null): void {
    this.waiting.get(nonce)?.(reason);
    this.waiting.delete(nonce);
  }
}

/** Creates a session over HTTP, as the secretariat does. */
export async function createSession(url: string, token: string, title = 'Opening plenary'): Promise<string> {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ kind: 'plenary', title, plannedStart: null, plannedEnd: null }),
  });
  if (response.status !== 201) throw new Error(`the session was refused: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
