/** PeerJS' messages of a call, and the sign of life. All that browsers of ours send. */
const KINDS: ReadonlySet<unknown> = new Set(['OFFER', 'ANSWER', 'CANDIDATE', 'HEARTBEAT']);
/** Largest message, bytes: an offer of one voice has some 5 KB. */
export const MAX_MESSAGE_BYTES = 24_576;
/** So many at once: an offer or answer, and candidates of every network interface. */
const BURST = 60;
const PER_SECOND = 5;

/** Decides about each message that somebody sends to the signalling server. */
export class MessageGuard {
  private readonly partner: string;
  private tokens = BURST;
  private filledAt: number;

  /** @param partner the only id that may be written to; `now` in milliseconds */
  constructor(partner: string, now: number) {
    this.partner = partner;
    this.filledAt = now;
  }

  /** @param now milliseconds. @returns false for what no browser of ours sends */
  admits(data: unknown, now: number): boolean {
    this.tokens = Math.min(BURST, this.tokens + ((now - this.filledAt) / 1000) * PER_SECOND);
    this.filledAt = now;
    if (this.tokens < 1 || !Buffer.isBuffer(data) || data.length > MAX_MESSAGE_BYTES) return false;
    this.tokens -= 1;
    let message: unknown;
    try {
      message = JSON.parse(data.toString());
    } catch {
      return false;
    }
    const { type, dst } = Object(message) as Record<string, unknown>;
    return KINDS.has(type) && (type === 'HEARTBEAT' ? dst === undefined : dst === this.partner);
  }
}
