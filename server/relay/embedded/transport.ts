import { randomBytes } from 'node:crypto';
import nodeDatachannel from 'node-datachannel';
import type { PeerConnection, Track } from 'node-datachannel';
import { NATIVE_MID, NATIVE_PAYLOAD_TYPE, nativeOffer, readLocalTransport } from './description.ts';
import type { LocalTransport } from './description.ts';
import type { TransportOffer } from './offer.ts';
import type { Transport } from './peer.ts';

export interface TransportEvents {
  /** Decrypted RTP or RTCP. */
  packet(packet: Buffer): void;
  /** Encrypted media can flow. */
  up(): void;
  /** Down for good. Comes at most once, never from within `close`. */
  down(): void;
}

export interface TransportPlace {
  readonly port: number;
  readonly bindAddress: string | undefined;
}

let serial = 0;

/**
 * The shared port tells peers apart by this name alone. The library's own has 4 characters, of which two among a thousand peers can be the
 * same, and then one of them never connects. 12 and 24 characters here, of the ICE alphabet (RFC 8839 section 5.4: letters, digits, + and /).
 */
function iceCredentials(): { iceUfrag: string; icePwd: string } {
  return { iceUfrag: randomBytes(9).toString('base64'), icePwd: randomBytes(18).toString('base64') };
}

/** ICE, DTLS and SRTP with one browser, by node-datachannel, on the port that all peers share. */
export class NativeTransport implements Transport {
  open = false;
  readonly local: LocalTransport;
  readonly #connection: PeerConnection;
  readonly #track: Track;
  #events: TransportEvents | null = null;
  #closed = false;
  #downTold = false;

  /** @throws Error if the native library refuses; nothing is left behind then */
  constructor(offer: TransportOffer, place: TransportPlace) {
    serial += 1;
    this.#connection = new nodeDatachannel.PeerConnection(`peer-${serial}`, {
      iceServers: [],
      enableIceUdpMux: true,
      portRangeBegin: place.port,
      portRangeEnd: place.port,
      disableAutoNegotiation: true,
      ...(place.bindAddress === undefined ? {} : { bindAddress: place.bindAddress }),
    });
    let track: Track | undefined;
    try {
      track = this.#addTrack();
      this.#track = track;
      this.#connection.onStateChange((state) => this.#onState(state));
      this.#connection.setRemoteDescription(nativeOffer(offer), 'offer');
      this.#connection.setLocalDescription('answer', iceCredentials());
      this.local = readLocalTransport(this.#connection.localDescription()?.sdp ?? '');
    } catch (error) {
      this.#closed = true;
      track?.close();
      this.#connection.close();
      throw error;
    }
  }

  /** Call in the same turn of the event loop as the constructor: nothing can have happened by then. */
  listen(events: TransportEvents): void {
    this.#events = events;
  }

  send(packet: Uint8Array): boolean {
    if (!this.open) return false;
    try {
      // On a track that has just closed this throws; out of a native callback that would end the process.
      return this.#track.sendMessageBinary(packet as Buffer);
    } catch {
      this.open = false;
      return false;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.open = false;
    // The track first: closed after its connection it is never released (about 20 KB a peer).
    this.#track.close();
    this.#connection.close();
  }

  /** The track must be there, with the offer's mid, before the offer is applied; directions in lower case are silently ignored. */
  #addTrack(): Track {
    const media = new nodeDatachannel.Audio(NATIVE_MID, 'SendRecv');
    media.addOpusCodec(NATIVE_PAYLOAD_TYPE);
    const track = this.#connection.addTrack(media);
    track.onOpen(() => {
      if (this.#closed) return;
      this.open = true;
      this.#guard(() => this.#events?.up());
    });
    track.onMessage((packet) => {
      if (!this.#closed) this.#guard(() => this.#events?.packet(packet));
    });
    return track;
  }

  #onState(state: string): void {
    // libdatachannel comes back from none of these.
    if (this.#closed || this.#downTold || (state !== 'failed' && state !== 'disconnected' && state !== 'closed')) return;
    this.#downTold = true;
    this.open = false;
    // Not from within the native callback: the receiver will close the connection that is calling.
    setImmediate(() => {
      if (!this.#closed) this.#guard(() => this.#events?.down());
    });
  }

  /** An exception that leaves a native callback aborts the process, so it is thrown from the event loop instead, where it is seen. */
  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
    }
  }
}
