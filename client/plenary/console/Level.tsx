import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LevelMeter } from '../../ui/components/Meter.tsx';
import { useDesk } from './desk.ts';

/** How loud a line is, ten times a second: mine before it is sent, or what comes in before my volume. */
export function Level({ of, label }: { readonly of: 'microphone' | 'incoming'; readonly label: string }) {
  const desk = useDesk();
  const level = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => { level.value = desk.plenary.sound.level(of === 'microphone' ? 'microphone' : desk.incomingLine()); }, 100);
    return () => { clearInterval(timer); };
  }, [desk, of]);
  return (
    <div class="console__level">
      <span class="field__hint" aria-hidden="true">{label}</span>
      <LevelMeter level={level} label={label} />
    </div>
  );
}
