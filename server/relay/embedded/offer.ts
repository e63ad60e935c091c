import { RelayError } from '../relay.ts';

/**
 * The door for SDP. A browser's offer is read here, field by field, into the few facts that the relay needs; everything else is dropped.
 * The text itself never reaches native code: `description.ts` writes a new one from these facts.
 *
 * Grammar: RFC 8866 (SDP), RFC 8839 (ICE), RFC 8122 and 8842 (fingerprint, setup), RFC 8843 (BUNDLE), RFC 8285 (header extensions).
 */

/** What a media line is for: the microphone, the place of one that is not sent yet, or a slot on which the peer hears somebody. */
export type LineRole = 'microphone' | 'idle' | 'slot';

export interface OfferLine {
  readonly mid: string;
  readonly role: LineRole;
  /** RTP payload type of Opus on this line. */
  readonly payloadType: number;
  /** Of the microphone; null on every other line. */
  readonly ssrc: number | null;
  /** Header extension id of `ssrc-audio-level` (RFC 6464) on the microphone line, or null if not offered. */
  readonly audioLevelId: number | null;
}

/** How a peer's connection is reached and trusted. */
export interface TransportOffer {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** SHA-256, upper case hexadecimal pairs with colons. */
  readonly fingerprint: string;
}

/** One line of video: `shows` sends a picture, `watches` receives one. */
export interface PictureOffer extends TransportOffer {
  readonly mid: string;
  readonly role: 'shows' | 'watches';
  /** RTP payload types of VP8, which every browser has to speak (RFC 7742 section 5), and of H.264, or null if it is not offered in the one form that all who have it speak. */
  readonly payloadTypes: { readonly vp8: number; readonly h264: number | null };
  /** Whether H.264 is offered before VP8. */
  readonly prefersH264: boolean;
  /** Header extension id of `abs-send-time`, or null if not offered. */
  readonly sendTimeId: number | null;
  /** Of the picture that is sent; null for a viewer. */
  readonly ssrc: number | null;
}

export interface Offer extends TransportOffer {
  /** In the order of the offer's media lines. */
  readonly lines: readonly OfferLine[];
  /** The mids in the order of the BUNDLE group; the first owns the transport. */
  readonly bundle: readonly string[];
}

export const MAX_SLOTS = 16;
/** Sixteen slots with every codec and extension that Chromium lists come to 16 KB. */
const MAX_OFFER_CHARS = 64 * 1024;
const MAX_OFFER_LINES = 2000;
const MAX_LINE_CHARS = 1024;

export const SEND_TIME_URI = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const AUDIO_LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const TOKEN = /^[A-Za-z0-9_.+-]{1,32}$/;
/** RFC 8839 section 5.4 allows 256 characters; browsers send 4 to 8 and 22 to 32. */
const ICE_UFRAG = /^[A-Za-z0-9+/]{4,64}$/;
const ICE_PWD = /^[A-Za-z0-9+/]{22,128}$/;
const FINGERPRINT = /^sha-256 ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})$/i;
const SDP_LINE = /^[a-z]=[\x20-\x7e]*$/;
const MEDIA_LINE = /^(audio|video) (\d{1,5}) UDP\/TLS\/RTP\/SAVPF((?: \d{1,3}){1,64})$/;
const CODECS = { audio: { name: 'Opus', map: /^(\d{1,3}) opus\/48000\/2$/i }, video: { name: 'VP8', map: /^(\d{1,3}) VP8\/90000$/i } } as const;
type Kind = keyof typeof CODECS;

interface Section {
  readonly media: string;
  readonly attributes: Map<string, string[]>;
}

function invalid(why: string): RelayError {
  return new RelayError('OFFER_INVALID', why);
}

function splitLines(sdp: string): string[] {
  if (sdp.length > MAX_OFFER_CHARS) throw invalid('longer than any browser sends');
  const lines = sdp.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_OFFER_LINES) throw invalid('too many lines');
  for (const line of lines) {
    if (line.length > MAX_LINE_CHARS || !SDP_LINE.test(line)) throw invalid('a line is not SDP');
  }
  if (lines[0] !== 'v=0') throw invalid('does not begin with v=0');
  return lines;
}

/** The session section first, then one a media line. */
function sections(lines: readonly string[]): [Section, ...Section[]] {
  let current: Section = { media: '', attributes: new Map() };
  const all: [Section, ...Section[]] = [current];
  for (const line of lines) {
    if (line.startsWith('m=')) {
      current = { media: line.slice(2), attributes: new Map() };
      all.push(current);
      if (all.length > MAX_SLOTS + 2) throw invalid(`more than ${MAX_SLOTS} slots`);
    } else if (line.startsWith('a=')) {
      const colon = line.indexOf(':');
      const name = colon < 0 ? line.slice(2) : line.slice(2, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1);
      const values = current.attributes.get(name);
      if (values) values.push(value);
      else current.attributes.set(name, [value]);
    }
  }
  return all;
}

/** The only value of an attribute; undefined if the section has none. */
function single(section: Section, name: string): string | undefined {
  const values = section.attributes.get(name);
  if (!values) return undefined;
  if (values.length > 1) throw invalid(`a=${name} twice in one section`);
  return values[0];
}

