/** The two ways in which browsers let a page's worker see encoded frames, as far as TypeScript's library does not know them. */

/** https://w3c.github.io/webrtc-encoded-transform/ : Firefox, Safari, Chromium from 141. */
export interface ScriptTransformer {
  readonly readable: ReadableStream<RTCEncodedAudioFrame>;
  readonly writable: WritableStream<RTCEncodedAudioFrame>;
  readonly options: TransformOptions;
}

export interface TransformOptions {
  readonly way: 'out' | 'in';
}

/** Chromium before 141: streams that the page hands to a worker. They must be taken from each sender and receiver as soon as there is one. */
export interface EncodedStreams {
  readonly readable: ReadableStream<RTCEncodedAudioFrame>;
  readonly writable: WritableStream<RTCEncodedAudioFrame>;
}

interface LegacySource {
  createEncodedStreams?(): EncodedStreams;
}

export type TransformKind = 'script' | 'streams' | 'none';

/** What this browser can do. */
export function transformKind(): TransformKind {
  if (typeof RTCRtpScriptTransform === 'function' && 'transform' in RTCRtpSender.prototype) return 'script';
  const streams = typeof RTCRtpSender === 'function' && typeof (RTCRtpSender.prototype as LegacySource).createEncodedStreams === 'function';
  return streams ? 'streams' : 'none';
}

/** What a connection whose frames are to be seen has to be made with. */
export function connectionOptions(): object {
  return transformKind() === 'streams' ? { encodedInsertableStreams: true } : {};
}

/** @throws TypeError if `transformKind()` is not `streams` */
export function takeStreams(source: RTCRtpSender | RTCRtpReceiver): EncodedStreams {
  const streams = (source as LegacySource).createEncodedStreams?.();
  if (streams === undefined) throw new TypeError('this browser has no encoded streams');
  return streams;
}
