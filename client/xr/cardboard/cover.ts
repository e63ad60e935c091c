import './cover.css';

export interface CoverTexts {
  readonly waiting: string;
  /** To whoever holds the phone upright. */
  readonly turn: string;
  readonly leave: string;
}

/** On the page's root while a phone stands in a viewer: its style sheet gives the picture the whole screen. */
const MARK = 'viewer';

/** What lies over the picture of a phone in a viewer: a word while there is none yet, how to hold the phone, and the way out. */
export class Cover {
  private readonly element = document.createElement('div');
  private readonly button = document.createElement('button');

  constructor(session: XRSession, { waiting, turn, leave }: CoverTexts) {
    const { element, button } = this;
    element.className = 'viewer-cover';
    const wait = document.createElement('p');
    wait.className = 'viewer-cover__wait';
    wait.textContent = waiting;
    const hint = document.createElement('p');
    hint.className = 'viewer-cover__turn';
    hint.textContent = turn;
    button.type = 'button';
    button.className = 'viewer-cover__leave';
    button.textContent = leave;
    button.addEventListener('click', () => void session.end().catch(() => undefined));
    element.append(wait, hint, button);
    // Only what is inside the element on full screen is seen. iPhones have no full screen for it.
    (document.fullscreenElement ?? document.body).append(element);
    document.documentElement.dataset[MARK] = '';
    session.requestAnimationFrame(() => element.classList.add('viewer-cover--shown'));
    session.addEventListener('end', this.onEnd, { once: true });
  }

  /** Whether a touch is meant for the way out, and not for the venue. */
  takes(event: Event): boolean {
    return event.composedPath().includes(this.button);
  }

  private readonly onEnd = (): void => {
    this.element.remove();
    delete document.documentElement.dataset[MARK];
  };
}
