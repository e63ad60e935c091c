import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LevelMeter } from '../../../ui/components/Meter.tsx';
import { t } from '../../../ui/i18n.ts';
import { usePlenary } from '../context.ts';

/** How loud the floor is: what comes in, or what one says oneself. */
export function FloorMeter({ mine }: { readonly mine: boolean }) {
  const plenary = usePlenary();
  const level = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => { level.value = plenary.sound.level(mine ? 'microphone' : 'floor'); }, 100);
    return () => { clearInterval(timer); };
  }, [plenary, mine]);
  return <LevelMeter level={level} label={t(mine ? 'device.level' : 'plenary.stage.level')} />;
}
