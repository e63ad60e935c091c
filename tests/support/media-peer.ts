import nodeDatachannel from 'node-datachannel';
import type { PeerConnection, Track } from 'node-datachannel';

/** A real WebRTC peer without a browser: one microphone, K slots, RTP packets made by hand. For tests and as load of benchmarks. */

export const OPUS_PAYLOAD_TYPE = 111;
/** Header extension id that the peer offers for the audio level, as Chromium does. */
export const LEVEL_EXTENSION_ID = 1;

const ATTEMPTS = 8;
/** ICE and DTLS on loopback take some 50 ms; a busy machine some seconds. */
const CONNECT_TIMEOUT_MS = 10_000;

export interface MediaPeerOptions {
  name: string;
  /** SSRC of the microphone, or null to only listen. */
  ssrc: number | null;
  slots: number;
  bindAddress?: string;
}

/** What a peer needs of a relay: an answer to its offer. */
export type AnswerOffer = (offer: string) => Promise<string>;

function addTracks(connection: PeerConnection, options: MediaPeerOptions): { microphone: Track; slots: Track[] } {
  const media = new nodeDatachannel.Audio('0', options.ssrc === null ? 'Inactive' : 'SendOnly');
  media.addOpusCodec(OPUS_PAYLOAD_TYPE);
  if (options.ssrc !== null) {
    media.addSSRC(options.ssrc, `c${options.ssrc}`, `s${options.ssrc}`, `t${options.ssrc}`);
    media.parseSdpLine(`a=extmap:${LEVEL_EXTENSION_ID} urn:ietf:params:rtp-hdrext:ssrc-audio-level`);
  }
  const microphone = connection.addTrack(media);
  const slots = Array.from({ length: options.slots }, (_, index) => {
    const slot = new nodeDatachannel.Audio(String(index + 1), 'RecvOnly');
    slot.addOpusCodec(OPUS_PAYLOAD_TYPE);
    return connection.addTrack(slot);
  });
  return { microphone, slots };
}

export class MediaPeer {
  readonly name: string;
  readonly ssrc: number | null;
  readonly answer: string;
  readonly slots: readonly Track[];
  readonly #connection: PeerConnection;
  readonly #microphone: Track;

  private constructor(options: MediaPeerOptions, parts: { connection: PeerConnection; microphone: Track; slots: Track[]; answer: string }) {
    this.name = options.name;
    this.ssrc = options.ssrc;
    this.#connection = parts.connection;
    this.#microphone = parts.microphone;
    this.slots = parts.slots;
    this.answer = parts.answer;
  }

  /**
   * Joins and waits until media can flow. Retries: as offerer on loopback, libdatachannel sometimes loses a race of its own (the relay's
   * DTLS hello overtakes the answer), which no browser does.
   */
  static async connect(options: MediaPeerOptions, join: AnswerOffer): Promise<MediaPeer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await MediaPeer.#attempt(options, join);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  static async #attempt(options: MediaPeerOptions, join: AnswerOffer): Promise<MediaPeer> {
    const connection = new nodeDatachannel.PeerConnection(options.name, {
      iceServers: [],
      bindAddress: options.bindAddress ?? '127.0.0.1',
      disableAutoNegotiation: true,
    });
    try {
      const { microphone, slots } = addTracks(connection, options);
      const connected = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${options.name}: not connected in time`)), CONNECT_TIMEOUT_MS);
        connection.onStateChange((state) => {
          if (state === 'connected') resolve();
          else if (state === 'failed' || state === 'closed') reject(new Error(`${options.name}: ${state}`));
          if (state !== 'connecting') clearTimeout(timer);
        });
      });
      connected.catch(() => undefined);
      connection.setLocalDescription('offer');
      const answer = await join(connection.localDescription()?.sdp ?? '');
      connection.setRemoteDescription(answer, 'answer');
      await connected;
      return new MediaPeer(options, { connection, microphone, slots, answer });
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** @returns whether it went out */
  send(packet: Buffer): boolean {
    try {
      return this.#microphone.sendMessageBinary(packet);
    } catch {
      return false;
    }
  }

  /** Calls back with every RTP packet (not RTCP) that arrives on a slot. */
  onSlotPacket(slot: number, listener: (packet: Buffer) => void): void {
    this.slots[slot]?.onMessage((packet) => {
      const type = (packet[1] ?? 0) & 0x7f;
      if (type >= 64 && type <= 95) return;
      try {
        listener(packet);
      } catch (error) {
        // Out of a native callback it would abort the process without a word.
        setImmediate(() => {
          throw error;
        });
      }
    });
  }

  /** Every track before the connection, or they are never released. */
  close(): void {
    this.#microphone.close();
    for (const slot of this.slots) slot.close();
    this.#connection.close();
  }
}
