/** A speaker's and a delegate's browser without the venue around them: camera and voice out, picture and voice in, each over connections as the client makes them. The test writes through `window.video`. */
import { RelayLink } from '../../../client/audio/relay-link.ts';
import { CAMERA, CameraPublication } from '../../../client/video/publish.ts';
import type { CameraLayer } from '../../../client/video/publish.ts';
import { PictureWatch } from '../../../client/video/watch.ts';
import type { ViewSize } from '../../../client/video/watch.ts';

/** What the test carries to the relay. */
interface Wire {
  joinVoice(sdp: string): Promise<string>;
  joinPicture(line: string, sdp: string): Promise<string>;
  setSize(size: ViewSize): Promise<void>;
}

const WINDOW_MS = 10;
const wire = window as unknown as Wire;
const states: string[] = [];
let voice: RelayLink | null = null;
let camera: CameraPublication | null = null;
let watch: PictureWatch | null = null;
/** When each frame was shown, ms, and how wide it was. */
const frames: { readonly at: number; readonly width: number }[] = [];
/** Loudness of what the listener's ears get, one value each 10 ms. */
const loudness: number[] = [];
let samples: number[] = [];

function openVoice(track: MediaStreamTrack | null, onTracks: (tracks: readonly MediaStreamTrack[]) => void): void {
  voice = new RelayLink({
    slots: 1, iceServers: [], onTracks,
    offer: (sdp) => { void wire.joinVoice(sdp).then((answer) => voice?.answer(answer)); },
    onStatus: (status) => { states.push(`voice ${status}`); },
  });
  voice.setTrack(track);
  voice.start();
}

async function speak(hertz: number): Promise<void> {
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.resume();
  const output = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: hertz });
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(output);
  tone.start();
  openVoice(output.stream.getAudioTracks()[0] ?? null, () => undefined);
}

/** @param codec that is offered first, and so is sent */
async function show(codec: 'VP8' | 'H264'): Promise<void> {
  if (codec === 'H264') preferFirst(codec);
  const [track] = (await navigator.mediaDevices.getUserMedia({ video: CAMERA })).getVideoTracks();
  if (track === undefined) throw new Error('there is no camera');
  camera = new CameraPublication(track, {
    iceServers: [],
    offer: (layer, sdp) => { void wire.joinPicture(layer, sdp).then((answer) => camera?.answer(layer, answer)); },
    onState: (state) => { states.push(`camera ${state}`); },
  });
}

/** As a browser whose camera is encoded by a chip: what it would rather send comes first. */
function preferFirst(codec: string): void {
  const { prototype } = RTCRtpTransceiver;
  const set = Object.getOwnPropertyDescriptor(prototype, 'setCodecPreferences')?.value as (this: RTCRtpTransceiver, codecs: RTCRtpCodec[]) => void;
  prototype.setCodecPreferences = function prefer(this: RTCRtpTransceiver, codecs: RTCRtpCodec[]): void {
    const first = codecs.filter(({ mimeType }) => mimeType.endsWith(codec));
    set.call(this, [...first, ...codecs.filter((each) => !first.includes(each))]);
  };
}

/** Takes every sample off the audio thread: nothing that the page does can make a hole in the recording. */
const TAP = `registerProcessor('tap', class extends AudioWorkletProcessor {
  process([[channel]]) { if (channel) this.port.postMessage(channel.slice()); return true; }
});`;

async function listen(): Promise<void> {
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.resume();
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([TAP], { type: 'text/javascript' })));
  const tap = new AudioWorkletNode(context, 'tap');
  const size = (context.sampleRate * WINDOW_MS) / 1000;
  let sum = 0;
  let count = 0;
  tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    for (const sample of data) {
      sum += sample * sample;
      count += 1;
      if (count < size) continue;
      loudness.push(Math.sqrt(sum / count));
      sum = 0;
      count = 0;
    }
    samples = [...samples.slice(-16_384), ...data];
  };
  tap.connect(context.destination);
  openVoice(null, (tracks) => {
    for (const track of tracks) {
      const stream = new MediaStream([track]);
      // Chromium feeds a remote stream into Web Audio only while a media element holds it too.
      const element = new Audio();
      element.muted = true;
      element.srcObject = stream;
      void element.play();
      context.createMediaStreamSource(stream).connect(tap);
    }
  });
}

function look(): void {
  const video = document.querySelector<HTMLVideoElement>('#picture');
  if (video === null) throw new Error('there is no video element');
  const onFrame = (at: number, { width }: VideoFrameCallbackMetadata): void => {
    frames.push({ at, width });
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
  watch = new PictureWatch({
    iceServers: [], moves: true,
    offer: (sdp) => { void wire.joinPicture('view', sdp).then((answer) => watch?.answer(answer)); },
    size: (size) => { void wire.setSize(size); },
    onState: (state) => { states.push(`picture ${state}`); },
    onPicture: (picture) => {
      video.srcObject = picture;
      void video.play();
    },
  });
}

/** What browsers count themselves. */
async function counts(connection: RTCPeerConnection | null): Promise<Record<string, unknown>> {
  for (const entry of ((await connection?.getStats()) as unknown as ReadonlyMap<string, Record<string, unknown>> | undefined)?.values() ?? []) {
    if (entry['type'] === 'inbound-rtp' || entry['type'] === 'outbound-rtp') return entry;
  }
  return {};
}

/** What is decoded. */
async function codec(): Promise<string> {
  const { codecId } = await counts(watch?.peerConnection ?? null);
  for (const entry of ((await watch?.peerConnection?.getStats()) as unknown as ReadonlyMap<string, { id: string; mimeType?: string }> | undefined)?.values() ?? []) if (entry.id === codecId) return entry.mimeType ?? '';
  return '';
}

const video = {
  speak, show, listen, look,
  states,
  setWanted: (layer: CameraLayer, wanted: boolean) => camera?.setWanted(layer, wanted),
  setSize: (size: ViewSize) => watch?.setSize(size),
  frames: () => frames,
  loudness: () => loudness,
  samples: () => samples,
  now: () => performance.now(),
  codec,
  seen: () => counts(watch?.peerConnection ?? null),
  heard: () => counts(voice?.peerConnection ?? null),
  sent: (layer: CameraLayer) => counts(camera?.peerConnection(layer) ?? null),
};

export type VideoPage = typeof video;
Object.assign(window, { video });
