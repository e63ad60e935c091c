import { commandSchema } from './ipc.ts';
import type { Report } from './ipc.ts';
import { RelayWorker } from './worker.ts';

/** Entry of the relay process: wires the worker to the parent, and ends when the parent does. */

function tell(report: Report): void {
  // The parent may have gone between two lines; 'disconnect' ends this process then.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

/**
 * Nothing here needs saving, and the native library's threads and destructors can only hold up, or crash, an orderly exit. (Its
 * `close` sends browsers no goodbye either: they are told by the rooms, or notice within seconds.)
 */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

const worker = new RelayWorker(tell);

process.on('message', (message) => {
  // A command of unknown shape throws, which ends the process: to skip one could mean to go on forwarding where that was forbidden.
  worker.handle(commandSchema.parse(message));
});
process.on('disconnect', end);
// Ctrl-C in a terminal, or a service manager's signal to the whole group: the parent decides when the relay ends, by ending it or itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
