import { describe, expect, test } from 'vitest';
import { NOTES_MAX_LENGTH } from '../app/talks/notes-status.ts';
import { PARCEL_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';
import { Random } from '../../tests/support/random.ts';
import { Pad } from './pad.ts';
import { NotesSync } from './sync.ts';
import { KINDS } from './wire.ts';

const TICK_MS = 100;

interface Member {
  readonly id: string;
  readonly pad: Pad;
  readonly sync: NotesSync;
  up: boolean;
}

/** The members of a talk, and the server between them: it passes parcels on, later or never. */
class Group {
  now = 0;
  private joined = 0;
  readonly members: Member[] = [];
  /** Kinds of messages that were sent, by sender. */
  readonly sent: { readonly from: string; readonly kind: (typeof KINDS)[number]; readonly to: string | null }[] = [];
  /** Whether a parcel is lost, and how many milliseconds another takes. */
  lossy: ((from: string) => { lost: boolean; delayMs: number }) | null = null;
  private readonly way: { readonly at: number; readonly to: Member; readonly from: string; readonly bytes: Uint8Array }[] = [];

  join(id: string): Member {
    const pad = new Pad((this.joined += 1));
    const sync = new NotesSync({ pad, post: (bytes, to) => { this.pass(id, bytes, to); }, rank: () => this.members.findIndex((member) => member.id === id) }, this.now);
    const member = { id, pad, sync, up: true };
    this.members.push(member);
    return member;
  }

  leave(member: Member): void {
    this.members.splice(this.members.indexOf(member), 1);
    for (const other of this.members) other.sync.membersChanged(new Set(this.members.map(({ id }) => id)));
  }

  drop(member: Member): void {
    member.up = false;
  }

  back(member: Member): void {
    member.up = true;
    member.sync.reconnected(this.now);
  }

  run(ms: number): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now += TICK_MS;
      for (const due of this.way.filter(({ at }) => at <= this.now)) {
        this.way.splice(this.way.indexOf(due), 1);
        if (due.to.up && this.members.includes(due.to)) due.to.sync.receive(due.from, due.bytes, this.now);
      }
      for (const member of this.members) member.sync.tick(this.now);
    }
  }

  texts(): string[] {
    return this.members.map(({ pad }) => pad.text());
  }

  private pass(from: string, bytes: Uint8Array, to: string | null): void {
    expect(Math.ceil(bytes.length / 3) * 4).toBeLessThanOrEqual(PARCEL_MAX_LENGTH);
    this.sent.push({ from, kind: KINDS[bytes[0] as number] as (typeof KINDS)[number], to });
    if (this.members.find(({ id }) => id === from)?.up !== true) return;
    for (const member of this.members) {
      if (member.id === from || (to !== null && member.id !== to)) continue;
      const { lost, delayMs } = this.lossy?.(from) ?? { lost: false, delayMs: 20 };
      if (!lost) this.way.push({ at: this.now + delayMs, to: member, from, bytes: bytes.slice() });
    }
  }
}

function write(pad: Pad, random: Random): void {
  const text = pad.text();
  const at = random.below(text.length + 1);
  const onBoundary = at > 0 && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
  let removed = random.below(3) === 0 ? Math.min(random.below(6), text.length - onBoundary) : 0;
  if (/[\ud800-\udbff]/.test(text.charAt(onBoundary + removed - 1))) removed += 1;
  pad.edit({ at: onBoundary, removed, inserted: ['a', 'bc', '😀', 'مرحبا', '\n', '会议'][random.below(6)] ?? '' });
}

