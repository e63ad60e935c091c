import type { ComponentChildren } from 'preact';
import type { Sponsor } from '../../app/contracts.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { inShownLanguage } from '../sights/texts.ts';
import { webLink } from '../../../shared/rules/sponsors.ts';
import './sponsors.css';

interface SponsorCardProps {
  readonly sponsor: Sponsor;
  readonly level: 3 | 4;
  /** Buttons below. */
  readonly children?: ComponentChildren;
}

/** A link out of the venue: its text is where it leads, and it leaves the venue as it is. */
function Website({ address, name }: { readonly address: string; readonly name: string }) {
  // The server lets nothing else pass; a link is not where to rely on that.
  if (webLink(address) === null) return null;
  const { host } = new URL(address);
  return (
    <a class="sponsor__link" href={address} target="_blank" rel="noopener noreferrer" aria-label={t('sponsors.website', { address: host, name })}>
      <span dir="ltr">{host}</span> <Icon name="external" />
    </a>
  );
}

/** A sponsor or donor, as everybody sees them: logo, name, what they say, and their website. */
export function SponsorCard({ sponsor, level, children }: SponsorCardProps) {
  const { tier, logo, link, text, textIn } = sponsor;
  const name = inShownLanguage(sponsor.name);
  const Heading = `h${level}` as const;
  const [written = shownLanguage.value] = textIn.includes(shownLanguage.value) ? [shownLanguage.value] : textIn;
  const paragraphs = inShownLanguage(text).split(/\n+/u).filter((paragraph) => paragraph !== '');
  return (
    <article class="sponsor">
      {logo !== null && <div class="sponsor__logo"><img src={logo} alt={t('sponsors.logo', { name })} loading="lazy" decoding="async" /></div>}
      <div class="sponsor__words">
        {tier !== null && <p class={`sponsor__tier sponsor__tier--${tier}`}>{t(`sponsors.tier.${tier}`)}</p>}
        <Heading class="sponsor__name"><bdi>{name}</bdi></Heading>
        {paragraphs.map((paragraph, index) => <p key={index} lang={written} dir="auto" class="sponsor__text">{paragraph}</p>)}
        {(link !== null || children !== undefined) && (
          <div class="sponsor__ways">
            {link !== null && <Website address={link} name={name} />}
            {children}
          </div>
        )}
      </div>
    </article>
  );
}
