/** The peer of `npm run bench:presence`: the same people walk, told of as everybody begins with Colyseus, by positions in the room state. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Room, Server } from '@colyseus/core';
import { schema, t } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { TICK_MS } from '../../../shared/protocol/version.ts';
import { hallGround, Wanderer } from './hall.ts';
import { numberOption } from './measure.ts';
import type { ServerReport } from './presence-protocol.ts';

const Walker = schema({ x: t.float32(), y: t.float32(), z: t.float32(), yaw: t.float32() }, 'Walker');
const People = schema({ people: t.map(Walker) }, 'People');

const count = numberOption('people', 300);
const ground = await hallGround();

/** The walkers live in the room: what a client is sent does not depend on who moves them, and most of the sockets can be spared. */
class NaiveRoom extends Room<{ state: InstanceType<typeof People> }> {
  override patchRate = TICK_MS;
  override state = new People();

  override onCreate(): void {
    const wanderers = Array.from({ length: count }, (_, number) => new Wanderer(ground, { x: 0, y: 0, z: 0 }, number));
    const walkers = wanderers.map((_, number) => {
      const walker = new Walker();
      this.state.people.set(`person-${number}`, walker);
      return walker;
    });
    this.setTimestep(() => {
      wanderers.forEach((wanderer, number) => {
        wanderer.step(TICK_MS / 1000);
        Object.assign(walkers[number] as object, { x: wanderer.at.x, y: wanderer.at.y, z: wanderer.at.z, yaw: wanderer.yaw });
      });
    }, TICK_MS);
  }
}

const http = createServer();
const server = new Server({ transport: new WebSocketTransport({ server: http }), greet: false, gracefullyShutdown: false });
server.define('naive', NaiveRoom);
await server.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send?.({ type: 'listening', port: (http.address() as AddressInfo).port } satisfies ServerReport);
