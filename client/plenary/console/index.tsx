/** The interpreters' console. Fetched by those who interpret. */
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { audioContext } from '../../audio/context.ts';
import { usePlenary } from '../view/context.ts';
import { Booths } from './Booths.tsx';
import { Console } from './Console.tsx';
import { ConsoleDesk, DeskContext, useDesk } from './desk.ts';
import { listenForKeys } from './keys.ts';
import { observeConsole } from './observer.ts';
import { consolePreferences } from './preferences.ts';
import { Headset } from './sound/headset.ts';
import './console.css';

function Content() {
  return useDesk().place.value === null ? <Booths /> : <Console />;
}

/** The workplace of an interpreter: a booth to be chosen, then its console. */
export function Workplace() {
  const plenary = usePlenary();
  const desk = useMemo(() => new ConsoleDesk(plenary, typeof AudioContext === 'undefined' ? null : new Headset(audioContext(), consolePreferences.peek())), [plenary]);
  useLayoutEffect(() => {
    plenary.sound.insert(desk.headset);
    const ends = [observeConsole(desk), listenForKeys(desk)];
    return () => {
      for (const end of ends) end();
      plenary.sound.insert(null);
      desk.close();
    };
  }, [plenary, desk]);
  return <DeskContext.Provider value={desk}><Content /></DeskContext.Provider>;
}