function direction(section: Section): 'sendonly' | 'recvonly' | 'inactive' {
  const found = (['sendonly', 'recvonly', 'inactive', 'sendrecv'] as const).filter((name) => section.attributes.has(name));
  const only = found[0];
  if (found.length !== 1 || only === undefined || only === 'sendrecv') throw invalid('each media line is sendonly, recvonly or inactive');
  return only;
}

function payloadTypes(section: Section, kind: Kind): Set<number> {
  const match = MEDIA_LINE.exec(section.media);
  if (match?.[1] !== kind) throw invalid(`a media line is not DTLS-SRTP ${kind}`);
  const port = Number(match[2]);
  if (port > 65535) throw invalid('a media line has no valid port');
  // RFC 8843: a line with port 0 is refused by its own offerer, unless it waits for the bundle.
  if (port === 0 && !section.attributes.has('bundle-only')) throw invalid('a media line with port 0 outside the bundle');
  return new Set((match[3] ?? '').trim().split(' ').map(Number));
}

/** The payload type of the one codec that we speak of a kind. */
function codecPayloadType(section: Section, kind: Kind): number {
  const offered = payloadTypes(section, kind);
  const codec = CODECS[kind];
  let found: number | undefined;
  for (const map of section.attributes.get('rtpmap') ?? []) {
    const match = codec.map.exec(map);
    if (match && found === undefined) found = Number(match[1]);
  }
  if (found === undefined || !offered.has(found)) throw invalid(`a media line without ${codec.name}`);
  if (!isMediaType(found)) throw invalid(`the payload type of ${codec.name} is out of range`);
  return found;
}

/** H.264 in constrained baseline, more than one NAL unit a packet (RFC 6184 section 8.1; RFC 7742 section 6.2): null if it is not offered so. */
function h264PayloadType(section: Section): number | null {
  const offered = payloadTypes(section, 'video');
  const named = new Set<number>();
  for (const map of section.attributes.get('rtpmap') ?? []) {
    const match = /^(\d{1,3}) H264\/90000$/i.exec(map);
    if (match) named.add(Number(match[1]));
  }
  for (const parameters of section.attributes.get('fmtp') ?? []) {
    const match = /^(\d{1,3}) (.*)$/.exec(parameters);
    const type = Number(match?.[1] ?? -1);
    const isOurs = /(?:^|;) ?packetization-mode=1(?:;|$)/.test(match?.[2] ?? '') && /(?:^|;) ?profile-level-id=42e0[0-9a-f]{2}(?:;|$)/i.test(match?.[2] ?? '');
    if (isOurs && named.has(type) && offered.has(type) && isMediaType(type)) return type;
  }
  return null;
}

/** RFC 5761 section 4: 64 to 95 read as RTCP when both share a port. */
function isMediaType(payloadType: number): boolean {
  return payloadType <= 127 && (payloadType < 64 || payloadType > 95);
}

function extensionId(section: Section, uri: string): number | null {
  const ids = new Set<number>();
  let found: number | null = null;
  for (const value of section.attributes.get('extmap') ?? []) {
    const match = /^(\d{1,5})(?:\/(?:sendonly|recvonly|sendrecv|inactive))? (\S{1,256})(?: .*)?$/.exec(value);
    const id = Number(match?.[1] ?? 0);
    if (!match || id < 1 || id > 255 || ids.has(id)) throw invalid('a header extension with an impossible id');
    ids.add(id);
    // One-byte headers (RFC 8285) have the ids 1 to 14; browsers offer this extension there.
    if (match[2] === uri && id <= 14) found = id;
  }
  return found;
}

function ssrcsOf(section: Section): Set<number> {
  const ssrcs = new Set<number>();
  for (const value of section.attributes.get('ssrc') ?? []) {
    const match = /^(\d{1,10})(?: .*)?$/.exec(value);
    const ssrc = Number(match?.[1] ?? 0);
    if (!match || ssrc < 1 || ssrc > 0xffffffff) throw invalid('an SSRC out of range');
    ssrcs.add(ssrc);
  }
  return ssrcs;
}

/** Of a picture: the first of the pair, if retransmissions have an SSRC of their own (RFC 5576 section 4.2), which we do not speak. */
function pictureSsrc(section: Section): number {
  const ssrcs = ssrcsOf(section);
  const [only] = ssrcs;
  if (only !== undefined && ssrcs.size === 1) return only;
  const [group = '', more] = section.attributes.get('ssrc-group') ?? [];
  const first = Number(/^FID (\d{1,10}) \d{1,10}$/.exec(group)?.[1] ?? 0);
  if (more !== undefined || ssrcs.size !== 2 || !ssrcs.has(first)) throw invalid('the picture needs exactly one SSRC');
  return first;
}

function microphoneSsrc(section: Section): number {
  const ssrcs = ssrcsOf(section);
  const [only] = ssrcs;
  if (only === undefined || ssrcs.size !== 1) throw invalid('the microphone needs exactly one SSRC');
  return only;
}

