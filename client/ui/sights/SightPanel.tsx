import type { ComponentChildren } from 'preact';
import type { Sight } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { showPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';
import { GuidePlayer } from './GuidePlayer.tsx';
import { MosaicBoard } from './MosaicBoard.tsx';
import { inShownLanguage, sightName, sightsOf, sponsorAt } from './texts.ts';

/** Paragraphs as the author wrote them. */
function Text({ text }: { readonly text: string }) {
  return <div class="sight__text">{text.split(/\n+/u).map((paragraph, index) => <p key={index}>{paragraph}</p>)}</div>;
}

function Exhibit({ id }: { readonly id: string }) {
  const scene = store.scene.value;
  const texts = scene?.venue.exhibits?.[id];
  if (scene === null || texts === undefined) return <p class="empty">{t('sight.untold')}</p>;
  return (
    <>
      {texts.picture !== undefined && <img class="sight__picture" src={scene.base + texts.picture.file} alt={inShownLanguage(texts.picture.alt)} />}
      {texts.audio !== undefined && <GuidePlayer exhibit={id} />}
      <Text text={inShownLanguage(texts.text)} />
    </>
  );
}

/** A 360-degree stand where there is no 3D view to stand in: its picture as it is, and what there is to see in words. */
function FlatPanorama({ id }: { readonly id: string }) {
  const scene = store.scene.value;
  const texts = scene?.venue.panoramas?.[id];
  if (scene === null || texts === undefined) return <p class="empty">{t('sight.untold')}</p>;
  const address = scene.base + texts.file;
  return (
    <>
      {texts.kind === 'image'
        ? <img class="sight__picture" src={address} alt={inShownLanguage(texts.text)} />
        : <video class="sight__picture" src={address} controls loop playsInline preload="metadata" aria-label={inShownLanguage(texts.title)} />}
      <Text text={inShownLanguage(texts.text)} />
    </>
  );
}

function Booth({ id }: { readonly id: string }) {
  const sponsor = sponsorAt(id);
  if (sponsor === undefined) return <p class="empty">{t('booth.empty')}</p>;
  const name = inShownLanguage(sponsor.name);
  return (
    <>
      {sponsor.logo !== null && <div class="booth__logo"><img src={sponsor.logo} alt={name} /></div>}
      <p class="tag">{sponsor.kind === 'sponsor' ? t('booth.sponsor') : t('booth.donor')}</p>
      <Text text={inShownLanguage(sponsor.text)} />
      {sponsor.link !== null && <OutwardLink address={sponsor.link} />}
    </>
  );
}

/** A link out of the venue: says where it leads before it is followed, and leaves the venue as it is. */
function OutwardLink({ address }: { readonly address: string }) {
  if (!/^https?:\/\//u.test(address)) return null;
  return (
    <div class="stack">
      <p class="field__hint" id="booth-leads">{t('booth.leads', { address: new URL(address).host })}</p>
      <Button icon="external" describedBy="booth-leads" onClick={() => { window.open(address, '_blank', 'noopener,noreferrer'); }}>{t('booth.open')}</Button>
    </div>
  );
}

function Activity({ id }: { readonly id: string }) {
  const texts = store.scene.value?.venue.activities?.[id];
  if (texts === undefined) return <p class="empty">{t('sight.untold')}</p>;
  return (
    <>
      <Text text={inShownLanguage(texts.text)} />
      <MosaicBoard activity={id} mosaic={texts} />
    </>
  );
}

const CONTENTS: Readonly<Record<Sight['kind'], (props: { readonly id: string }) => ComponentChildren>> = { exhibit: Exhibit, panorama: FlatPanorama, booth: Booth, activity: Activity };

/** To the stand itself, and to the sights before and after this one of the same kind. */
function Ways({ sight }: { readonly sight: Sight }) {
  const actions = useActions();
  const scene = store.scene.value;
  const kin = scene === null ? [] : sightsOf(scene.layout).filter(({ kind }) => kind === sight.kind);
  const index = kin.findIndex(({ id }) => id === sight.id);
  const go = (to: Sight | undefined): void => { if (to !== undefined) actions.visit(to); };
  return (
    <div class="sight__ways">
      {kin.length > 1 && (
        <div class="sight__kin">
          <Button size="small" icon="back" disabled={index <= 0} onClick={() => { go(kin[index - 1]); }}>{t('sight.previous')}</Button>
          <span>{t('sight.position', { index: index + 1, total: kin.length })}</span>
          <Button size="small" icon="next" disabled={index >= kin.length - 1} onClick={() => { go(kin[index + 1]); }}>{t('sight.next')}</Button>
        </div>
      )}
      <span class="button-row">
        <Button size="small" icon="walk" label={t('action.walkTo', { name: sightName(sight) })} onClick={() => { actions.walkToSight(sight); }}>{t('action.walk')}</Button>
        <Button size="small" icon="info" onClick={() => { showPanel('credits'); }}>{t('credits.title')}</Button>
      </span>
    </div>
  );
}

/** What I have opened in the scene: an exhibit, a booth, a mosaic, or a 360-degree picture laid flat. */
export function SightPanel() {
  const sight = store.sight.value;
  if (sight === null) return null;
  const Content = CONTENTS[sight.kind];
  return (
    <Panel key={`${sight.kind} ${sight.id}`} name="sight" title={sightName(sight)} wide={sight.kind !== 'exhibit' && sight.kind !== 'booth'}>
      <Content id={sight.id} />
      <Ways sight={sight} />
    </Panel>
  );
}
