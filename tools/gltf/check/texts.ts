/** What `venue.json` must say in words: names in six languages (the schema checks each), and credits. */
import type { Layout, Venue } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';

/** Checks that the scene, every space and every place have names, that nothing else has, and that somebody is credited. */
export function checkTexts(venue: Venue, layout: Layout, findings: Findings): void {
  const wanted = new Map<string, string>([['scene', 'the scene']]);
  for (const { id } of layout.spaces) wanted.set(id, `the space "${id}"`);
  for (const { id } of layout.places) wanted.set(id, `the place "${id}"`);
  for (const [id, what] of wanted) {
    if (!Object.hasOwn(venue.names, id)) findings.error({ code: 'no-name', where: 'venue.json at names', message: `${what} has no name.`, fix: `Add "${id}" with a text in en, fr, es, ru, zh and ar.` });
  }
  for (const id of Object.keys(venue.names)) {
    if (!wanted.has(id)) findings.warn({ code: 'unused-name', where: `venue.json at names.${id}`, message: 'no space or place has this id.', fix: 'Remove the name, or mend the id in the scene.' });
  }
  if (venue.credits.length === 0) {
    findings.error({ code: 'no-credits', where: 'venue.json at credits', message: 'nobody is credited.', fix: 'Say who made what, under which licence and where it came from, also for your own work.' });
  }
  venue.credits.forEach((credit, index) => {
    for (const key of ['what', 'author', 'licence', 'source'] as const) {
      if (credit[key].trim() === '') findings.error({ code: 'empty-credit', where: `venue.json at credits[${index}].${key}`, message: 'it is empty.', fix: 'Every credit says what, by whom, under which licence, and from where.' });
    }
  });
}
