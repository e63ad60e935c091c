import { SEND_TIME_URI } from './offer.ts';
import type { Offer, OfferLine, PictureOffer, TransportOffer } from './offer.ts';

/**
 * The two descriptions that the relay writes itself. The native connection is only a transport (ICE, DTLS, SRTP): it is told of ONE
 * media line, whatever the browser offered, and every RTP and RTCP packet of the peer then passes through its one track. The answer to the
 * browser, with a line for each slot, is written here.
 *
 * Why one native line: a line costs a native track (memory, threads' work, an SSRC table), and libdatachannel 0.24 hands RTCP to several
 * tracks through a parser that never returns from a malformed SDES packet, so that one hostile peer would stop everybody's media.
 */

/** Local side of the native connection, taken from its own description. */
export interface LocalTransport {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
}

/** Where the media port can be reached, as an ICE host candidate. */
export interface HostAddress {
  readonly address: string;
  readonly port: number;
}

export interface AnswerSlot {
  readonly ssrc: number;
}

/** The mid and payload type of the one native line. Neither is seen by a browser. */
export const NATIVE_MID = 'media';
export const NATIVE_PAYLOAD_TYPE = 111;

/** Mono voice with in-band error correction (RFC 7587): each slot is one person, placed in space by the listener. */
const OPUS_PARAMETERS = 'minptime=10;useinbandfec=1;stereo=0';
/** RFC 8445 section 5.1.2: host candidates have type preference 126; component 1 (RTP, with RTCP on the same port). */
const HOST_PRIORITY = 126 * 2 ** 24 + 255;
const HIGHEST_LOCAL_PREFERENCE = 65535;

/** The remote description for the native connection: the peer's transport facts and nothing else, no candidate either: they are learnt
 * from the peer's own connectivity checks, so no offer can make the relay send packets to a third party. */
export function nativeOffer(offer: TransportOffer): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${NATIVE_MID}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${NATIVE_PAYLOAD_TYPE}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${NATIVE_MID}`,
    'a=sendrecv',
    'a=rtcp-mux',
    `a=rtpmap:${NATIVE_PAYLOAD_TYPE} opus/48000/2`,
    'a=setup:actpass',
    `a=ice-ufrag:${offer.iceUfrag}`,
    `a=ice-pwd:${offer.icePwd}`,
    `a=fingerprint:sha-256 ${offer.fingerprint}`,
    '',
  ].join('\r\n');
}

function attribute(sdp: string, name: string): string {
  const match = new RegExp(`^a=${name}:(.+?)\\r?$`, 'm').exec(sdp);
  if (!match?.[1]) throw new Error(`the native description has no ${name}`);
  return match[1];
}

/**
 * @param sdp local description of the native connection
 * @throws Error if it is not an active answer with a SHA-256 fingerprint, which is all that the written answer can say
 */
export function readLocalTransport(sdp: string): LocalTransport {
  const fingerprint = attribute(sdp, 'fingerprint');
  if (!/^sha-256 /i.test(fingerprint)) throw new Error('the native fingerprint is not SHA-256');
  if (attribute(sdp, 'setup') !== 'active') throw new Error('the native connection does not open DTLS');
  return { iceUfrag: attribute(sdp, 'ice-ufrag'), icePwd: attribute(sdp, 'ice-pwd'), fingerprint: fingerprint.slice('sha-256 '.length) };
}

function candidates(addresses: readonly HostAddress[]): string[] {
  return addresses.map(({ address, port }, index) => {
    const priority = HOST_PRIORITY + (HIGHEST_LOCAL_PREFERENCE - index) * 256;
    return `a=candidate:${index + 1} 1 UDP ${priority} ${address} ${port} typ host`;
  });
}

function roleLines(line: OfferLine, slot: AnswerSlot | undefined): string[] {
  if (line.role === 'idle') return ['a=inactive'];
  if (line.role === 'microphone') {
    const level = line.audioLevelId === null ? [] : [`a=extmap:${line.audioLevelId} urn:ietf:params:rtp-hdrext:ssrc-audio-level`];
    return ['a=recvonly', ...level];
  }
  if (!slot) throw new Error('a slot without an SSRC');
  // One stream and one CNAME a slot: browsers delay tracks of one stream, or of one CNAME, to play them in step.
  const stream = `slot-${line.mid}`;
  return ['a=sendonly', `a=msid:${stream} ${stream}`, `a=ssrc:${slot.ssrc} cname:${stream}`];
}

/**
 * The answer for the browser.
 *
 * @param slots one for each slot line of the offer, in order
 * @param addresses in order of preference
 */
export function writeAnswer(offer: Offer, local: LocalTransport, slots: readonly AnswerSlot[], addresses: readonly HostAddress[]): string {
  const transport = [`a=ice-ufrag:${local.iceUfrag}`, `a=ice-pwd:${local.icePwd}`, `a=fingerprint:sha-256 ${local.fingerprint}`, 'a=setup:active'];
  const out = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${offer.bundle.join(' ')}`, 'a=msid-semantic: WMS *'];
  let slot = 0;
  for (const line of offer.lines) {
    out.push(`m=audio 9 UDP/TLS/RTP/SAVPF ${line.payloadType}`, 'c=IN IP4 0.0.0.0', `a=mid:${line.mid}`, ...transport);
    // RFC 8843 section 7.3.3: candidates belong to the line that owns the bundle's transport.
    if (line.mid === offer.bundle[0]) out.push(...candidates(addresses), 'a=end-of-candidates');
    out.push(...roleLines(line, line.role === 'slot' ? slots[slot++] : undefined));
    out.push('a=rtcp-mux', `a=rtpmap:${line.payloadType} opus/48000/2`, `a=fmtp:${line.payloadType} ${OPUS_PARAMETERS}`);
  }
  out.push('');
  return out.join('\r\n');
}

