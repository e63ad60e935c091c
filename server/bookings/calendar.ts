/** Meetings as iCalendar (RFC 5545). Times are in UTC, so that no time zone has to be described; calendars show them in their own. */
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { ICalEventData } from 'ical-generator';
import type { MeetingRoom } from '../../shared/protocol/bookings.ts';
import { REMINDERS_MS } from '../../shared/rules/bookings.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { BookingRecord } from '../store/store.ts';
import { CALENDAR_TEXTS } from './calendar-texts.ts';

/** Calendars ask again after a quarter of an hour, if they heed it. */
const REFRESH_SECONDS = 900;

export interface CalendarContext {
  /** Address that people open, without a slash at the end. No pass: a calendar is shared, printed and synchronised. */
  readonly address: string;
  readonly language: Language;
  readonly rooms: readonly MeetingRoom[];
  /** Name of the organiser, by id. */
  readonly nameOf: (person: string) => string;
  /** Of the feed. */
  readonly title: string;
}

function placeOf({ room }: BookingRecord, { rooms, language }: CalendarContext): string {
  if (room === null) return CALENDAR_TEXTS[language].virtual;
  const known = rooms.find(({ scene, space }) => scene === room.scene && space === room.space);
  return known === undefined ? room.space : `${known.names[language]}, ${known.sceneNames[language]}`;
}

function eventOf(record: BookingRecord, context: CalendarContext): ICalEventData {
  const { id, subject, start, end, state, revision, changedAt, organiser } = record;
  const { address, language, nameOf } = context;
  const texts = CALENDAR_TEXTS[language];
  return {
    id: `${id}@${new URL(address).hostname}`,
    sequence: revision - 1,
    stamp: new Date(changedAt), lastModified: new Date(changedAt), start: new Date(start), end: new Date(end),
    summary: subject,
    location: placeOf(record, context),
    description: `${texts.organiser}: ${nameOf(organiser)}\n${texts.open}: ${address}/`,
    url: `${address}/`,
    status: state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    alarms: state === 'cancelled' ? [] : [{ type: ICalAlarmType.display, trigger: REMINDERS_MS[0] / 1000, description: subject }],
  };
}

/** The library writes properties of an event behind its alarm; RFC 5545, 3.6.1, wants alarms last. */
function alarmsLast(text: string): string {
  return text.replaceAll(/(?<=\r\n)(BEGIN:VALARM\r\n(?:.*\r\n)*?END:VALARM\r\n)((?:.*\r\n)*?)(?=END:VEVENT\r\n)/g, '$2$1');
}

function written(calendar: ReturnType<typeof ical>): string {
  const text = calendar.toString();
  return alarmsLast(text.endsWith('\r\n') ? text : `${text}\r\n`);
}

const PRODUCT = { company: 'Plenum', product: 'Plenum', language: 'EN' } as const;

/** One meeting, to be added to a calendar, or taken out of it. */
export function calendarFile(record: BookingRecord, context: CalendarContext): string {
  const calendar = ical({ prodId: PRODUCT, method: record.state === 'cancelled' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH });
  calendar.createEvent(eventOf(record, context));
  return written(calendar);
}

/** All meetings of somebody, for a calendar that asks again and again. */
export function calendarFeed(records: readonly BookingRecord[], context: CalendarContext): string {
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod.PUBLISH, name: context.title.replaceAll(/[\p{Cc},;\\]+/gu, ' '), ttl: REFRESH_SECONDS });
  for (const record of records) calendar.createEvent(eventOf(record, context));
  return written(calendar);
}
