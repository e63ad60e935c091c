/** A track from the relay on its way into a graph of Web Audio. */
export class Inlet {
  /** Loudness of it, before any gain; read into `samples`. */
  readonly analyser: AnalyserNode;
  readonly samples = new Float32Array(512);
  private readonly element = new Audio();
  private readonly source: MediaStreamAudioSourceNode;

  constructor(context: AudioContext, track: MediaStreamTrack, out: AudioNode) {
    const stream = new MediaStream([track]);
    // Chromium feeds a remote stream into Web Audio only while a media element holds it too; muted, since the graph below is what is heard.
    this.element.muted = true;
    this.element.srcObject = stream;
    void this.element.play().catch(() => undefined);
    this.source = context.createMediaStreamSource(stream);
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = this.samples.length;
    this.source.connect(this.analyser);
    this.source.connect(out);
  }

  close(): void {
    this.source.disconnect();
    this.element.srcObject = null;
  }
}
