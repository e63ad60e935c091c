/**
 * `npm run bench:latency`: mouth to ear. One browser's microphone plays tone bursts, another browser two metres away hears them through the
 * relay and the mixer; both run on this machine. Each side notes the first sample of a burst with a worklet; the listener's side adds
 * what its sound card would take (`outputLatency`). Target: median at most 150 ms (ITU-T G.114).
 */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import { bursts, writeWav } from '../support/sound.ts';
import { printResult, printTable, quantile } from './support/measure.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };
const BURSTS = 40;
const PERIOD_S = 1;
/** Louder than any noise of coding, quieter than a burst 2 m away. */
const THRESHOLD = 0.01;

/** Posts the context time of the first loud sample after at least 0.3 s of quiet. */
const WORKLET = `
registerProcessor('onset', class extends AudioWorkletProcessor {
  quietSince = 0; loud = false;
  process([input]) {
    const samples = input[0];
    if (samples === undefined) return true;
    for (let i = 0; i < samples.length; i++) {
      const at = currentTime + i / sampleRate;
      if (Math.abs(samples[i]) < ${THRESHOLD}) { if (at - this.quietSince > 0.3) this.loud = false; continue; }
      if (!this.loud) { this.loud = true; this.port.postMessage(at); }
      this.quietSince = at;
    }
    return true;
  }
});`;

type Tap = 'audioInput' | 'audioOutput';

/** Starts noting onsets in a page: milliseconds since the epoch, by the machine's clock. */
async function listen(person: BrowserPerson, tap: Tap): Promise<void> {
  await person.page.evaluate(async ({ tap, worklet }) => {
    const hooks = (window as unknown as { plenum: Record<string, () => AudioNode | null> }).plenum;
    const node = hooks[tap]?.() ?? null;
    if (node === null) throw new Error(`no ${tap}`);
    const context = node.context as AudioContext;
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
    const detector = new AudioWorkletNode(context, 'onset');
    // The context's clock against the machine's: the smallest difference seen is the one without a scheduling delay.
    let offset = Infinity;
    setInterval(() => {
      offset = Math.min(offset, performance.timeOrigin + performance.now() - context.currentTime * 1000);
    }, 5);
    const onsets: number[] = [];
    Object.assign(window, { onsets });
    const after = tap === 'audioOutput' ? context.outputLatency * 1000 : 0;
    detector.port.onmessage = (event: MessageEvent<number>) => onsets.push(event.data * 1000 + offset + after);
    node.connect(detector).connect(context.destination);
  }, { tap, worklet: WORKLET });
}

function onsets(person: BrowserPerson): Promise<number[]> {
  return person.page.evaluate(() => (window as unknown as { onsets: number[] }).onsets);
}

/** Pairs each burst at the mouth with the next at the ear. */
function delays(mouth: readonly number[], ear: readonly number[]): number[] {
  return mouth.flatMap((at) => {
    const heard = ear.find((each) => each >= at - 5 && each < at + PERIOD_S * 900);
    return heard === undefined ? [] : [heard - at];
  });
}

const server = await startTestServer({ assets: ASSETS });
const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
const row = scene.line('lounge', 2, 3);
scene.dispose();
const [listening, speaking] = [await server.invite(), await server.invite()];
await server.store.places.saveAll(new Map([
  [listening.person.id, { scene: 'geneva', placement: row.listener, seat: '', appearance: APPEARANCE }],
  [speaking.person.id, { scene: 'geneva', placement: row.near, seat: '', appearance: APPEARANCE }],
]), Date.now());
const wav = writeWav('bursts', bursts(1000, 0.1, PERIOD_S));
const listener = await BrowserPerson.open(listening.link, { bypassCSP: true });
const speaker = await BrowserPerson.open(speaking.link, { microphoneWav: wav, bypassCSP: true });
try {
  await listener.enter(false);
  await speaker.enter(true);
  await listener.see((seen) => (seen.slots.some((slot) => slot.person === speaking.person.id) ? null : 'the speaker is in no slot'));
  await listen(speaker, 'audioInput');
  await listen(listener, 'audioOutput');
  await until(async () => ((await onsets(listener)).length > BURSTS ? null : 'too few bursts heard'), (BURSTS + 30) * PERIOD_S * 1000);
  const measured = delays(await onsets(speaker), await onsets(listener)).slice(-BURSTS);
  const median = quantile(measured, 0.5);
  const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
  printTable([{
    bursts: measured.length, fastest: milliseconds(Math.min(...measured)), median: milliseconds(median),
    '90th percentile': milliseconds(quantile(measured, 0.9)), slowest: milliseconds(Math.max(...measured)),
  }]);
  printResult({ mouthToEarMedianMs: Math.round(median * 10) / 10, bursts: measured.length });
} finally {
  await Promise.all([listener.close(), speaker.close()]);
  await server.stop();
}
