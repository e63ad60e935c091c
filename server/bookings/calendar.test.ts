/** What is written is read by another library (ical.js), which knows nothing of the one that wrote it. */
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import { instantOf, wallTimeOf } from '../../shared/rules/zoned.ts';
import type { BookingRecord } from '../store/store.ts';
import { calendarFeed, calendarFile } from './calendar.ts';
import type { CalendarContext } from './calendar.ts';

const HOUR = 3_600_000;
const room = { scene: 'geneva', space: 'arve' };
const names = (text: string): CalendarContext['rooms'][number]['names'] => ({ en: text, fr: `${text} fr`, es: text, ru: text, zh: '阿尔沃会议室', ar: 'قاعة الأرف' });
const context: CalendarContext = {
  address: 'https://venue.example.org', language: 'en', rooms: [{ ...room, names: names('Arve; room, 1'), sceneNames: names('Geneva'), people: 20 }], nameOf: (id) => `Ana "the ${id}"; Núñez`, title: 'Summit',
};

function booking(change: Partial<BookingRecord> = {}): BookingRecord {
  return {
    id: 'b1', organiser: 'chair', subject: 'Article 9', languages: ['en'], start: Date.UTC(2027, 2, 28, 0, 30), end: Date.UTC(2027, 2, 28, 2), zone: 'Europe/Zurich', room, people: [], delegations: [],
    state: 'booked', revision: 1, changedAt: Date.UTC(2026, 10, 22), answers: new Map(), ...change,
  };
}

interface Read {
  readonly calendar: ICAL.Component;
  readonly events: readonly ICAL.Event[];
}

function read(text: string): Read {
  const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) };
}

function only(text: string): ICAL.Event {
  const { events } = read(text);
  const [event] = events;
  if (event === undefined || events.length !== 1) throw new Error(`${events.length} events`);
  return event;
}

describe('a file', () => {
  it('says all there is to say', () => {
    const text = calendarFile(booking({ revision: 4 }), context);
    const event = only(text);
    expect([event.uid, event.sequence, event.summary, event.location, event.description]).toEqual([
      'b1@venue.example.org', 3, 'Article 9', 'Arve; room, 1, Geneva', 'Organiser: Ana "the chair"; Núñez\nEnter the venue with your pass link: https://venue.example.org/',
    ]);
    expect([event.component.getFirstPropertyValue('url'), event.component.getFirstPropertyValue('status')]).toEqual(['https://venue.example.org/', 'CONFIRMED']);
    expect(read(text).calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    const [alarm] = event.component.getAllSubcomponents('valarm');
    expect([alarm?.getFirstPropertyValue('action'), String(alarm?.getFirstPropertyValue('trigger'))]).toEqual(['DISPLAY', '-PT10M']);
  });

  it('takes a cancelled meeting out: same id, higher sequence, no alarm', () => {
    const text = calendarFile(booking({ state: 'cancelled', revision: 5 }), context);
    const event = only(text);
    expect([read(text).calendar.getFirstPropertyValue('method'), event.component.getFirstPropertyValue('status'), event.uid, event.sequence]).toEqual(['CANCEL', 'CANCELLED', 'b1@venue.example.org', 4]);
    expect(event.component.getAllSubcomponents('valarm')).toEqual([]);
  });

  it('is laid out as RFC 5545 wants it: CRLF, lines of 75 octets at most, alarms behind properties, nothing but text', () => {
    const text = calendarFile(booking({ subject: 'Länge '.repeat(20).trim() }), context);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    const lines = text.split('\r\n');
    expect(lines.indexOf('END:VALARM') + 1).toBe(lines.indexOf('END:VEVENT'));
    expect(only(text).summary).toBe('Länge '.repeat(20).trim());
  });

  it.each([
    'Water, energy; food \\ people', 'two\nlines', 'اتفاق بشأن المادة ٩', '关于第九条的磋商，非正式', '👩🏽‍⚖️'.repeat(30), 'x'.repeat(120), 'DTSTART:19700101T000000Z', '\\n\\N\\;\\,', 'BEGIN:VALARM', 'END:VALARM', 'END:VEVENT',
  ])('keeps the subject %j as it is', (subject) => {
    expect(only(calendarFile(booking({ subject }), context)).summary).toBe(subject);
  });

  it('lets no text become a line of its own', () => {
    const evil = 'Tea\r\nATTENDEE:mailto:spy@example.org\r\nBEGIN:VALARM\r\nEND:VEVENT\rX-A:1\u2028';
    const text = calendarFile(booking({ subject: evil, room: { scene: 'x', space: evil } }), { ...context, nameOf: () => evil });
    const event = only(text);
    expect(event.attendees).toEqual([]);
    expect(event.component.getAllSubcomponents().map(({ name }) => name)).toEqual(['valarm']);
    expect(text).not.toMatch(/^ATTENDEE|^X-A/m);
    expect(event.component.getAllProperties().map(({ name }) => name).sort()).toEqual(['description', 'dtend', 'dtstamp', 'dtstart', 'last-modified', 'location', 'sequence', 'status', 'summary', 'uid', 'url']);
  });

  it.each([
    // Wall time that the organiser chose, over changes of the clock: before, at and after.
    ['Europe/Zurich', '2027-03-28', '01:30'], ['Europe/Zurich', '2027-03-28', '03:30'], ['Europe/Zurich', '2027-10-31', '02:30'], ['America/New_York', '2027-03-14', '01:45'], ['America/New_York', '2027-11-07', '01:15'],
    ['Africa/Casablanca', '2026-02-15', '10:00'], ['Africa/Casablanca', '2026-03-22', '10:00'], ['Asia/Kolkata', '2027-03-28', '09:15'], ['Pacific/Apia', '2027-03-28', '23:30'],
  ])('is at the very instant that was meant: %s %s %s', (zone, date, time) => {
    const { instant } = instantOf({ date, time }, zone);
    const event = only(calendarFile(booking({ start: instant, end: instant + HOUR, zone }), context));
    expect([event.startDate.toJSDate().getTime(), event.endDate.toJSDate().getTime(), event.startDate.zone.tzid]).toEqual([instant, instant + HOUR, 'UTC']);
    expect(wallTimeOf(event.startDate.toJSDate().getTime(), zone)).toEqual({ date, time });
  });

  it('speaks the language of its reader', () => {
    for (const language of LANGUAGES) {
      const event = only(calendarFile(booking({ room: null }), { ...context, language }));
      expect(event.location).not.toBe('');
      expect(event.description).toContain('https://venue.example.org/');
    }
    expect(only(calendarFile(booking(), { ...context, language: 'ar' })).location).toBe('قاعة الأرف, قاعة الأرف');
  });
});

describe('a feed', () => {
  it('has all meetings, cancelled ones as such, and a name', () => {
    const { calendar, events } = read(calendarFeed([booking(), booking({ id: 'b2', state: 'cancelled', revision: 2 })], { ...context, title: 'Summit;\r\nMETHOD:CANCEL' }));
    expect(events.map(({ uid, component }) => [uid, component.getFirstPropertyValue('status')])).toEqual([['b1@venue.example.org', 'CONFIRMED'], ['b2@venue.example.org', 'CANCELLED']]);
    expect(calendar.getAllProperties('method').map((property) => property.getFirstValue())).toEqual(['PUBLISH']);
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Summit METHOD:CANCEL');
  });

  it('of nobody’s meetings is a calendar too', () => {
    expect(read(calendarFeed([], context)).events).toEqual([]);
  });
});
