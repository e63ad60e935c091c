/** ICE "disconnected" may heal by itself; after this long it is given up and a new connection offered. */
const HEAL_MS = 2500;
/** From the offer to media flowing; then another try. */
const CONNECT_MS = 8000;
const RETRY_MS = [200, 1000, 2000, 4000] as const;

/** `opening`: a fresh one is offered; `lost`: it may heal, or another try follows; `failed`: it is tried again all the same, more slowly. */
export type KeptState = 'opening' | 'live' | 'lost' | 'failed';

export interface KeptConnectionDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** Options of the connection besides. */
  readonly options?: RTCConfiguration;
  /** Gives a fresh connection its lines, before it is offered. */
  prepare(connection: RTCPeerConnection): void;
  /** It is to be offered to the server, whose answer comes back through `answer()`. */
  offer(sdp: string): void;
  /** The answer was taken. */
  answered?(connection: RTCPeerConnection): Promise<void> | void;
  onState(state: KeptState): void;
}

/** A media connection to the relay that is offered anew until it holds, whenever it is lost, and until it is closed. */
export class KeptConnection {
  private readonly deps: KeptConnectionDeps;
  private connection: RTCPeerConnection | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private closed = false;
  private paused = false;

  constructor(deps: KeptConnectionDeps) {
    this.deps = deps;
  }

  get peerConnection(): RTCPeerConnection | null {
    return this.connection;
  }

  /** Offers a fresh connection, dropping the one there was. */
  start(): void {
    this.drop();
    if (this.closed) return;
    this.paused = false;
    this.deps.onState('opening');
    this.open().catch(() => { this.retry(); });
  }

  /** The server's answer to the last offer. One that comes too late changes nothing; one that makes no sense leads to another try. */
  answer(sdp: string): void {
    const connection = this.connection;
    if (connection?.signalingState !== 'have-local-offer') return;
    connection.setRemoteDescription({ type: 'answer', sdp }).then(() => this.deps.answered?.(connection)).catch(() => { this.retry(); });
  }

  /** The server lost this connection, or could not answer. */
  reset(): void {
    this.retry();
  }

  /** Ends it until the next `start`: there is nobody to answer an offer for now. */
  pause(): void {
    this.paused = true;
    this.attempt = 0;
    this.drop();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private async open(): Promise<void> {
    const { iceServers, options } = this.deps;
    const connection = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle', ...options });
    this.connection = connection;
    this.deps.prepare(connection);
    connection.addEventListener('connectionstatechange', () => { this.changed(connection); });
    const description = await connection.createOffer();
    await connection.setLocalDescription(description);
    if (this.connection !== connection) return;
    this.deps.offer(connection.localDescription?.sdp ?? description.sdp ?? '');
    this.watch(CONNECT_MS);
  }

  private changed(connection: RTCPeerConnection): void {
    if (this.connection !== connection) return;
    if (connection.connectionState === 'connected') {
      clearTimeout(this.timer);
      this.attempt = 0;
      this.deps.onState('live');
    } else if (connection.connectionState === 'disconnected') {
      this.deps.onState('lost');
      this.watch(HEAL_MS);
    } else if (connection.connectionState === 'failed') {
      this.retry();
    }
  }

  private watch(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.connection?.connectionState !== 'connected') this.retry();
    }, ms);
  }

  private retry(): void {
    if (this.closed || this.paused) return;
    this.drop();
    this.deps.onState(this.attempt >= RETRY_MS.length ? 'failed' : 'lost');
    const pause = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)];
    this.attempt += 1;
    this.timer = setTimeout(() => { this.start(); }, pause);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.connection = null;
  }
}