function readLine(section: Section): OfferLine {
  const mid = single(section, 'mid') ?? '';
  if (!TOKEN.test(mid)) throw invalid('a media line without a valid mid');
  if (!section.attributes.has('rtcp-mux')) throw invalid('a media line without rtcp-mux');
  const payloadType = codecPayloadType(section, 'audio');
  const level = extensionId(section, AUDIO_LEVEL_URI);
  const way = direction(section);
  if (way === 'sendonly') return { mid, role: 'microphone', payloadType, ssrc: microphoneSsrc(section), audioLevelId: level };
  return { mid, role: way === 'recvonly' ? 'slot' : 'idle', payloadType, ssrc: null, audioLevelId: null };
}

function readBundle(session: Section, lines: readonly { readonly mid: string }[]): string[] {
  const groups = (session.attributes.get('group') ?? []).filter((value) => value.startsWith('BUNDLE'));
  const mids = groups[0]?.split(' ').slice(1) ?? [];
  const wanted = new Set(lines.map((line) => line.mid));
  if (wanted.size !== lines.length) throw invalid('two media lines with one mid');
  if (groups.length !== 1 || mids.length !== wanted.size || new Set(mids).size !== mids.length || !mids.every((mid) => wanted.has(mid))) {
    throw invalid('the media lines are not all in one bundle');
  }
  return mids;
}

/** The attribute on the media line that owns the bundle's transport, or for the whole session. */
function transportValue(owner: Section, session: Section, name: string): string {
  return single(owner, name) ?? single(session, name) ?? '';
}

function readFingerprint(all: readonly Section[]): string {
  const found = new Set<string>();
  for (const section of all) {
    for (const value of section.attributes.get('fingerprint') ?? []) {
      const match = FINGERPRINT.exec(value);
      if (!match) throw invalid('a fingerprint other than SHA-256');
      found.add((match[1] ?? '').toUpperCase());
    }
  }
  const [only] = found;
  if (only === undefined || found.size !== 1) throw invalid('needs exactly one fingerprint');
  return only;
}

function readTransport(all: readonly [Section, ...Section[]], owner: Section): TransportOffer {
  const [session] = all;
  const iceUfrag = transportValue(owner, session, 'ice-ufrag');
  const icePwd = transportValue(owner, session, 'ice-pwd');
  if (!ICE_UFRAG.test(iceUfrag) || !ICE_PWD.test(icePwd)) throw invalid('ICE credentials missing or malformed');
  if (transportValue(owner, session, 'setup') !== 'actpass') throw invalid('a=setup of an offer must be actpass');
  return { iceUfrag, icePwd, fingerprint: readFingerprint(all) };
}

/**
 * Reads an offer of one sendonly or inactive audio line and 0 to `MAX_SLOTS` recvonly ones, in any order.
 *
 * @param sdp text from a client; nothing about it is trusted
 * @throws RelayError OFFER_INVALID, with a message that quotes nothing of the offer
 */
export function parseOffer(sdp: string): Offer {
  const all = sections(splitLines(sdp));
  const [session, ...media] = all;
  const lines = media.map(readLine);
  const slots = lines.filter((line) => line.role === 'slot').length;
  if (lines.length - slots !== 1) throw invalid('needs one media line for the microphone, sendonly or inactive');
  if (slots > MAX_SLOTS) throw invalid(`more than ${MAX_SLOTS} slots`);
  if (slots === 0 && lines[0]?.role === 'idle') throw invalid('neither speaks nor listens');
  const bundle = readBundle(session, lines);
  const owner = media[lines.findIndex((line) => line.mid === bundle[0])] ?? session;
  return { ...readTransport(all, owner), lines, bundle };
}

/**
 * Reads an offer of one line of video, sendonly or recvonly.
 *
 * @param sdp text from a client; nothing about it is trusted
 * @throws RelayError OFFER_INVALID, with a message that quotes nothing of the offer
 */
export function parsePictureOffer(sdp: string): PictureOffer {
  const all = sections(splitLines(sdp));
  const [session, line, more] = all;
  if (line === undefined || more !== undefined) throw invalid('a picture has one media line');
  const mid = single(line, 'mid') ?? '';
  if (!TOKEN.test(mid)) throw invalid('a media line without a valid mid');
  if (!line.attributes.has('rtcp-mux')) throw invalid('a media line without rtcp-mux');
  const vp8 = codecPayloadType(line, 'video');
  const h264 = h264PayloadType(line);
  const order = [...payloadTypes(line, 'video')];
  const prefersH264 = h264 !== null && order.indexOf(h264) < order.indexOf(vp8);
  const way = direction(line);
  if (way === 'inactive') throw invalid('neither shows nor watches');
  readBundle(session, [{ mid }]);
  const ssrc = way === 'sendonly' ? pictureSsrc(line) : null;
  return { ...readTransport(all, line), mid, role: way === 'sendonly' ? 'shows' : 'watches', payloadTypes: { vp8, h264 }, prefersH264, sendTimeId: extensionId(line, SEND_TIME_URI), ssrc };
}
