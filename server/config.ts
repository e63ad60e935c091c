/**
 * Configuration comes from the environment, is validated once at start, and is one typed object from then on. The table of variables in
 * `server/README.md` is generated from here (`configTable`) and a test compares the two.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { isZone } from '../shared/rules/zoned.ts';
import { LOG_LEVELS } from './log.ts';
import type { LogLevel } from './log.ts';

function whole(min: number, max: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${min} to ${max}` });
    return z.NEVER;
  });
}

function oneOf<T extends string>(values: readonly T[]): z.ZodPipe<z.ZodString, z.ZodTransform<T, string>> {
  return z.string().transform((text, context) => {
    const found = values.find((value) => value === text.toLowerCase());
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
    return z.NEVER;
  });
}

/** An origin such as `https://venue.example.org`: scheme, host and port only. */
function readOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = (url.pathname === '/' || url.pathname === '') && url.search === '' && url.hash === '' && url.username === '';
  return bare && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : null;
}

function list(check: (item: string) => string | null, what: string): z.ZodPipe<z.ZodString, z.ZodTransform<string[], string>> {
  return z.string().transform((text, context) => {
    const items = text.split(',').map((item) => item.trim()).filter((item) => item !== '');
    return items.map((item) => {
      const checked = check(item);
      if (checked === null) context.addIssue({ code: 'custom', message: `must be a comma-separated list of ${what}; "${item}" is not` });
      return checked ?? item;
    });
  });
}

const origin = z.string().transform((text, context) => {
  const read = readOrigin(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'must be an address such as https://venue.example.org, without a path' });
  return z.NEVER;
});
const path = z.string().min(1);
const turnUrl = (item: string): string | null => (/^turns?:[^\s/]+$/.test(item) ? item : null);

