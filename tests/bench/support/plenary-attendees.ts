/** A process full of people who follow a session: the load of `npm run bench:plenary`. Started by it; talks over IPC. */
import { PLENARY_ROOM, PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import { machineTime } from './plenary-protocol.ts';
import type { AttendeesCommand, AttendeesReport } from './plenary-protocol.ts';
import { RawClient } from './raw-client.ts';

/** Joins under way at once. */
const TOGETHER = 8;
const ROOM_DATA = 13;
const PATCH = Buffer.from([ROOM_DATA, 0xa0 | 'patch'.length, ...Buffer.from('patch')]);

const clients: RawClient[] = [];
/** By change, by person in the order of arrival. */
let arrivals: number[][] = [];
let measuring = false;

function report(message: AttendeesReport): void {
  process.send?.(message);
}

async function attend(at: Extract<AttendeesCommand, { type: 'attend' }>['at'], token: string, number: number): Promise<void> {
  let told = 0;
  clients.push(await RawClient.join({
    port: at.port, room: PLENARY_ROOM, token, options: { protocol: PROTOCOL_VERSION, session: at.session, tab: `tab-of-attendee-${process.pid}-${number}`, takeOver: false },
    onMessage: (payload) => {
      // Each change is one patch, and everybody is sent all of them in their order.
      if (measuring && payload.subarray(0, PATCH.length).equals(PATCH)) {
        (arrivals[told] ??= []).push(machineTime());
        told += 1;
      }
      return false;
    },
  }));
}

async function attendAll({ at, tokens }: Extract<AttendeesCommand, { type: 'attend' }>): Promise<void> {
  for (let done = 0; done < tokens.length; done += TOGETHER) await Promise.all(tokens.slice(done, done + TOGETHER).map((token, i) => attend(at, token, done + i)));
  report({ type: 'attending', count: clients.length });
}

process.on('message', (command: AttendeesCommand) => {
  if (command.type === 'attend') void attendAll(command);
  else if (command.type === 'measure') {
    arrivals = [];
    measuring = true;
    report({ type: 'measuring' });
  } else {
    report({ type: 'arrivals', arrivals });
  }
});
report({ type: 'ready' });
