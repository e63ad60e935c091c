import { useState } from 'preact/hooks';
import type { StaffUpload, UploadState } from '../../../shared/protocol/staff.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { isInWork } from '../desk.ts';
import { formatMoment } from '../format.ts';
import { PublishDialog, RemoveDialog } from './dialogs.tsx';
import { Figures } from './Figures.tsx';
import { Findings } from './Findings.tsx';

type Tone = 'busy' | 'good' | 'bad' | 'plain';

const LOOKS: Readonly<Record<UploadState, { readonly tone: Tone; readonly icon: IconName }>> = {
  receiving: { tone: 'busy', icon: 'refresh' }, unpacking: { tone: 'busy', icon: 'refresh' }, waiting: { tone: 'busy', icon: 'refresh' }, checking: { tone: 'busy', icon: 'refresh' },
  refused: { tone: 'bad', icon: 'warning' }, checked: { tone: 'good', icon: 'check' }, previewed: { tone: 'good', icon: 'check' },
  published: { tone: 'good', icon: 'globe' }, replaced: { tone: 'plain', icon: 'info' }, withdrawn: { tone: 'plain', icon: 'info' },
};

/** A checked scene wants to be looked at first; a former one has been. */
function publishKey(state: UploadState): PlainKey | null {
  if (state === 'previewed' || state === 'checked') return 'staff.action.publish';
  return state === 'replaced' || state === 'withdrawn' ? 'staff.action.again' : null;
}

function Actions({ upload, name }: { readonly upload: StaffUpload; readonly name: string }) {
  const desk = useDesk();
  const [asking, ask] = useState<'publish' | 'remove' | null>(null);
  const label = (key: PlainKey): string => t('staff.action.of', { action: t(key), what: name });
  const publish = upload.kept ? publishKey(upload.state) : null;
  if (isInWork(upload)) return <div class="button-row"><Button label={label('staff.action.stop')} onClick={() => void desk.remove(upload)}>{t('staff.action.stop')}</Button></div>;
  return (
    <div class="button-row">
      {upload.kept && <Button icon="person" label={label('staff.action.preview')} onClick={() => void desk.preview(upload)}>{t('staff.action.preview')}</Button>}
      {publish !== null && <Button tone="primary" disabled={upload.state === 'checked'} describedBy={`${upload.id}-first`} label={label(publish)} onClick={() => { ask('publish'); }}>{t(publish)}</Button>}
      {upload.state !== 'published' && <Button tone="quiet" label={label('staff.action.remove')} onClick={() => { ask('remove'); }}>{t('staff.action.remove')}</Button>}
      {asking === 'publish' && <PublishDialog upload={upload} onClose={() => { ask(null); }} />}
      {asking === 'remove' && <RemoveDialog upload={upload} onClose={() => { ask(null); }} />}
    </div>
  );
}

function PreviewLink({ upload }: { readonly upload: StaffUpload }) {
  const address = useDesk().previews.value.get(upload.id);
  if (address === undefined) return null;
  return <p class="fine-print">{t('staff.preview.ready')} <a class="link" href={address} target="_blank" rel="noopener">{t('staff.action.preview')}</a></p>;
}

/** A package: where it stands, what the check found, what can be done with it. */
export function UploadCard({ upload }: { readonly upload: StaffUpload }) {
  const desk = useDesk();
  const { state, scene, file, bytes, uploaded, report, kept } = upload;
  const { tone, icon } = LOOKS[state];
  const name = scene === '' ? file : desk.nameOf(upload);
  const who = uploaded.name === '' ? t('people.someone') : uploaded.name;
  return (
    <article class="card scene-card" aria-busy={tone === 'busy'} data-upload={upload.id}>
      <h3 class="scene-card__title"><bdi>{name}</bdi> {scene !== '' && <span class="tag" dir="ltr">{scene}</span>}</h3>
      <p class={`state state--${tone}`}><Icon name={icon} /> {t(`staff.state.${state}`)}</p>
      <p class="fine-print">{scene !== '' && <><bdi>{file}</bdi><br /></>}{t('staff.by', { name: who, time: formatMoment(uploaded.at, shownLanguage.value) })}</p>
      <Figures figures={report?.figures ?? null} packageBytes={bytes} />
      {report !== null && <Findings report={report} />}
      {!kept && (state === 'replaced' || state === 'withdrawn') && <p class="fine-print">{t('staff.gone')}</p>}
      {state === 'checked' && <p id={`${upload.id}-first`} class="fine-print">{t('staff.previewFirst')}</p>}
      <PreviewLink upload={upload} />
      <Actions upload={upload} name={name} />
    </article>
  );
}
