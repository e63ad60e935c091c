/** A crowd in a real venue: people with passes, seats and appearances of their own, each on a connection of their own. They are silent. */
import { RawClient } from '../bench/support/raw-client.ts';
import { PROTOCOL_VERSION, VENUE_ROOM } from '../../shared/protocol/version.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import type { TestServer } from './server.ts';

const APPEARANCES = ['suit-short', 'suit-long', 'suit-grey', 'suit-bun', 'dress-afro', 'headscarf', 'robe', 'sari', 'turban'];
const STATES = [
  ['Brazil', 'br'], ['Canada', 'ca'], ['China', 'cn'], ['Egypt', 'eg'], ['France', 'fr'], ['India', 'in'], ['Japan', 'jp'], ['Kenya', 'ke'], ['Mexico', 'mx'],
  ['Norway', 'no'], ['Senegal', 'sn'], ['Spain', 'es'], ['Switzerland', 'ch'], ['Viet Nam', 'vn'],
] as const;
const NAMES = ['A. Silva', 'M. Tremblay', 'Wang Li', 'N. Hassan', 'C. Martin', 'R. Sharma', 'Y. Sato', 'J. Mwangi', 'L. Hernández', 'I. Hansen', 'F. Ndiaye', 'P. García', 'S. Keller', 'Nguyen An'];

/** How many come in at the same time: each waits for the server's disk and answers, not for a processor. */
const AT_ONCE = 12;

export class Crowd {
  private readonly clients: RawClient[];

  private constructor(clients: RawClient[]) {
    this.clients = clients;
  }

  /** Seats `count` people on every second or so of the seats of `space`. */
  static async seat(server: TestServer, layout: Layout, space: string, count: number): Promise<Crowd> {
    const seats = layout.seats.filter((seat) => seat.space === space);
    const join = async (i: number): Promise<RawClient | null> => {
      const seat = seats[Math.floor((i * seats.length) / count)];
      const [entity, country] = STATES[i % STATES.length] ?? STATES[0];
      if (seat === undefined) return null;
      const { person, pass } = await server.invite({ name: NAMES[i % NAMES.length] ?? 'A. Silva', entity, country });
      const appearance = { id: APPEARANCES[i % APPEARANCES.length] ?? 'suit-short', skin: (i * 3) % 10, hair: (i * 5) % 8, garment1: (i * 7) % 10, garment2: i % 6 };
      const [x, y, z] = seat.position;
      const place = { scene: 'geneva', placement: { x, y, z, yaw: seat.yaw }, seat: seat.id, appearance };
      await server.store.places.saveAll(new Map([[person.id, place]]), Date.now());
      const { token } = await server.openSession(pass);
      return RawClient.join({
        port: server.port, room: VENUE_ROOM, token, onMessage: () => true,
        options: { protocol: PROTOCOL_VERSION, appearance, tab: `crowd-member-number-${String(i).padStart(4, '0')}`, takeOver: false, slots: 1 },
      });
    };
    const clients: RawClient[] = [];
    const most = Math.min(count, seats.length);
    for (let first = 0; first < most; first += AT_ONCE) {
      const joined = await Promise.all(Array.from({ length: Math.min(AT_ONCE, most - first) }, (_, i) => join(first + i)));
      clients.push(...joined.filter((client) => client !== null));
    }
    return new Crowd(clients);
  }

  close(): void {
    for (const client of this.clients) client.close();
  }
}
