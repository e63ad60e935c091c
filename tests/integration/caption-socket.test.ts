/** Captions of a provider over a real WebSocket: who gets in, what is answered, who reads it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { CaptionAnswer, CaptionKey, PushedCaption } from '../../shared/protocol/plenary/messages.ts';
import { CAPTION_MAX_LENGTH } from '../../shared/protocol/plenary/vocabulary.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { soon } from '../support/soon.ts';

let server: TestServer;
let session: string;
let staff: string;
let access: CaptionKey;
const opened: WebSocket[] = [];
const clients: PlenaryTestClient[] = [];

/** A provider's program: what it is answered, and how its connection ended. */
class Program {
  readonly answers: CaptionAnswer[] = [];
  closed: { code: number; reason: string } | null = null;
  private readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    opened.push(socket);
    socket.on('message', (data) => { this.answers.push(JSON.parse((data as Buffer).toString()) as CaptionAnswer); });
    socket.on('close', (code, reason) => { this.closed = { code, reason: reason.toString() }; });
  }

  /** Rejects if the upgrade is refused. */
  static async open(address: string): Promise<Program> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${address}`);
    const program = new Program(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => { resolve(); });
      socket.once('error', reject);
    });
    return program;
  }

  static async withKey(): Promise<Program> {
    const program = await Program.open(access.socket);
    program.send({ key: access.key });
    await soon(() => program.answers, 'the key is accepted').toEqual([{ ok: true }]);
    return program;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }
}

async function reader(language: 'fr' | 'en'): Promise<PlenaryTestClient> {
  const { pass } = await server.invite({});
  const client = await PlenaryTestClient.join({ port: server.port, session, token: (await server.openSession(pass)).token });
  clients.push(client);
  await soon(() => client.state, 'the state').not.toBeNull();
  client.send('readCaptions', { language });
  await soon(() => client.last('transcript')?.language, 'the transcript').toBe(language);
  return client;
}

const line = (text: string, final = true): PushedCaption => ({ language: 'fr', text, final });

beforeAll(async () => {
  server = await startTestServer();
  const { pass } = await server.invite({ role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' });
  staff = (await server.openSession(pass)).token;
  session = await createSession(server.url, staff);
  access = (await (await fetch(`${server.url}/api/sessions/${session}/caption-key`, { headers: { authorization: `Bearer ${staff}` } })).json()) as CaptionKey;
});

afterAll(async () => {
  for (const client of clients) client.cut();
  for (const socket of opened) socket.terminate();
  await server.stop();
});

describe('the WebSocket of caption providers', () => {
  it('shows what is pushed to those who read the language, as it grows', async () => {
    const [french, english] = [await reader('fr'), await reader('en')];
    const program = await Program.withKey();
    const began = performance.now();
    program.send(line('Merci,', false));
    await soon(() => french.last('caption')?.text, 'the words so far').toBe('Merci,');
    console.log(`a caption reached its reader ${(performance.now() - began).toFixed(0)} ms after it was pushed, looked at every 25 ms`);
    program.send(line('Merci, Madame la Présidente.'));
    await soon(() => french.last('caption'), 'the final line').toMatchObject({ text: 'Merci, Madame la Présidente.', final: true });
    expect(program.answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(english.all('caption')).toEqual([]);
    await soon(async () => (await server.store.plenary.captions(session)).map(({ text }) => text), 'the line is kept').toEqual(['Merci, Madame la Présidente.']);
  });

  it('lets nobody in with another key or without one, and closes', async () => {
    for (const first of [{ key: `${access.key}x` }, { key: '' }, line('Bonjour'), 'no JSON', '{"key":null}']) {
      const program = await Program.open(access.socket);
      program.send(first);
      await soon(() => program.closed?.code, `closed after ${JSON.stringify(first)}`).toBe(1008);
      expect(program.answers).toEqual([{ error: 'TOKEN_INVALID' }]);
    }
  });

  it('has no address for a session that is not there', async () => {
    await expect(Program.open('/captions?session=abcdef0123456789')).rejects.toThrow('404');
    await expect(Program.open('/captions')).rejects.toThrow('404');
  });

  it('answers what is no caption with a reason, and goes on', async () => {
    const program = await Program.withKey();
    for (const junk of ['no JSON', 'null', { language: 'xx', text: 'x', final: true }, { language: 'fr', text: 7, final: true }, line('x'.repeat(CAPTION_MAX_LENGTH + 1)), Buffer.from('{}')]) program.send(junk);
    program.send(line('La séance continue.'));
    await soon(() => program.answers.length, 'all answers').toBe(8);
    expect(program.answers.slice(1, 7)).toEqual(Array.from({ length: 6 }, () => ({ error: 'MESSAGE_INVALID' })));
    expect(program.answers[7]).toEqual({ ok: true });
  });

  it('refuses what is too fast, and ends a flood, but no one else', async () => {
    const [flood, calm] = [await Program.withKey(), await Program.withKey()];
    for (let number = 0; number < 600; number += 1) flood.send(line(`${number}`, false));
    await soon(() => flood.closed?.reason, 'the flood is over').toBe('FLOOD');
    expect(flood.answers).toContainEqual({ error: 'RATE_LIMITED' });
    calm.send(line('Toujours là.'));
    await soon(() => calm.answers.at(-1), 'the calm one is served').toEqual({ ok: true });
    expect(calm.closed).toBeNull();
  });

  it('ends with the session', async () => {
    const other = await createSession(server.url, staff);
    const key = (await (await fetch(`${server.url}/api/sessions/${other}/caption-key`, { headers: { authorization: `Bearer ${staff}` } })).json()) as CaptionKey;
    // The key of one session opens no other.
    const stranger = await Program.open(key.socket);
    stranger.send({ key: access.key });
    await soon(() => stranger.closed?.code, 'another key').toBe(1008);
    const program = await Program.open(key.socket);
    program.send({ key: key.key });
    await soon(() => program.answers, 'the key is accepted').toEqual([{ ok: true }]);
    await fetch(`${server.url}/api/sessions/${other}`, { method: 'DELETE', headers: { authorization: `Bearer ${staff}` } });
    program.send(line('Encore quelqu’un ?'));
    await soon(() => program.closed?.reason, 'put out').toBe('SESSION_UNKNOWN');
  });

  it('logs neither keys nor what was said', () => {
    expect(server.logText()).not.toContain(access.key);
    expect(server.logText()).not.toMatch(/Madame la Présidente|séance continue/u);
  });
});