/** One entry a variable: how it is read, its default as one would write it (empty: unset), and what it means. */
const VARIABLES = {
  PLENUM_PORT: { read: whole(0, 65535), fallback: '2567', meaning: 'TCP port of the web server. 0 takes a free one.' },
  PLENUM_HOST: { read: z.string(), fallback: '', meaning: 'Address to listen on; `*` is every address. Unset: `127.0.0.1`, or `*` with HTTPS.' },
  PLENUM_HTTPS: { read: oneOf(['on', 'off']), fallback: 'off', meaning: 'Serve HTTPS with a self-made certificate kept in the data folder (same as `npm start -- --https`).' },
  PLENUM_TLS_CERT: { read: path, fallback: '', meaning: 'PEM file of a certificate to serve HTTPS with. Needs PLENUM_TLS_KEY.' },
  PLENUM_TLS_KEY: { read: path, fallback: '', meaning: 'PEM file of the private key of PLENUM_TLS_CERT.' },
  PLENUM_PUBLIC_URL: { read: origin, fallback: '', meaning: 'Address that people open, if it is not this server itself (a reverse proxy). Pass links begin with it.' },
  PLENUM_EXTRA_ORIGINS: { read: list(readOrigin, 'origins'), fallback: '', meaning: 'Further origins whose pages may connect, comma-separated (`https://intranet.example.org`).' },
  PLENUM_TRUST_PROXY: { read: whole(0, 10), fallback: '0', meaning: 'Number of reverse proxies in front whose X-Forwarded-For is believed.' },
  PLENUM_DATA: { read: path, fallback: 'data', meaning: 'Folder for the database, uploaded scenes and the self-made certificate.' },
  PLENUM_SCENE: { read: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a folder in assets/scenes'), fallback: 'geneva', meaning: 'Scene that people enter first.' },
  PLENUM_UPLOAD_MEGABYTES: { read: whole(1, 1024), fallback: '64', meaning: 'Largest scene package that the secretariat may upload. Its files may be four times as large together.' },
  PLENUM_CAPACITY: { read: whole(1, 4096), fallback: '1000', meaning: 'Most people in the venue at a time.' },
  PLENUM_SESSION_CAPACITY: { read: whole(1, 10_000), fallback: '3000', meaning: 'Most people in one formal session, those who only follow it included.' },
  PLENUM_MEDIA_PORT: { read: whole(0, 65535), fallback: '2568', meaning: 'UDP port of the media relay, one for everybody. 0 takes a free one.' },
  PLENUM_MEDIA_ADDRESS: { read: z.union([z.ipv4('must be an IP address'), z.ipv6('must be an IP address')]), fallback: '', meaning: 'Public IP address of the media port, where the machine does not have it itself (NAT, containers).' },
  PLENUM_TURN_URLS: { read: list(turnUrl, 'turn: or turns: addresses'), fallback: '', meaning: 'TURN servers for people behind strict firewalls, comma-separated (`turn:turn.example.org:3478?transport=udp`).' },
  PLENUM_TURN_USERNAME: { read: z.string().min(1), fallback: '', meaning: 'User name at the TURN servers, the same for everybody.' },
  PLENUM_TURN_CREDENTIAL: { read: z.string().min(1), fallback: '', meaning: 'Password of PLENUM_TURN_USERNAME.' },
  PLENUM_TURN_SECRET: { read: z.string().min(1), fallback: '', meaning: 'Instead of user name and password: the shared secret of the TURN servers (coturn `static-auth-secret`), from which each person gets a short-lived password.' },
  PLENUM_PASS_DAYS: { read: whole(1, 3650), fallback: '30', meaning: 'Days until a new pass link expires.' },
  PLENUM_TOKEN_MINUTES: { read: whole(1, 1440), fallback: '10', meaning: 'Minutes until the signed token that a pass is exchanged for expires.' },
  PLENUM_RETENTION_DAYS: { read: whole(1, 3650), fallback: '30', meaning: 'Days after the end of a person\'s last pass until everything about the person is erased.' },
  PLENUM_BOOKING_DAYS: { read: whole(0, 3650), fallback: '7', meaning: 'Days after the end of a meeting by appointment until it is removed.' },
  PLENUM_TIME_ZONE: { read: z.string().refine(isZone, 'must be a time zone of the IANA database, such as Africa/Casablanca'), fallback: 'Europe/Zurich', meaning: 'Time zone of the event, shown beside people\'s own.' },
  PLENUM_METRICS_TOKEN: { read: z.string().min(16, 'must have at least 16 characters'), fallback: '', meaning: 'If set, `GET /metrics` wants `Authorization: Bearer` with this token. Unset: open.' },
  PLENUM_STOP_SECONDS: { read: whole(0, 60), fallback: '5', meaning: 'Seconds between telling everybody inside that the server is about to stop, and stopping. With nobody inside it stops at once.' },
  PLENUM_LOG_LEVEL: { read: oneOf(LOG_LEVELS), fallback: 'info', meaning: `How much is logged: ${LOG_LEVELS.join(', ')}.` },
} as const;

type Name = keyof typeof VARIABLES;
type Value<K extends Name> = z.infer<(typeof VARIABLES)[K]['read']>;
type Values = { readonly [K in Name]: Value<K> | undefined };

/** Variables of the same prefix that other programs of this repository read. */
const ELSEWHERE = /^PLENUM_(DEV_|TEST_|BENCH_|E2E_|CHROMIUM$|FIREFOX$)/;

export type Https = { readonly kind: 'off' } | { readonly kind: 'self-made' } | { readonly kind: 'files'; readonly cert: string; readonly key: string };

export type Turn = { readonly urls: readonly string[] } & (
  | { readonly kind: 'static'; readonly username: string; readonly credential: string }
  | { readonly kind: 'secret'; readonly secret: string }
);

export interface Config {
  readonly port: number;
  /** Undefined: every address. */
  readonly host: string | undefined;
  readonly https: Https;
  readonly publicUrl: string | null;
  readonly extraOrigins: readonly string[];
  readonly trustProxy: number;
  /** Absolute path. */
  readonly dataFolder: string;
  readonly scene: string;
  readonly uploadMegabytes: number;
  readonly capacity: number;
  /** Most people in one formal session. */
  readonly sessionCapacity: number;
  readonly media: { readonly port: number; readonly address: string | null };
  readonly turn: Turn | null;
  readonly passDays: number;
  readonly tokenMinutes: number;
  readonly retentionDays: number;
  /** Days that a meeting is kept after its end. */
  readonly bookingDays: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly metricsToken: string | null;
  readonly stopSeconds: number;
  readonly logLevel: LogLevel;
  /** Absolute paths: the built client, and the folder that holds `scenes/` and `avatars/`. */
  readonly files: { readonly client: string; readonly assets: string };
  /** Readable remarks on the environment that are no errors. */
  readonly warnings: readonly string[];
}

/** The environment does not make a configuration; the message has one line a problem, each naming its variable. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

function isName(name: string): name is Name {
  return Object.hasOwn(VARIABLES, name);
}

/** Secrets are not repeated in messages, which end up in logs and terminals. */
function shown(name: Name, text: string): string {
  return /CREDENTIAL|SECRET|TOKEN$/.test(name) ? 'its value' : `"${text}"`;
}

function readAll(env: NodeJS.ProcessEnv, problems: string[]): Values {
  const values: Partial<Record<Name, unknown>> = {};
  for (const [name, variable] of Object.entries(VARIABLES) as [Name, (typeof VARIABLES)[Name]][]) {
    const given = env[name]?.trim() ?? '';
    const text = given === '' ? variable.fallback : given;
    if (text === '') continue;
    const result = variable.read.safeParse(text);
    if (result.success) values[name] = result.data;
    else problems.push(`${name}: ${shown(name, text)} ${result.error.issues[0]?.message ?? 'is not valid'}. (${variable.meaning})`);
  }
  return values as Values;
}

function readHttps(values: Values, problems: string[]): Https {
  const { PLENUM_TLS_CERT: cert, PLENUM_TLS_KEY: key } = values;
  if (cert !== undefined && key !== undefined) return { kind: 'files', cert: resolve(cert), key: resolve(key) };
  if (cert !== undefined) problems.push('PLENUM_TLS_KEY: must be set, because PLENUM_TLS_CERT is.');
  if (key !== undefined) problems.push('PLENUM_TLS_CERT: must be set, because PLENUM_TLS_KEY is.');
  return { kind: values.PLENUM_HTTPS === 'on' ? 'self-made' : 'off' };
}

function readTurn(values: Values, problems: string[]): Turn | null {
  const { PLENUM_TURN_URLS: urls, PLENUM_TURN_USERNAME: username, PLENUM_TURN_CREDENTIAL: credential, PLENUM_TURN_SECRET: secret } = values;
  if (urls === undefined || urls.length === 0) {
    if ((username ?? credential ?? secret) !== undefined) problems.push('PLENUM_TURN_URLS: must be set, because other PLENUM_TURN_ variables are.');
    return null;
  }
  if (secret !== undefined) return { kind: 'secret', urls, secret };
  if (username !== undefined && credential !== undefined) return { kind: 'static', urls, username, credential };
  problems.push('PLENUM_TURN_URLS: needs PLENUM_TURN_SECRET, or PLENUM_TURN_USERNAME and PLENUM_TURN_CREDENTIAL.');
  return null;
}

function readWarnings(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('PLENUM_') && !isName(name) && !ELSEWHERE.test(name))
    .map((name) => `${name} is not a variable of Plenum and was ignored; server/README.md lists them.`);
}

