/**
 * Interpreters' booths at work. Two rules hold whatever happens: on a language there is never more than one open microphone, and in a booth never more than one. Hand-overs close
 * one and open the other in the same step.
 */
import type { ConsoleDeed, ConsoleDeedOf, HandOver, Interpreter, Manning, MannedBooth } from '../../protocol/plenary/booths.ts';
import type { Booth } from '../../protocol/plenary/booths.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { LANGUAGES } from '../../protocol/vocabulary.ts';
import type { Language } from '../../protocol/vocabulary.ts';
import { BOOTH_MAX_MEMBERS } from '../../protocol/plenary/vocabulary.ts';

/** Who does something at a console. */
export interface ConsoleActor {
  readonly person: string;
  readonly name: string;
}

export type ConsoleDecision = { readonly manning: Manning; readonly reason: null } | { readonly manning: null; readonly reason: Reason };

interface Seat {
  readonly booth: MannedBooth;
  readonly member: Interpreter;
}

const refused = (reason: Reason): ConsoleDecision => ({ manning: null, reason });

export function seatOf(manning: Manning, person: string): Seat | null {
  for (const booth of Object.values(manning)) {
    const member = booth.members.find((each) => each.person === person);
    if (member !== undefined) return { booth, member };
  }
  return null;
}

/** @returns whose microphone is open on a language, or null. Somebody who coughs has it, and sends nothing. */
export function onAir(manning: Manning, language: Language): Interpreter | null {
  for (const { members } of Object.values(manning)) {
    const live = members.find((member) => member.live && member.outgoing === language);
    if (live !== undefined) return live;
  }
  return null;
}

/** Whose voice goes out on each language, by person; absent: nobody's. */
export function voices(manning: Manning): ReadonlyMap<Language, string> {
  const found = new Map<Language, string>();
  for (const language of LANGUAGES) {
    const live = onAir(manning, language);
    if (live !== null && live.connected && !live.coughing) found.set(language, live.person);
  }
  return found;
}

function put(manning: Manning, booth: MannedBooth): ConsoleDecision {
  return { manning: { ...manning, [booth.id]: booth }, reason: null };
}

function withMember(booth: MannedBooth, person: string, fields: Partial<Interpreter>): MannedBooth {
  return { ...booth, members: booth.members.map((member) => (member.person === person ? { ...member, ...fields } : member)) };
}

/** A hand-over makes sense only while the one has the microphone and the other sits beside. */
function tidied(booth: MannedBooth): MannedBooth {
  const { handOver, members } = booth;
  if (handOver === null) return booth;
  const sound = members.some(({ person, live }) => person === handOver.from && live) && members.some(({ person, connected }) => person === handOver.to && connected);
  return sound ? booth : { ...booth, handOver: null };
}

/** Takes somebody out of their booth. */
export function withoutInterpreter(manning: Manning, person: string): Manning {
  const seat = seatOf(manning, person);
  if (seat === null) return manning;
  const members = seat.booth.members.filter((member) => member.person !== person);
  return { ...manning, [seat.booth.id]: tidied({ ...seat.booth, members }) };
}

/** Their line is down or back. A microphone closes with the line, and stays closed until its owner opens it. */
export function interpreterLine(manning: Manning, person: string, connected: boolean): Manning {
  const seat = seatOf(manning, person);
  if (seat === null) return manning;
  const fields = connected ? { connected } : { connected, live: false, coughing: false };
  return { ...manning, [seat.booth.id]: tidied(withMember(seat.booth, person, fields)) };
}

/** Booths that were taken away or changed take their interpreters' microphones with them. */
export function refitted(manning: Manning, booths: Readonly<Record<string, Booth>>): Manning {
  const kept: Record<string, MannedBooth> = {};
  for (const manned of Object.values(manning)) {
    const booth = booths[manned.id];
    const [first] = booth?.languages ?? [];
    if (booth === undefined || first === undefined) continue;
    kept[manned.id] = tidied({ ...manned, members: manned.members.map((member) => (booth.languages.includes(member.outgoing) ? member : { ...member, outgoing: first, live: false, coughing: false })) });
  }
  return kept;
}

