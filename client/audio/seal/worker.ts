/** The worker through which all voice frames go, in and out, while sealing is possible. */
import { Sealing } from './sealing.ts';
import type { SealCounts, SealOrder } from './sealing.ts';
import type { EncodedStreams, ScriptTransformer, TransformOptions } from './transforms.ts';

export type ToWorker =
  | { readonly kind: 'order'; readonly number: number; readonly order: SealOrder }
  | ({ readonly kind: 'streams' } & EncodedStreams & TransformOptions)
  | { readonly kind: 'count'; readonly number: number };

export type FromWorker =
  | { readonly kind: 'done'; readonly number: number; readonly counts: SealCounts }
  | { readonly kind: 'spent'; readonly keyId: number };

/** What is used of `DedicatedWorkerGlobalScope`, whose types cannot stand beside those of a page. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onrtctransform: ((event: { readonly transformer: ScriptTransformer }) => void) | null;
}

const scope = self as unknown as WorkerScope;
const sealing = new Sealing((keyId) => scope.postMessage({ kind: 'spent', keyId }));

/** Frames in the order in which they came. Ends with the connection. */
async function run(streams: EncodedStreams, { way }: TransformOptions): Promise<void> {
  const reader = streams.readable.getReader();
  const writer = streams.writable.getWriter();
  for (;;) {
    const { value: frame, done } = await reader.read();
    if (done) return;
    if (way === 'out') {
      if (!sealing.passesOut) frame.data = await sealing.outgoing(frame.data);
    } else if (!sealing.passesIn(frame.data)) {
      frame.data = await sealing.incoming(frame.data);
    }
    // Not awaited, as the pipe has its own queue: waiting would cost a turn for each frame.
    writer.write(frame).catch(() => undefined);
  }
}

function begin(streams: EncodedStreams, options: TransformOptions): void {
  // A connection that is closed ends its streams with an error: nothing is left to be done for it.
  run(streams, options).catch(() => undefined);
}

scope.onrtctransform = ({ transformer }) => begin(transformer, transformer.options);
scope.onmessage = ({ data }) => {
  if (data.kind === 'streams') {
    begin(data, data);
    return;
  }
  if (data.kind === 'order') sealing.obey(data.order);
  scope.postMessage({ kind: 'done', number: data.number, counts: sealing.counts });
};
