import { END_SIGNAL, commandSchema } from './ipc.ts';
import type { Report } from './ipc.ts';
import { RelayWorker } from './worker.ts';

/** Entry of the relay process: wires the worker to the parent, and ends when the parent does. */

function tell(report: Report): void {
  // The parent may have gone between two lines; 'disconnect' ends this process then.
  if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
}

/** A disk that takes longer than this to close the files of recordings has gone. */
const SAVE_MS = 1000;

/**
 * Besides recordings nothing here needs saving, and the native library's threads and destructors can only hold up, or crash, an orderly exit. (Its
 * `close` sends browsers no goodbye either: they are told by the rooms, or notice within seconds.)
 */
function end(): void {
  const die = (): void => { process.kill(process.pid, 'SIGKILL'); };
  setTimeout(die, SAVE_MS);
  void worker.save().finally(die);
}

const worker = new RelayWorker(tell);

process.on('message', (message) => {
  // A command of unknown shape throws, which ends the process: to skip one could mean to go on forwarding where that was forbidden.
  worker.handle(commandSchema.parse(message));
});
process.on('disconnect', end);
process.on(END_SIGNAL, end);
// Ctrl-C in a terminal, or a service manager's signal to the whole group: the parent decides when the relay ends, by ending it or itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
