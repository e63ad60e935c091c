import nodeDatachannel from 'node-datachannel';
import { commandSchema } from './ipc.ts';
import type { Report } from './ipc.ts';
import { RelayWorker } from './worker.ts';

/** Entry of the relay process: wires the worker to the parent, and ends when the parent does. */

function tell(report: Report): void {
  // The parent may have gone between two lines; 'disconnect' ends this process then.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

const worker = new RelayWorker(tell);

function end(): never {
  worker.stop();
  // Lets the native threads send their goodbyes, so that browsers notice at once.
  nodeDatachannel.cleanup();
  process.exit(0);
}

process.on('message', (message) => {
  const command = commandSchema.parse(message);
  if (command.type === 'stop') end();
  worker.handle(command);
});
process.on('disconnect', end);
// Ctrl-C in a terminal reaches the whole group: the parent decides when the relay stops.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', end);
