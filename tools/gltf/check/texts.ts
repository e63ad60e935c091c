/** What `venue.json` must say in words: names and texts in six languages (the schema checks each), and credits with licences. */
import type { Layout, Venue } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';

const LANGUAGES = 'en, fr, es, ru, zh and ar';

/** Checks that everything with a name or a text has it, that nothing else has, and that somebody is credited. */
export function checkTexts(venue: Venue, layout: Layout, findings: Findings): void {
  checkNames(venue, layout, findings);
  const lists = [
    { key: 'exhibits', what: 'exhibit', marks: layout.exhibits, texts: venue.exhibits ?? {} },
    { key: 'panoramas', what: '360-degree stand', marks: layout.panoramas, texts: venue.panoramas ?? {} },
    { key: 'activities', what: 'activity', marks: layout.activities, texts: venue.activities ?? {} },
  ];
  for (const { key, what, marks, texts } of lists) {
    for (const { id } of marks) {
      if (!Object.hasOwn(texts, id)) findings.error({ code: 'no-text', where: `venue.json at ${key}`, message: `the ${what} "${id}" has no text.`, fix: `Add "${id}" with title and text in ${LANGUAGES}; see tools/gltf/README.md.` });
    }
    for (const id of Object.keys(texts)) {
      if (!marks.some((mark) => mark.id === id)) findings.warn({ code: 'unused-text', where: `venue.json at ${key}.${id}`, message: `no ${what} has this id.`, fix: 'Remove the text, or mend the id in the scene.' });
    }
  }
  checkCredits(venue, findings);
}

function checkNames(venue: Venue, layout: Layout, findings: Findings): void {
  const wanted = new Map<string, string>([['scene', 'the scene']]);
  const add = (what: string, items: readonly { id: string }[]): void => {
    for (const { id } of items) if (!wanted.has(id)) wanted.set(id, `the ${what} "${id}"`);
  };
  add('space', layout.spaces);
  add('zone', layout.zones);
  add('place', layout.places);
  add('link', layout.links);
  for (const [id, what] of wanted) {
    if (!Object.hasOwn(venue.names, id)) findings.error({ code: 'no-name', where: 'venue.json at names', message: `${what} has no name.`, fix: `Add "${id}" with a text in ${LANGUAGES}.` });
  }
  for (const id of Object.keys(venue.names)) {
    if (!wanted.has(id)) findings.warn({ code: 'unused-name', where: `venue.json at names.${id}`, message: 'no space, zone, place or link has this id.', fix: 'Remove the name, or mend the id in the scene.' });
  }
}

function checkCredits(venue: Venue, findings: Findings): void {
  if (venue.credits.length === 0) {
    findings.error({ code: 'no-credits', where: 'venue.json at credits', message: 'nobody is credited.', fix: 'Say who made what, under which licence and where it came from, also for your own work.' });
  }
  venue.credits.forEach((credit, index) => {
    for (const key of ['what', 'author', 'licence', 'source'] as const) {
      if (credit[key].trim() === '') findings.error({ code: 'empty-credit', where: `venue.json at credits[${index}].${key}`, message: 'it is empty.', fix: 'Every credit says what, by whom, under which licence, and from where.' });
    }
  });
}
