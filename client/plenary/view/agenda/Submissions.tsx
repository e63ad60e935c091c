import { useState } from 'preact/hooks';
import type { AgendaItem, Submission } from '../../../../shared/protocol/plenary/state.ts';
import { COMMENT_MAX_LENGTH, CONTRIBUTION_MAX_LENGTH, QUESTION_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { isActive } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Switch } from '../../../ui/components/fields.tsx';
import { t } from '../../../ui/i18n.ts';
import { perform, usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { Named } from '../parts/Named.tsx';
import { TextBox, fits } from '../parts/TextBox.tsx';

interface HandInProps {
  readonly summary: string;
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly most: number;
  /** @returns whether it was taken */
  readonly onSubmit: (text: string) => Promise<boolean>;
}

/** A form to be unfolded: what is written stays until it is taken. */
function HandIn({ summary, label, hint, submit, most, onSubmit }: HandInProps) {
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    if (fits(text, most) && await onSubmit(text.trim())) setText('');
  };
  return (
    <details class="details">
      <summary>{summary}</summary>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <TextBox label={label} hint={hint} value={text} most={most} counts rows={6} onInput={setText} />
        <Button submit tone="primary" disabled={!fits(text, most)}>{submit}</Button>
      </form>
    </details>
  );
}

function SubmissionRow({ submission, onRetract }: { readonly submission: Submission; readonly onRetract?: () => void }) {
  return (
    <li class="entry entry--block">
      <Named speaker={submission.speaker} />
      <p class="entry__text" dir="auto">{submission.text}</p>
      {onRetract !== undefined && <Button size="small" onClick={onRetract}>{t('plenary.submissions.retract')}</Button>}
    </li>
  );
}

/** Comments for the summary record (group `approved`) and contributions (group `discussed`). */
export function Submissions({ item }: { readonly item: AgendaItem }) {
  const { plenary, state, me } = useSession();
  const press = usePress();
  const active = isActive(state, me);
  return (
    <>
      {item.comments.length > 0 && <ul class="entries" aria-label={t('plenary.submissions.comments')}>{item.comments.map((each) => <SubmissionRow key={each.id} submission={each} />)}</ul>}
      {item.contributions.length > 0 && (
        <ul class="entries" aria-label={t('plenary.submissions.contributions')}>
          {item.contributions.map((each) => (
            <SubmissionRow key={each.id} submission={each} {...(active && each.speaker.entity === me.entity ? { onRetract: () => { press({ kind: 'retract', item: item.id, submission: each.id }); } } : {})} />
          ))}
        </ul>
      )}
      {active && item.group === 'approved' && (
        <HandIn
          summary={t('plenary.submissions.addComment')} label={t('plenary.submissions.comment')} hint={t('plenary.submissions.commentHint')} submit={t('plenary.submissions.submitComment')} most={COMMENT_MAX_LENGTH}
          onSubmit={(text) => perform(plenary, { kind: 'comment', item: item.id, text })}
        />
      )}
      {active && item.group === 'discussed' && (
        <HandIn
          summary={t('plenary.submissions.addContribution')} label={t('plenary.submissions.contribution')} hint={t('plenary.submissions.contributionHint')} submit={t('plenary.submissions.submitContribution')} most={CONTRIBUTION_MAX_LENGTH}
          onSubmit={(text) => perform(plenary, { kind: 'contribute', item: item.id, text })}
        />
      )}
    </>
  );
}

function AnswerForm({ question, answer, published }: { readonly question: string; readonly answer: string; readonly published: boolean }) {
  const { plenary } = useSession();
  const [text, setText] = useState(answer);
  const [shown, setShown] = useState(published || answer === '');
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void perform(plenary, { kind: 'answer', question, text: text.trim(), published: shown }); }}>
      <TextBox label={t('plenary.questions.answer')} value={text} most={QUESTION_MAX_LENGTH} rows={3} onInput={setText} />
      <Switch label={t('plenary.questions.publish')} checked={shown} onChange={setShown} />
      <Button submit size="small">{t('plenary.questions.save')}</Button>
    </form>
  );
}

/** Clarifications asked for, with the secretariat's answers as soon as these are published. */
export function Questions({ item }: { readonly item: AgendaItem }) {
  const { plenary, state, me } = useSession();
  const questions = Object.values(state.questions).filter((each) => each.item === item.id).sort((a, b) => a.at - b.at);
  return (
    <>
      {questions.length > 0 && (
        <ul class="entries" aria-label={t('plenary.questions.title')}>
          {questions.map((each) => (
            <li key={each.id} class="entry entry--block">
              <Named speaker={each.speaker} />
              <p class="entry__text" dir="auto">{each.text}</p>
              {!each.published && <Chip icon="lock">{t('plenary.questions.unpublished')}</Chip>}
              {each.answer !== '' && <blockquote class="answer" dir="auto">{each.answer}</blockquote>}
              {me.role === 'secretariat' && <AnswerForm question={each.id} answer={each.answer} published={each.published} />}
            </li>
          ))}
        </ul>
      )}
      {isActive(state, me) && (
        <HandIn
          summary={t('plenary.questions.add')} label={t('plenary.questions.question')} hint={t('plenary.questions.hint')} submit={t('plenary.questions.submit')} most={QUESTION_MAX_LENGTH}
          onSubmit={(text) => perform(plenary, { kind: 'ask', item: item.id, text })}
        />
      )}
    </>
  );
}