function enter(manning: Manning, booth: Booth | undefined, actor: ConsoleActor): ConsoleDecision {
  const [outgoing] = booth?.languages ?? [];
  if (booth === undefined || outgoing === undefined) return refused('BOOTH_UNKNOWN');
  if (seatOf(manning, actor.person)?.booth.id === booth.id) return { manning, reason: null };
  if ((manning[booth.id]?.members.length ?? 0) >= BOOTH_MAX_MEMBERS) return refused('BOOTH_FULL');
  const left = withoutInterpreter(manning, actor.person);
  const manned = left[booth.id] ?? { id: booth.id, members: [], handOver: null };
  const member: Interpreter = { ...actor, incoming: 'floor', outgoing, live: false, coughing: false, connected: true };
  return put(left, { ...manned, members: [...manned.members, member] });
}

function microphone(manning: Manning, { booth, member }: Seat, on: boolean): ConsoleDecision {
  if (member.live === on) return { manning, reason: null };
  if (on && (onAir(manning, member.outgoing) !== null || booth.members.some(({ live }) => live))) return refused('MICROPHONE_TAKEN');
  return put(manning, tidied(withMember(booth, member.person, { live: on, coughing: false })));
}

function outgoing(manning: Manning, { booth, member }: Seat, language: Language, languages: readonly Language[]): ConsoleDecision {
  if (!languages.includes(language)) return refused('BOOTH_LANGUAGE');
  if (member.outgoing === language) return { manning, reason: null };
  if (member.live && onAir(manning, language) !== null) return refused('MICROPHONE_TAKEN');
  // Who hears themselves as relay hears nothing else.
  const incoming = member.incoming === language ? 'floor' : member.incoming;
  return put(manning, withMember(booth, member.person, { outgoing: language, incoming }));
}

function incoming(manning: Manning, { booth, member }: Seat, { channel }: ConsoleDeedOf<'incoming'>): ConsoleDecision {
  if (channel === member.outgoing) return refused('BOOTH_LANGUAGE');
  return put(manning, withMember(booth, member.person, { incoming: channel }));
}

function ask(manning: Manning, { booth, member }: Seat, to: string | null): ConsoleDecision {
  const live = booth.members.find((each) => each.live);
  if (live === undefined) return refused('HANDOVER_UNKNOWN');
  const other = to === null ? member : booth.members.find(({ person }) => person === to);
  if (other === undefined || !other.connected || other === live || (to !== null && live !== member)) return refused('HANDOVER_UNKNOWN');
  const handOver: HandOver = { from: live.person, to: other.person, askedBy: to === null ? 'to' : 'from' };
  return put(manning, { ...booth, handOver });
}

function answer(manning: Manning, { booth, member }: Seat, accept: boolean): ConsoleDecision {
  const { handOver } = booth;
  const asked = handOver?.askedBy === 'from' ? handOver.to : handOver?.from;
  if (handOver === null || asked !== member.person) return refused('HANDOVER_UNKNOWN');
  if (!accept) return put(manning, { ...booth, handOver: null });
  const from = booth.members.find(({ person }) => person === handOver.from);
  if (from === undefined) return refused('HANDOVER_UNKNOWN');
  const closed = withMember(booth, handOver.from, { live: false, coughing: false });
  // Into the language that was being spoken: listeners stay where they are.
  const opened = withMember(closed, handOver.to, { live: true, coughing: false, outgoing: from.outgoing, incoming: from.incoming });
  return put(manning, { ...opened, handOver: null });
}

/**
 * What becomes of something done at a console. `alert` changes nothing here.
 * @param booths those of the session
 */
export function decideConsole(manning: Manning, booths: Readonly<Record<string, Booth>>, actor: ConsoleActor, deed: ConsoleDeed): ConsoleDecision {
  if (deed.kind === 'enter') return enter(manning, booths[deed.booth], actor);
  const seat = seatOf(manning, actor.person);
  if (seat === null) return refused('NOT_IN_BOOTH');
  switch (deed.kind) {
    case 'leave': return { manning: withoutInterpreter(manning, actor.person), reason: null };
    case 'incoming': return incoming(manning, seat, deed);
    case 'outgoing': return outgoing(manning, seat, deed.language, booths[seat.booth.id]?.languages ?? []);
    case 'microphone': return microphone(manning, seat, deed.on);
    case 'cough': return put(manning, withMember(seat.booth, actor.person, { coughing: deed.on && seat.member.live }));
    case 'handOver': return ask(manning, seat, deed.to);
    case 'takeOver': return ask(manning, seat, null);
    case 'answerHandOver': return answer(manning, seat, deed.accept);
    case 'cancelHandOver': return put(manning, { ...seat.booth, handOver: null });
    case 'alert': return { manning, reason: null };
  }
}
