import { useState } from 'preact/hooks';
import type { Conclusion } from '../../../../shared/protocol/plenary/state.ts';
import { REASON_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { presides, speaksForState } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { perform, useNow, usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { TextBox } from '../parts/TextBox.tsx';
import { openWindows } from '../selectors.ts';
import { clockText, durationText, speakerText } from '../texts.ts';

/** Numbers of the items that it is about: "PL-1.1, PL-1.2". */
export function useNumbers({ items }: Conclusion): string {
  const { state } = useSession();
  return items.map((id) => state.items[id]?.number ?? '').join(', ');
}

interface OpposeProps {
  readonly conclusion: Conclusion;
  readonly kind: 'object' | 'postpone';
  readonly onClose: () => void;
}

/** One objection defers the item for everybody, so it is asked about, with what follows from it. */
function OpposeQuestion({ conclusion, kind, onClose }: OpposeProps) {
  const { plenary, me } = useSession();
  const [reason, setReason] = useState('');
  return (
    <Question
      title={t(kind === 'object' ? 'plenary.window.objectTitle' : 'plenary.window.postponeTitle')}
      confirm={t(kind === 'object' ? 'plenary.window.object' : 'plenary.window.postpone')}
      danger
      act={() => perform(plenary, { kind, conclusion: conclusion.id, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>{t('plenary.window.consequence', { entity: me.entity, numbers: useNumbers(conclusion) })}</p>
      <TextBox label={t('plenary.window.reason')} value={reason} most={REASON_MAX_LENGTH} rows={3} onInput={setReason} />
    </Question>
  );
}

function WindowClock({ conclusion }: { readonly conclusion: Conclusion }) {
  const { state } = useSession();
  const now = useNow(250);
  const left = conclusion.closesAt - now;
  if (state.meeting.status !== 'open') return <Chip icon="pause">{t('plenary.window.waits')}</Chip>;
  const share = Math.max(0, Math.min(1, left / Math.max(1, conclusion.closesAt - conclusion.putAt)));
  return (
    <span class="window__clock" role="timer" aria-live="off" aria-label={t('plenary.clock.left', { time: durationText(left) })}>
      <span class="window__figures" aria-hidden="true">{clockText(left + 999, shownLanguage.value)}</span>
      <span class="window__bar" aria-hidden="true" style={{ '--fraction': share.toFixed(3) }} />
    </span>
  );
}

function Window({ conclusion }: { readonly conclusion: Conclusion }) {
  const { state, me } = useSession();
  const press = usePress();
  const [asking, ask] = useState<'object' | 'postpone' | null>(null);
  const id = `plenary-window-${conclusion.id}`;
  return (
    <section class="window" aria-labelledby={id}>
      <div class="window__head">
        <h2 id={id} class="window__title"><Icon name="gavel" />{t('plenary.window.title', { numbers: useNumbers(conclusion) })}</h2>
        <WindowClock conclusion={conclusion} />
      </div>
      <p class="window__text" dir="auto" tabIndex={0}>{conclusion.text}</p>
      <div class="button-row">
        {speaksForState(state, me) && <Button tone="danger" onClick={() => { ask('object'); }}>{t('plenary.window.object')}</Button>}
        {speaksForState(state, me) && <Button onClick={() => { ask('postpone'); }}>{t('plenary.window.postpone')}</Button>}
        {presides(state, me) && <Button onClick={() => { press({ kind: 'retractConclusion', conclusion: conclusion.id }); }}>{t('plenary.window.retract')}</Button>}
      </div>
      {asking !== null && <OpposeQuestion conclusion={conclusion} kind={asking} onClose={() => { ask(null); }} />}
    </section>
  );
}

/** What may be objected to now, over everything else. */
export function ObjectionWindows() {
  const { state } = useSession();
  return <>{openWindows(state).map((conclusion) => <Window key={conclusion.id} conclusion={conclusion} />)}</>;
}

const TONES = { window: 'accent', standing: 'good', objected: 'bad', postponed: 'warn', withdrawn: 'plain' } as const;

function Past({ conclusion }: { readonly conclusion: Conclusion }) {
  const { by, reason, status } = conclusion;
  return (
    <li class="entry entry--block">
      <p class="entry__kind">{useNumbers(conclusion)} <Chip tone={TONES[status]}>{t(`plenary.conclusion.${status}`)}</Chip></p>
      <p class="entry__text" dir="auto">{conclusion.text}</p>
      {by !== null && <p class="muted">{t('plenary.conclusion.by', { speaker: speakerText(by) })}{reason !== '' && <> <bdi>{reason}</bdi></>}</p>}
    </li>
  );
}

/** What has become of all that was put. */
export function ConclusionList() {
  const { state } = useSession();
  const all = Object.values(state.conclusions).sort((a, b) => b.putAt - a.putAt);
  if (all.length === 0) return <p class="empty">{t('plenary.conclusion.none')}</p>;
  return <ol class="entries">{all.map((conclusion) => <Past key={conclusion.id} conclusion={conclusion} />)}</ol>;
}
