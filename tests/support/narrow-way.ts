/**
 * The way between browsers and the relay, as bad as a test wants it: a UDP proxy that loses, delays, and lets through only so many bits a second. Everything that one person's browser sends and receives
 * passes one such way, whatever the number of connections. It needs neither root nor Linux: answers are rewritten to name the proxy.
 */
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { Random } from './random.ts';

const HOST = '127.0.0.1';
/** A cheap router's queue: what would wait longer is dropped. */
const QUEUE_MS = 300;
/** IPv4 and UDP headers count on a real way. */
const HEADER_BYTES = 28;

interface Direction {
  readonly random: Random;
  /** When the last packet of the queue will have left. */
  freeAtMs: number;
  passed: number;
  lost: number;
  overflowed: number;
}

export class NarrowWay {
  /** Share of packets that are lost, each way. */
  loss = 0;
  /** Bits a second, each way. */
  bitrate = Infinity;
  /** Each way. */
  delayMs = 10;
  private readonly outside: Socket = createSocket('udp4');
  private readonly inside = new Map<string, Socket>();
  private readonly target: number;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly up: Direction;
  private readonly down: Direction;

  private constructor(target: number, seed: number) {
    this.target = target;
    this.up = { random: new Random(seed), freeAtMs: 0, passed: 0, lost: 0, overflowed: 0 };
    this.down = { random: new Random(seed + 1), freeAtMs: 0, passed: 0, lost: 0, overflowed: 0 };
  }

  /** @param relayPort of a relay on the loopback address */
  static async open(relayPort: number, seed: number): Promise<NarrowWay> {
    const way = new NarrowWay(relayPort, seed);
    way.outside.on('message', (packet, from) => {
      const socket = way.socketFor(from.port);
      way.carry(way.up, packet, () => { socket.send(packet, way.target, HOST); });
    });
    way.outside.bind(0, HOST);
    await once(way.outside, 'listening');
    return way;
  }

  /** The relay's answer, naming this way instead of the relay's port. */
  through(answer: string): string {
    const { port } = this.outside.address();
    const lines = answer.split('\r\n').filter((line) => !line.startsWith('a=candidate:') || line.includes(` ${HOST} ${this.target} `));
    return lines.map((line) => (line.startsWith('a=candidate:') ? line.replace(` ${this.target} `, ` ${port} `) : line)).join('\r\n');
  }

  /** Of both directions since the last call: passed, lost by chance, dropped for want of room. */
  take(): { up: string; down: string } {
    const text = (direction: Direction): string => {
      const words = `${direction.passed} passed, ${direction.lost} lost, ${direction.overflowed} overflowed`;
      Object.assign(direction, { passed: 0, lost: 0, overflowed: 0 });
      return words;
    };
    return { up: text(this.up), down: text(this.down) };
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.outside.close();
    for (const socket of this.inside.values()) socket.close();
  }

  /** The relay tells connections apart by their addresses: each of the browser's ports has a socket of its own here. */
  private socketFor(port: number): Socket {
    const known = this.inside.get(String(port));
    if (known !== undefined) return known;
    const socket = createSocket('udp4');
    socket.on('message', (packet) => {
      this.carry(this.down, packet, () => { this.outside.send(packet, port, HOST); });
    });
    this.inside.set(String(port), socket);
    return socket;
  }

  private carry(direction: Direction, packet: Buffer, send: () => void): void {
    if (direction.random.next() < this.loss) {
      direction.lost += 1;
      return;
    }
    const now = performance.now();
    const start = Math.max(now, direction.freeAtMs);
    const end = start + ((packet.length + HEADER_BYTES) * 8000) / this.bitrate;
    if (end - now > QUEUE_MS) {
      direction.overflowed += 1;
      return;
    }
    direction.freeAtMs = end;
    direction.passed += 1;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      send();
    }, end - now + this.delayMs);
    this.timers.add(timer);
  }
}
