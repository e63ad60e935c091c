import { useRef } from 'preact/hooks';
import { IconButton } from '../../../ui/components/Button.tsx';
import { t } from '../../../ui/i18n.ts';
import { SIGN_WIDTHS, changePreferences, preferences } from '../../preferences.ts';
import { VideoSlot } from './VideoSlot.tsx';

const REM = 16;

function nearestWidth(rem: number): number {
  let best = 0;
  SIGN_WIDTHS.forEach((width, index) => { if (Math.abs(width - rem) < Math.abs((SIGN_WIDTHS[best] ?? 0) - rem)) best = index; });
  return best;
}

/** The sign-language interpreter: pinned over the stage, always in front, as large as one wants, on either side. */
export function SignWindow({ stream }: { readonly stream: MediaStream }) {
  const { signWidth, signAtEnd } = preferences.value;
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (to: number): void => { changePreferences({ signWidth: Math.max(0, Math.min(SIGN_WIDTHS.length - 1, to)) }); };
  return (
    <figure class={`sign ${signAtEnd ? 'sign--end' : 'sign--start'}`} style={{ '--sign': `${SIGN_WIDTHS[signWidth] ?? 12}rem` }} aria-label={t('plenary.sign.title')}>
      <VideoSlot stream={stream} label={t('plenary.sign.title')} fit="cover" />
      <figcaption class="sign__bar">
        <IconButton icon="minus" label={t('plenary.sign.smaller')} disabled={signWidth === 0} onClick={() => { resize(signWidth - 1); }} />
        <IconButton icon="plus" label={t('plenary.sign.larger')} disabled={signWidth === SIGN_WIDTHS.length - 1} onClick={() => { resize(signWidth + 1); }} />
        <IconButton icon="next" label={t('plenary.sign.side')} onClick={() => { changePreferences({ signAtEnd: !signAtEnd }); }} />
      </figcaption>
      <span
        class="sign__grip" aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { x: event.clientX, width: SIGN_WIDTHS[signWidth] ?? 12 };
        }}
        onPointerMove={(event) => {
          if (grip.current === null) return;
          const outwards = (document.documentElement.dir === 'rtl') === signAtEnd ? 1 : -1;
          resize(nearestWidth(grip.current.width + outwards * (event.clientX - grip.current.x) / REM));
        }}
        onPointerUp={() => { grip.current = null; }}
      />
    </figure>
  );
}
