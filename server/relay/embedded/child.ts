import { commandSchema } from './ipc.ts';
import type { Report } from './ipc.ts';
import { RelayWorker } from './worker.ts';

/** Entry of the relay process: wires the worker to the parent, and ends when the parent does. */

function tell(report: Report): void {
  // The parent may have gone between two lines; 'disconnect' ends this process then.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

const worker = new RelayWorker(tell);

/** Time for the native threads to send their goodbyes, so that browsers notice at once instead of after 30 s without ICE consent. */
const GOODBYE_MS = 200;

function end(): void {
  worker.stop();
  // The library's own `cleanup`, and its destructors at an orderly exit, abort on callbacks that are already released.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GOODBYE_MS);
}

process.on('message', (message) => {
  const command = commandSchema.parse(message);
  if (command.type === 'stop') end();
  else worker.handle(command);
});
process.on('disconnect', end);
// Ctrl-C in a terminal reaches the whole group: the parent decides when the relay stops.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', end);
