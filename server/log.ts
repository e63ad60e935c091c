/**
 * The server's log: one JSON object a line, or readable lines on a terminal.
 *
 * No personal data is logged at any level: no names, addresses, e-mail, passes, tokens, SDP or chat text. A person is named by the opaque
 * public id. `redact` below is a second net for fields that should never have been passed in.
 */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import pretty from 'pino-pretty';

/**
 * - `silent`: nothing.
 * - `error`: something is broken and needs a person: a part did not start, data could not be written, an unexpected exception.
 * - `warn`: something went wrong and was dealt with: the relay was restarted, a client was disconnected for flooding.
 * - `info`: what an operator wants in the record: start, stop, imports, revocations, hourly housekeeping.
 * - `debug`: single events by opaque id: entered, left, refused and why.
 * - `trace`: message by message, for hunting one fault.
 */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Log = Logger;

const SECRET_FIELDS = ['pass', 'token', 'authorization', 'sdp', 'offer', 'answer', 'name', 'email', 'address', 'ip', 'text', 'credential', 'password'];

export interface LogOptions {
  readonly level: LogLevel;
  /** Where lines go; standard output if absent. */
  readonly destination?: DestinationStream;
}

/** Makes the root log. Parts take a child: `log.child({ part: 'relay' })`. */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[withheld]' },
  };
  if (destination !== undefined) return pino(options, destination);
  if (process.stdout.isTTY) return pino(options, pretty({ sync: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' }));
  return pino(options);
}
