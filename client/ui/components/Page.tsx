import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.ts';
import { PrivacyLink } from '../privacy/PrivacyParts.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';

/** The sign of Plenum: seats in two rows around a table, seen from above. */
export function Brand() {
  return (
    <span class="brand">
      <svg class="brand__sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path d="M4 21a12 12 0 0 1 24 0" />
        <path d="M9.5 21a6.5 6.5 0 0 1 13 0" />
        <circle cx="16" cy="21" r="2.2" />
      </svg>
      <span class="brand__name">Plenum</span>
    </span>
  );
}

/** A far shore with mountains, the lake below: the calm ground of the pages outside the venue. Decorative. */
function Shore() {
  return (
    <svg class="shore" viewBox="0 0 1440 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <path class="shore__far" d="M0 250 L120 214 L235 232 L352 150 L430 188 L520 96 L604 168 L676 128 L770 196 L872 158 L985 222 L1094 176 L1210 228 L1330 196 L1440 232 V420 H0 Z" />
      <path class="shore__near" d="M0 300 L150 272 L300 294 L470 240 L610 282 L760 252 L930 292 L1100 258 L1270 292 L1440 268 V420 H0 Z" />
      <path class="shore__lake" d="M0 330 H1440 V420 H0 Z" />
      <path class="shore__wave" d="M180 352 H460 M760 348 H1010 M420 376 H720 M1080 372 H1330 M90 396 H300 M860 400 H1120" />
    </svg>
  );
}

interface PageProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly width?: 'narrow' | 'wide';
  readonly busy?: boolean;
}

/** A page outside the venue: brand, language menu, one heading that takes the focus when the page appears. */
export function Page({ title, children, width = 'narrow', busy = false }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => { heading.current?.focus({ preventScroll: true }); }, []);
  useEffect(() => { document.title = `${title} · Plenum`; }, [title]);
  return (
    <div class="page">
      <Shore />
      <header class="page__header">
        <Brand />
        <LanguageMenu />
      </header>
      <main class={`page__main page__main--${width}`} aria-busy={busy}>
        <h1 class="page__title" tabIndex={-1} ref={heading}>{title}</h1>
        {children}
      </main>
      <footer class="page__footer">{t('page.footer')} <PrivacyLink /></footer>
    </div>
  );
}