const repository = resolve(import.meta.dirname, '..');

function readHost(given: string | undefined, https: Https): string | undefined {
  if (given === '*') return undefined;
  if (given !== undefined && given !== '') return given;
  return https.kind === 'off' ? '127.0.0.1' : undefined;
}

/**
 * Reads the configuration from environment variables. Defaults and meanings: `server/README.md`.
 * @throws ConfigError with all problems at once.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const values = readAll(env, problems);
  const https = readHttps(values, problems);
  const turn = readTurn(values, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const need = <K extends Name>(name: K): Value<K> => {
    const value = values[name];
    if (value === undefined) throw new ConfigError([`${name}: must be set.`]);
    return value;
  };
  return {
    port: need('PLENUM_PORT'),
    host: readHost(values.PLENUM_HOST, https),
    https,
    publicUrl: values.PLENUM_PUBLIC_URL ?? null,
    extraOrigins: values.PLENUM_EXTRA_ORIGINS ?? [],
    trustProxy: need('PLENUM_TRUST_PROXY'),
    dataFolder: resolve(need('PLENUM_DATA')),
    scene: need('PLENUM_SCENE'),
    uploadMegabytes: need('PLENUM_UPLOAD_MEGABYTES'),
    capacity: need('PLENUM_CAPACITY'),
    sessionCapacity: need('PLENUM_SESSION_CAPACITY'),
    media: { port: need('PLENUM_MEDIA_PORT'), address: values.PLENUM_MEDIA_ADDRESS ?? null },
    turn,
    passDays: need('PLENUM_PASS_DAYS'),
    tokenMinutes: need('PLENUM_TOKEN_MINUTES'),
    retentionDays: need('PLENUM_RETENTION_DAYS'),
    bookingDays: need('PLENUM_BOOKING_DAYS'),
    timeZone: need('PLENUM_TIME_ZONE'),
    metricsToken: values.PLENUM_METRICS_TOKEN ?? null,
    stopSeconds: need('PLENUM_STOP_SECONDS'),
    logLevel: need('PLENUM_LOG_LEVEL'),
    files: { client: resolve(repository, 'dist'), assets: resolve(repository, 'assets') },
    warnings: readWarnings(env),
  };
}

/** The table of `server/README.md`, in Markdown. */
export function configTable(): string {
  const rows = Object.entries(VARIABLES).map(([name, { fallback, meaning }]) => `| \`${name}\` | ${fallback === '' ? 'unset' : `\`${fallback}\``} | ${meaning} |`);
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
