import type { Motion } from '../../../../shared/protocol/plenary/state.ts';
import { isOfficer, presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { t } from '../../../ui/i18n.ts';
import { usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { Named } from '../parts/Named.tsx';

function MotionRow({ motion }: { readonly motion: Motion }) {
  const { state, me } = useSession();
  const press = usePress();
  const officer = isOfficer(state, me);
  const settle = (outcome: 'upheld' | 'rejected' | 'withdrawn'): void => { press({ kind: 'settle', motion: motion.id, outcome }); };
  return (
    <li class="entry entry--motion">
      <p class="entry__kind">{t(`plenary.motion.${motion.kind}`)} {motion.heard && <Chip tone="good" icon="check">{t('plenary.motions.heard')}</Chip>}</p>
      <Named speaker={motion.speaker} />
      {motion.text !== '' && <p class="entry__text" dir="auto">{motion.text}</p>}
      <div class="button-row">
        {officer && !motion.heard && <Button size="small" tone="primary" icon="mic" onClick={() => { press({ kind: 'hear', motion: motion.id }); }}>{t('plenary.motions.hear')}</Button>}
        {presides(state, me) && <Button size="small" onClick={() => { settle('upheld'); }}>{t('plenary.motions.uphold')}</Button>}
        {presides(state, me) && <Button size="small" onClick={() => { settle('rejected'); }}>{t('plenary.motions.reject')}</Button>}
        {motion.speaker.person === me.person && <Button size="small" onClick={() => { settle('withdrawn'); }}>{t('plenary.motions.withdraw')}</Button>}
      </div>
    </li>
  );
}

/** Points of order and motions that wait, in their order of precedence. Those who conduct see them on the stage, whatever else they have open. */
export function Motions() {
  const { motions } = useSession().state;
  if (motions.length === 0) return null;
  return (
    <section aria-labelledby="plenary-motions">
      <GroupTitle level={3}><span id="plenary-motions">{t('plenary.motions.title')}</span></GroupTitle>
      <ol class="entries">{motions.map((motion) => <MotionRow key={motion.id} motion={motion} />)}</ol>
    </section>
  );
}
