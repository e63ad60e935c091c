import { signal } from '@preact/signals';

interface Announcement {
  readonly id: number;
  readonly text: string;
}

/** Long enough for a screen reader to queue it, short enough that nobody finds old news when reading through the page. */
const KEPT_MS = 8000;

const polite = signal<readonly Announcement[]>([]);
const assertive = signal<readonly Announcement[]>([]);
let nextId = 1;

/** Says something to screen readers without showing it. `assertive` interrupts: for what the person must know now. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  const region = urgency === 'assertive' ? assertive : polite;
  const entry = { id: nextId, text };
  nextId += 1;
  region.value = [...region.peek(), entry];
  setTimeout(() => { region.value = region.peek().filter((each) => each !== entry); }, KEPT_MS);
}

/** The live regions; they must be in the page before the first announcement, so they are rendered once, at the root. */
export function LiveRegions() {
  return (
    <div class="visually-hidden">
      <div role="status" aria-live="polite" aria-atomic="false" aria-relevant="additions" data-live="polite">
        {polite.value.map((each) => <p key={each.id}>{each.text}</p>)}
      </div>
      <div role="alert" aria-live="assertive" aria-atomic="false" aria-relevant="additions" data-live="assertive">
        {assertive.value.map((each) => <p key={each.id}>{each.text}</p>)}
      </div>
    </div>
  );
}
