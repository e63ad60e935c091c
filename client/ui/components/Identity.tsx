import { useState } from 'preact/hooks';
import type { PersonInfo } from '../../../shared/protocol/people.ts';

/** Flag of an entity, from our own server; nothing where there is none. Decorative: the entity stands beside it in words. */
export function Flag({ country }: { readonly country: string }) {
  const [missing, setMissing] = useState(false);
  if (!/^[a-z]{2}$/.test(country) || missing) return null;
  return <img class="flag" src={`/flags/${country}.svg`} alt="" width={24} height={18} loading="lazy" decoding="async" onError={() => { setMissing(true); }} />;
}

/** First letters of the first and last word of a name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letter = (word: string | undefined): string => (word === undefined ? '' : (/\p{L}/u.exec(word)?.[0] ?? ''));
  return `${letter(first)}${letter(last)}`.toLocaleUpperCase();
}

/** The face of a person: the portrait of their appearance, initials while it loads, if there is none, or before one is chosen (null). Decorative. */
export function Portrait({ appearance, name }: { readonly appearance: string | null; readonly name: string }) {
  const [state, setState] = useState<'loading' | 'shown' | 'missing'>('loading');
  return (
    <span class="portrait" aria-hidden="true">
      {state !== 'shown' && <span class="portrait__initials">{initialsOf(name)}</span>}
      {appearance !== null && state !== 'missing' && (
        <img
          class="portrait__image"
          src={`/avatars/portraits/${appearance}.webp`}
          alt=""
          loading="lazy"
          decoding="async"
          onLoad={() => { setState('shown'); }}
          onError={() => { setState('missing'); }}
        />
      )}
    </span>
  );
}

/** Flag and entity in one line, as under every name. */
export function EntityLine({ person }: { readonly person: Pick<PersonInfo, 'entity' | 'country'> }) {
  return (
    <span class="entity-line">
      <Flag country={person.country} />
      <bdi>{person.entity}</bdi>
    </span>
  );
}
