import { useState } from 'preact/hooks';
import type { Booth } from '../../../../shared/protocol/plenary/booths.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { isOfficer } from '../../../../shared/rules/plenary/rights.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { Switch } from '../../../ui/components/fields.tsx';
import { formatList } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { perform, usePress, useSession } from '../context.ts';
import { LineBox, fits } from '../parts/TextBox.tsx';

const NAME_MAX_LENGTH = 40;

function languagesText(languages: readonly Language[]): string {
  return formatList(languages.map((language) => LANGUAGE_NAMES[language]), shownLanguage.value);
}

/** A new booth (`booth` null), or another name and other languages for one. */
function BoothForm({ booth, onClose }: { readonly booth: Booth | null; readonly onClose: () => void }) {
  const { plenary } = useSession();
  const [name, setName] = useState(booth?.name ?? '');
  const [languages, setLanguages] = useState<readonly Language[]>(booth?.languages ?? []);
  const choose = (language: Language, on: boolean): void => { setLanguages((now) => (on ? [...now, language] : now.filter((each) => each !== language))); };
  const act = async (): Promise<boolean> => {
    if (languages.length === 0) return false;
    // A booth without a name is called by its languages.
    const called = fits(name, NAME_MAX_LENGTH) ? name.trim() : languagesText(languages).slice(0, NAME_MAX_LENGTH);
    return perform(plenary, { kind: 'putBooth', booth: booth?.id ?? null, name: called, languages: [...languages] });
  };
  return (
    <Question title={t(booth === null ? 'plenary.booths.add' : 'plenary.booths.edit')} confirm={t('plenary.save')} act={act} onClose={onClose}>
      <LineBox label={t('plenary.booths.name')} value={name} most={NAME_MAX_LENGTH} onInput={setName} />
      <fieldset class="stack">
        <legend class="field__label">{t('plenary.booths.languages')}</legend>
        {LANGUAGES.map((language) => <Switch key={language} label={LANGUAGE_NAMES[language]} checked={languages.includes(language)} onChange={(on) => { choose(language, on); }} />)}
      </fieldset>
    </Question>
  );
}

function DropQuestion({ booth, onClose }: { readonly booth: Booth; readonly onClose: () => void }) {
  const { plenary } = useSession();
  return (
    <Question title={t('plenary.booths.dropTitle', { name: booth.name })} confirm={t('plenary.booths.drop')} danger act={() => perform(plenary, { kind: 'dropBooth', booth: booth.id })} onClose={onClose}>
      <p>{t('plenary.booths.dropText')}</p>
    </Question>
  );
}

/** Which interpreters' booths there are, and into which languages they interpret. Set up by chair, secretariat and technicians. */
export function Booths() {
  const { state, me } = useSession();
  const press = usePress();
  const [editing, edit] = useState<Booth | 'new' | null>(null);
  const [dropping, drop] = useState<Booth | null>(null);
  if (!isOfficer(state, me) && me.role !== 'technician') return null;
  const booths = Object.values(state.booths);
  return (
    <section aria-labelledby="plenary-booths">
      <GroupTitle level={3}><span id="plenary-booths">{t('plenary.booths.title')}</span></GroupTitle>
      {booths.length === 0 && <p class="empty">{t('plenary.booths.none')}</p>}
      <ul class="entries">
        {booths.map((booth) => (
          <li key={booth.id} class="entry entry--block">
            <p class="entry__kind"><bdi>{booth.name}</bdi></p>
            <p class="muted">{languagesText(booth.languages)}</p>
            <div class="button-row">
              <IconButton icon="pen" label={`${t('plenary.booths.edit')}: ${booth.name}`} onClick={() => { edit(booth); }} />
              <IconButton icon="close" tone="danger" label={`${t('plenary.booths.drop')}: ${booth.name}`} onClick={() => { drop(booth); }} />
            </div>
          </li>
        ))}
      </ul>
      <div class="button-row">
        <Button size="small" icon="plus" onClick={() => { edit('new'); }}>{t('plenary.booths.add')}</Button>
        {booths.length === 0 && (
          <Button size="small" onClick={() => { for (const language of LANGUAGES) press({ kind: 'putBooth', booth: null, name: LANGUAGE_NAMES[language], languages: [language] }); }}>{t('plenary.booths.six')}</Button>
        )}
      </div>
      {editing !== null && <BoothForm booth={editing === 'new' ? null : editing} onClose={() => { edit(null); }} />}
      {dropping !== null && <DropQuestion booth={dropping} onClose={() => { drop(null); }} />}
    </section>
  );
}