describe('the notes of a talk', () => {
  test('what one writes, the others read; typing goes out five times a second at most', () => {
    const group = new Group();
    const [ann, bob] = [group.join('ann'), group.join('bob')];
    group.run(1000);
    group.sent.length = 0;
    for (let at = 0; at < 20; at += 1) {
      ann.pad.edit({ at, removed: 0, inserted: 'x' });
      group.run(100);
    }
    group.run(1000);
    expect(bob.pad.text()).toBe('x'.repeat(20));
    expect(group.sent.filter(({ kind }) => kind === 'update').length).toBeLessThanOrEqual(11);
  });

  test('a newcomer gets all of it from one member, though all twelve have it', () => {
    const group = new Group();
    for (let index = 0; index < 11; index += 1) group.join(`m${index}`);
    group.members[3]?.pad.edit({ at: 0, removed: 0, inserted: 'الفقرة 4 '.repeat(10_000) });
    group.run(20_000);
    expect(new Set(group.texts()).size).toBe(1);
    group.sent.length = 0;
    const late = group.join('late');
    group.run(10_000);
    expect(late.pad.text()).toHaveLength(90_000);
    expect(new Set(group.sent.filter(({ kind }) => kind === 'answer').map(({ from }) => from)).size).toBe(1);
    expect(group.sent.filter(({ kind, from }) => kind === 'have' && from !== 'late').length).toBeLessThanOrEqual(2);
  });

  test('whoever answers and goes in the middle of it is replaced by another', () => {
    const group = new Group();
    const [first] = ['ann', 'bob', 'eve'].map((id) => group.join(id));
    first?.pad.edit({ at: 0, removed: 0, inserted: 'x'.repeat(NOTES_MAX_LENGTH) });
    group.run(20_000);
    const late = group.join('late');
    while (!group.sent.some(({ kind, to }) => kind === 'answer' && to === 'late')) group.run(TICK_MS);
    if (first !== undefined) group.leave(first);
    group.run(20_000);
    expect(late.pad.text()).toHaveLength(NOTES_MAX_LENGTH);
  });

  test('whose line was down gets what they missed, and the others what they wrote meanwhile', () => {
    const group = new Group();
    const [ann, bob] = [group.join('ann'), group.join('bob')];
    ann.pad.edit({ at: 0, removed: 0, inserted: 'one two' });
    group.run(2000);
    group.drop(bob);
    ann.pad.edit({ at: 0, removed: 3, inserted: 'ONE' });
    bob.pad.edit({ at: 7, removed: 0, inserted: ' three' });
    group.run(5000);
    group.back(bob);
    group.run(3000);
    expect(group.texts()).toEqual(['ONE two three', 'ONE two three']);
  });

  test('a deletion that was lost is noticed, though it is no longer text', () => {
    const group = new Group();
    const [ann, bob] = [group.join('ann'), group.join('bob')];
    ann.pad.edit({ at: 0, removed: 0, inserted: 'secret' });
    group.run(2000);
    group.lossy = () => ({ lost: true, delayMs: 0 });
    ann.pad.edit({ at: 0, removed: 6, inserted: '' });
    group.run(1000);
    group.lossy = null;
    expect(bob.pad.text()).toBe('secret');
    group.run(20_000);
    expect(bob.pad.text()).toBe('');
  });

  test('more than the pad takes is cut off, and says so', () => {
    const pad = new Pad();
    pad.edit({ at: 0, removed: 0, inserted: 'x'.repeat(NOTES_MAX_LENGTH - 1) });
    expect(pad.full.value).toBe(false);
    pad.edit({ at: 0, removed: 0, inserted: '😀' });
    expect([pad.full.value, pad.length.value]).toEqual([true, NOTES_MAX_LENGTH - 1]);
    pad.edit({ at: 0, removed: 1, inserted: 'ab' });
    expect([pad.full.value, pad.length.value]).toEqual([false, NOTES_MAX_LENGTH]);
  });

  test('undoing takes back what one wrote oneself, and nothing of the others', () => {
    const group = new Group();
    const [ann, bob] = [group.join('ann'), group.join('bob')];
    ann.pad.edit({ at: 0, removed: 0, inserted: 'mine ' });
    group.run(1000);
    bob.pad.edit({ at: 5, removed: 0, inserted: 'theirs' });
    group.run(1000);
    ann.pad.undo();
    group.run(1000);
    expect(group.texts()).toEqual(['theirs', 'theirs']);
    ann.pad.redo();
    group.run(1000);
    expect(group.texts()).toEqual(['mine theirs', 'mine theirs']);
  });

  test('a member who sends rubbish breaks nobody\'s notes', () => {
    const group = new Group();
    const [ann, bob] = [group.join('ann'), group.join('bob')];
    const random = new Random(5);
    for (let round = 0; round < 2000; round += 1) bob.sync.receive('eve', Uint8Array.from([random.below(6), 0, 0, 0, 1, ...Array.from({ length: random.below(20) }, () => random.below(256))]), group.now);
    ann.pad.edit({ at: 0, removed: 0, inserted: 'still here' });
    group.run(40_000);
    expect(bob.pad.text()).toContain('still here');
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('all replicas end up the same whatever is lost, late or out of order (seed %i)', (seed) => {
    const random = new Random(seed);
    const group = new Group();
    for (let index = 0; index < 2 + random.below(4); index += 1) group.join(`m${index}`);
    group.lossy = () => ({ lost: random.below(4) === 0, delayMs: random.below(900) });
    for (let step = 0; step < 250; step += 1) {
      const member = group.members[random.below(group.members.length)];
      const deed = random.below(40);
      if (member === undefined) continue;
      if (deed === 0 && group.members.length < 8) group.join(`late${step}`);
      else if (deed === 1 && group.members.length > 2) group.leave(member);
      else if (deed === 2) group.drop(member);
      else if (deed === 3) member.pad.undo();
      else write(member.pad, random);
      if (random.below(10) === 0) for (const each of group.members) if (!each.up) group.back(each);
      group.run(random.below(4) * TICK_MS);
    }
    group.lossy = null;
    for (const member of group.members) if (!member.up) group.back(member);
    group.run(60_000);
    expect(new Set(group.texts()).size).toBe(1);
    expect(group.texts()[0]?.isWellFormed()).toBe(true);
    expect(group.texts()[0]?.length).toBeGreaterThan(50);
  });
});