/** Feedback that passes between a viewer and whoever shows a picture, through the relay: lost packets, lost pictures, and how much the way carries. */
const PICTURE_FEEDBACK = ['nack', 'nack pli', 'ccm fir', 'goog-remb'];

/**
 * The answer to the offer of a picture: both codecs, in the order in which they were offered, since the first is what a browser sends.
 *
 * @param ssrc of what is sent to a viewer; unused for whoever shows something
 * @param maxKbps most that is wanted of whoever shows something; Chromium begins at half of it instead of feeling its way up for half a minute
 */
export function writePictureAnswer(offer: PictureOffer, local: LocalTransport, addresses: readonly HostAddress[], { ssrc, maxKbps }: { ssrc: number; maxKbps: number }): string {
  const { mid, payloadTypes: { vp8, h264 }, sendTimeId } = offer;
  const shows = offer.role === 'shows';
  const direction = shows ? ['a=recvonly'] : ['a=sendonly', 'a=msid:picture picture', `a=ssrc:${ssrc} cname:picture`];
  const bitrate = shows ? `x-google-start-bitrate=${Math.round(maxKbps / 2)};x-google-max-bitrate=${maxKbps}` : '';
  const codecs = [codecLines(vp8, 'VP8', bitrate), ...(h264 === null ? [] : [codecLines(h264, 'H264', [H264_PARAMETERS, bitrate].filter((each) => each !== '').join(';'))])];
  const types = [vp8, ...(h264 === null ? [] : [h264])];
  if (offer.prefersH264) types.reverse();
  return [
    'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`, 'a=msid-semantic: WMS *',
    `m=video 9 UDP/TLS/RTP/SAVPF ${types.join(' ')}`, 'c=IN IP4 0.0.0.0', ...(shows ? [`b=AS:${maxKbps}`] : []), `a=mid:${mid}`,
    `a=ice-ufrag:${local.iceUfrag}`, `a=ice-pwd:${local.icePwd}`, `a=fingerprint:sha-256 ${local.fingerprint}`, 'a=setup:active',
    ...candidates(addresses), 'a=end-of-candidates',
    ...direction, 'a=rtcp-mux', ...(shows || sendTimeId === null ? [] : [`a=extmap:${sendTimeId} ${SEND_TIME_URI}`]), ...codecs.flat(), '',
  ].join('\r\n');
}

/** Constrained baseline, up to 720p (RFC 6184 section 8.1); what a browser sends at 3.1 others decode. */
const H264_PARAMETERS = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f';

function codecLines(type: number, name: string, parameters: string): string[] {
  return [`a=rtpmap:${type} ${name}/90000`, ...(parameters === '' ? [] : [`a=fmtp:${type} ${parameters}`]), ...PICTURE_FEEDBACK.map((feedback) => `a=rtcp-fb:${type} ${feedback}`)];
}
