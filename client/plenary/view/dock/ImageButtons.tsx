import { mayAskFloor, mayShareScreen } from '../../../../shared/rules/plenary/rights.ts';
import { IconButton } from '../../../ui/components/Button.tsx';
import { t } from '../../../ui/i18n.ts';
import { useSession } from '../context.ts';

/** Camera and screen. The camera is shown to the others only with the floor or the chair; an interpreter's is that for sign language. */
export function ImageButtons() {
  const { plenary, state, me } = useSession();
  const { camera, sharing } = plenary.images;
  const sign = me.role === 'interpreter';
  const on = camera.value === 'on';
  return (
    <>
      {(sign || mayAskFloor(state, me)) && (
        <IconButton
          icon="camera" class="image-button" pressed={on} disabled={camera.value === 'asking'} label={t(sign ? 'plenary.camera.sign' : 'plenary.camera.mine')}
          onClick={() => { void plenary.images.setCamera(!on, sign); }}
        />
      )}
      {camera.value === 'failed' && <span class="dock__hint" role="status">{t('plenary.camera.failed')}</span>}
      {mayShareScreen(state, me) && <IconButton icon="screen" class="image-button" pressed={sharing.value} label={t('plenary.screen.mine')} onClick={() => { void plenary.images.setScreen(!sharing.value); }} />}
    </>
  );
}
