import { beforeEach, describe, expect, it } from 'vitest';
import { PlenaryHall, person } from '../../../tests/support/plenary-hall.ts';
import type { Delegate } from '../../../tests/support/plenary-hall.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

let hall: PlenaryHall;
let chair: Delegate;
let staff: Delegate;

beforeEach(async () => {
  hall = await PlenaryHall.open();
  chair = await hall.join(person('chair', 'chair', 'Switzerland'));
  staff = await hall.join(person('staff', 'secretariat', 'Secretariat'));
  for (const name of ['ama', 'ben']) await hall.listen(await hall.join(person(name, 'delegate', name)));
  await hall.act(chair, { kind: 'preside' });
  await hall.act(chair, { kind: 'status', status: 'open' });
});

/** Whose voice goes into which file. */
function written(): Readonly<Record<string, string | null>> {
  return Object.fromEntries([...hall.relay.recordings.values()].map(({ file, speaker }) => [file.split('/').at(-1) ?? '', speaker?.split(':').at(-1) ?? null]));
}

async function record(on = true): Promise<void> {
  expect(await hall.act(staff, { kind: 'recording', on })).toBeNull();
  await hall.settled();
}

const give = (to: string) => hall.act(chair, { kind: 'giveTo', person: to, ...OWN });

describe('what is recorded', () => {
  it('is who has the floor, from the moment that they have it, and nobody before or after', async () => {
    await give('ama');
    expect(written()).toEqual({});
    await record();
    expect(written()).toEqual({ 'floor-1.ogg': 'ama' });
    await give('ben');
    expect(written()).toEqual({ 'floor-1.ogg': 'ben' });
    await hall.act(chair, { kind: 'muteAll', on: true });
    expect(written()).toEqual({ 'floor-1.ogg': null });
    await record(false);
    expect(written()).toEqual({});
  });

  it('is each language that somebody speaks', async () => {
    await hall.act(staff, { kind: 'putBooth', booth: null, name: 'French', languages: ['fr'] });
    const booth = Object.keys(hall.state.booths)[0] ?? '';
    const interpreter = await hall.join(person('ida', 'interpreter', 'Interpreters'));
    await hall.listen(interpreter);
    await hall.console(interpreter, { kind: 'enter', booth });
    await record();
    expect(written()).toEqual({ 'floor-1.ogg': null });
    await hall.console(interpreter, { kind: 'microphone', on: true });
    expect(written()).toEqual({ 'floor-1.ogg': null, 'fr-1.ogg': 'ida' });
    hall.drop(interpreter);
    expect(written()).toEqual({ 'floor-1.ogg': null, 'fr-1.ogg': null });
  });

  it('is never a closed part, nor what comes after the end', async () => {
    await record();
    await hall.act(chair, { kind: 'closedPart', on: true });
    await give('ama');
    expect(written()).toEqual({});
    await hall.act(chair, { kind: 'closedPart', on: false });
    expect(written()).toEqual({});
    await record();
    await hall.act(chair, { kind: 'status', status: 'closed' });
    expect(written()).toEqual({});
    expect(hall.state.meeting.recordingSince).toBeNull();
  });
});

describe('a recording that cannot be written', () => {
  it('stops altogether, the secretariat is told, and the meeting goes on', async () => {
    await record();
    const [name = ''] = hall.relay.recordings.keys();
    hall.relay.recordFails(name, 'ENOSPC');
    await hall.settled();
    expect(written()).toEqual({});
    expect(hall.state.meeting.recordingSince).toBeNull();
    expect(staff.all('notice')).toEqual([{ kind: 'recordingFailed' }]);
    expect(chair.all('notice')).toEqual([]);
    expect(await give('ama')).toBeNull();
    expect(hall.heardBy('ben')).toEqual(['ama']);
  });

  it('does not begin on a full disk, and begins once there is room', async () => {
    hall.diskHasRoom = false;
    await record();
    await hall.settled();
    expect(written()).toEqual({});
    expect(hall.state.meeting.recordingSince).toBeNull();
    hall.diskHasRoom = true;
    hall.now += 1000;
    await record();
    expect(written()).toEqual({ 'floor-1.ogg': null });
  });
});

describe('after a restart of the server', () => {
  it('the recording goes on by itself, before anybody has come', async () => {
    await record();
    hall = await PlenaryHall.open({ store: hall.store, id: hall.id, now: hall.now + 5000 });
    await hall.settled();
    expect(written()).toEqual({ 'floor-1.ogg': null });
  });
});

describe('after a restart of the relay', () => {
  it('the recording goes on by itself', async () => {
    await give('ama');
    await record();
    hall.relay.recordings.clear();
    hall.relay.restart();
    await hall.settled();
    expect(written()).toHaveProperty('floor-1.ogg');
  });
});
