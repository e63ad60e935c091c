import { effect } from '@preact/signals';
import type { Agreement, KeySink } from '../../audio/seal/agreement.ts';
import type { SealPort } from '../../audio/seal/port.ts';
import { store } from '../store.ts';
import type { Parcels } from './parcels.ts';
import { sealStatus } from './seal-status.ts';

const TICK_MS = 250;

export interface TalkSealingDeps {
  readonly port: Pick<SealPort, 'order' | 'can'>;
  readonly parcels: Pick<Parcels, 'on' | 'post'>;
}

/** Seals the talk that I am in, whichever it is. From coming in to the first key nothing of mine goes out. One for the time in the venue. */
export class TalkSealing {
  private readonly deps: TalkSealingDeps;
  private readonly stop: (() => void)[];
  private talk = '';
  private agreement: Promise<Agreement> | null = null;
  /** Until all earlier ones have ended. */
  private closing: Promise<void> = Promise.resolve();

  constructor(deps: TalkSealingDeps) {
    this.deps = deps;
    const timer = setInterval(() => this.with((agreement) => agreement.tick()), TICK_MS);
    this.stop = [
      () => clearInterval(timer),
      deps.parcels.on('key', (from, bytes) => this.with((agreement) => agreement.receive(from, bytes))),
      effect(() => this.follow(store.talk.value?.id ?? '')),
      effect(() => this.setMembers()),
    ];
  }

  /** I would rather be heard unsealed than not at all. */
  allowOpen(): void {
    this.with((agreement) => agreement.allowOpen());
  }

  /** A key has sealed all that it may. */
  renew(): void {
    this.with((agreement) => agreement.renew());
  }

  /** The worker is gone, and with it all keys: what can be done now is said to the others. */
  restart(): void {
    const { talk } = this;
    this.follow('');
    this.follow(talk);
    this.setMembers();
  }

  close(): void {
    for (const stop of this.stop) stop();
    this.follow('');
  }

  private follow(talk: string): void {
    if (talk === this.talk) return;
    this.talk = talk;
    const { port } = this.deps;
    const before = this.agreement;
    this.closing = this.closing.then(async () => (await before)?.close()).catch(() => undefined);
    sealStatus.value = null;
    if (talk === '') {
      this.agreement = null;
      // Plain only when all of the talk is over, and if there is not another one by then.
      void this.closing.then(() => (this.talk === '' ? open(port) : undefined));
      return;
    }
    // At once, not when the rest has been fetched.
    if (port.can) void hold(port);
    this.agreement = this.begin(talk);
    // Without it sealing cannot be: the others learn that nobody answers, and this microphone stays held. Coming in again tries again.
    this.agreement.catch(() => undefined);
  }

  private async begin(talk: string): Promise<Agreement> {
    // The last order of the one before must not come after the first of this one.
    await this.closing;
    const { Agreement, AGREEING } = await import('../../audio/seal/agreement.ts');
    const { port, parcels } = this.deps;
    const isMine = (): boolean => this.talk === talk;
    if (isMine()) sealStatus.value = AGREEING;
    return new Agreement({
      talk, me: store.myId.peek(), can: port.can, sink: sinkOf(port), now: () => performance.now(),
      send: (to, data) => {
        if (isMine()) parcels.post('key', data, to);
      },
      onStatus: (status) => {
        if (isMine()) sealStatus.value = status;
      },
    });
  }

  /** Those whose line is down hear nothing, and are waited for no longer. */
  private setMembers(): void {
    const talk = store.talk.value;
    const people = store.people.value;
    if (talk === null) return;
    const others = talk.members.map(({ id }) => id).filter((id) => id !== store.myId.peek() && people.get(id)?.away !== true);
    this.with((agreement) => agreement.setMembers(others));
  }

  private with(deed: (agreement: Agreement) => Promise<void>): void {
    this.agreement?.then(deed).catch(() => undefined);
  }
}

async function hold(port: Pick<SealPort, 'order'>): Promise<void> {
  await Promise.all([port.order({ kind: 'outgoing', mode: 'hold' }), port.order({ kind: 'incoming', strict: true })]);
}

async function open(port: Pick<SealPort, 'order'>): Promise<void> {
  await Promise.all([port.order({ kind: 'outgoing', mode: 'pass' }), port.order({ kind: 'incoming', strict: false })]);
}

/** Orders reach the worker in the order in which they are given. */
function sinkOf(port: Pick<SealPort, 'order'>): KeySink {
  return {
    hold: () => hold(port),
    open: () => open(port),
    sealWith: async (keyId, key) => {
      await Promise.all([port.order({ kind: 'sealWith', keyId, key }), port.order({ kind: 'incoming', strict: true })]);
    },
    add: async (keyId, key) => {
      await port.order({ kind: 'add', keyId, key });
    },
    drop: async (keyId) => {
      await port.order({ kind: 'drop', keyId });
    },
  };
}
