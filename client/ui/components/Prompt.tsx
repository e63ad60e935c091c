import type { ComponentChildren } from 'preact';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';

interface PromptProps {
  readonly icon: IconName;
  readonly question: string;
  readonly hint: string;
  /** The answers. */
  readonly children: ComponentChildren;
  /** For what this one looks like besides. */
  readonly kind?: string;
}

/** A question over the view for which nothing waits: one can go on without answering. */
export function Prompt({ icon, question, hint, children, kind = '' }: PromptProps) {
  return (
    <section class={`prompt prompt--asking ${kind}`} aria-label={question}>
      <span class="prompt__sign"><Icon name={icon} /></span>
      <div class="prompt__text">
        <p class="prompt__title">{question}</p>
        <p class="prompt__hint">{hint}</p>
      </div>
      <span class="button-row">{children}</span>
    </section>
  );
}
