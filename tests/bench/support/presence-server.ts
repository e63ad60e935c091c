/** The venue room in a process of its own, for `npm run bench:presence`. */
import { startRoomServer } from '../../support/room-server.ts';
import { roomServices } from '../../support/venue.ts';
import { hallGround, hallLayout } from './hall.ts';
import { quantile } from './measure.ts';
import type { ServerCommand, ServerReport } from './presence-protocol.ts';

const services = roomServices({ ground: await hallGround(), layout: hallLayout(), capacity: 4096 });
const server = await startRoomServer(services);
const { ticks, refusals } = services.diagnostics;

function report(message: ServerReport): void {
  process.send?.(message);
}

process.on('message', (command: ServerCommand) => {
  if (command.type === 'start-measuring') {
    ticks.length = 0;
    refusals.clear();
    return;
  }
  const sorted = Float64Array.from(ticks);
  report({
    type: 'figures', ticks: sorted.length, tickP50Ms: quantile(sorted, 0.5), tickP99Ms: quantile(sorted, 0.99), tickMaxMs: quantile(sorted, 1), refusals: [...refusals],
  });
});
process.on('disconnect', () => process.exit());
report({ type: 'listening', port: server.port });
