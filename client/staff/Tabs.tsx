import { useState } from 'preact/hooks';
import { t } from '../ui/i18n.ts';
import type { Section } from './sections.ts';

/** Steps in the order of reading: the arrow that points onwards is the left one in Arabic. */
function stepOf(key: string): number {
  const onwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = onwards === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  return key === onwards ? 1 : key === back ? -1 : 0;
}

/** Tabs after the ARIA pattern: arrows move between them, one is in the tab order. A single section needs none. */
export function Tabs({ sections }: { readonly sections: readonly Section[] }) {
  const [chosen, choose] = useState(() => sections.find(({ id }) => location.hash === `#${id}`)?.id ?? sections[0]?.id);
  const current = sections.find(({ id }) => id === chosen) ?? sections[0];
  if (current === undefined) return null;
  const show = (section: Section): void => {
    choose(section.id);
    history.replaceState(null, '', `#${section.id}`);
    document.getElementById(`tab-${section.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = sections.indexOf(current);
    const step = stepOf(event.key);
    const next = event.key === 'Home' ? sections[0] : event.key === 'End' ? sections.at(-1) : step === 0 ? undefined : sections[(at + step + sections.length) % sections.length];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  };
  if (sections.length === 1) return <current.Component />;
  return (
    <>
      <div class="tabs" role="tablist" aria-label={t('staff.sections')} onKeyDown={onKeyDown}>
        {sections.map((section) => (
          <button
            key={section.id}
            id={`tab-${section.id}`}
            type="button"
            role="tab"
            class="tab"
            aria-selected={section === current}
            aria-controls={`panel-${section.id}`}
            tabIndex={section === current ? 0 : -1}
            onClick={() => { show(section); }}
          >
            {t(section.title)}
          </button>
        ))}
      </div>
      <div id={`panel-${current.id}`} role="tabpanel" aria-labelledby={`tab-${current.id}`} class="staff__panel"><current.Component /></div>
    </>
  );
}
