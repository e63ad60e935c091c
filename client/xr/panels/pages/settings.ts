import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import { nearestSpace, PERSONAL_SPACES } from '../../../app/headset/personal-space.ts';
import { CAPTION_GROUNDS, CAPTION_SIZES } from '../../../plenary/preferences.ts';
import { button, choice, heading, hint, RADIUS, slider, toggle } from '../toolkit/controls.ts';
import { column, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';

function movement({ deps: { texts: { t }, settings, actions } }: Kit): readonly Child[] {
  const { comfort, seatedBody, playHand } = settings.value;
  return [
    heading(t('panels.comfort')),
    choice('comfort', '', comfort, { columns: 1, choices: (['gentle', 'standard', 'free'] as const).map((value) => ({ value, text: t(`panels.comfort.${value}`), hint: t(`panels.comfort.${value}.hint`) })), change: (value) => { actions.changeSettings({ comfort: value }); } }),
    toggle('seated', t('panels.seated'), seatedBody, { hint: t('panels.seatedHint'), change: (on) => { actions.changeSettings({ seatedBody: on }); } }),
    choice('hand', t('panels.hand'), playHand, { choices: (['both', 'left', 'right'] as const).map((value) => ({ value, text: t(`panels.hand.${value}`) })), change: (value) => { actions.changeSettings({ playHand: value }); } }),
  ];
}

function body({ deps: { texts, settings, actions, host } }: Kit): readonly Child[] {
  const { t } = texts;
  const { personalSpace, eyeHeight, armLength } = settings.value;
  const metres = (value: number): string => new Intl.NumberFormat(texts.language.value === 'ar' ? 'ar-u-nu-latn' : texts.language.value, { style: 'unit', unit: 'meter', unitDisplay: 'short', maximumFractionDigits: 2 }).format(value);
  return [
    heading(t('panels.body')),
    choice<number>('space', t('panels.space'), nearestSpace(personalSpace), {
      choices: PERSONAL_SPACES.map((value) => ({ value, text: value === 0 ? t('panels.space.none') : metres(value) })), change: (value) => { actions.changeSettings({ personalSpace: value }); },
    }),
    hint(t('panels.spaceHint')),
    column([
      hint(t('panels.calibrateHint')),
      eyeHeight > 0 && row([text(t('panels.eyeHeight'), { grow: 1 }), text(metres(eyeHeight), { weight: 600 })], { gap: 12 }),
      armLength > 0 && row([text(t('panels.armLength'), { grow: 1 }), text(metres(armLength), { weight: 600 })], { gap: 12 }),
      button('calibrate', t('panels.calibrate'), () => { host.calibrate(); }, { icon: 'ruler', tone: 'primary' }),
    ], { padding: [16, 18], gap: 12, radius: RADIUS, fill: 'raised' }),
  ];
}

/** Size and ground of the captions: what they look like in the headset as outside of it. */
export function captionLook({ deps: { texts: { t }, venue: { plenary } } }: Kit): readonly Child[] {
  const { captionSize, captionGround } = plenary.preferences.value;
  return [
    choice('captionSize', t('plenary.captions.size'), captionSize, { choices: CAPTION_SIZES.map((value) => ({ value, text: t(`plenary.captions.size.${value}`) })), change: (value) => { plenary.changePreferences({ captionSize: value }); } }),
    choice('captionGround', t('plenary.captions.ground'), captionGround, { choices: CAPTION_GROUNDS.map((value) => ({ value, text: t(`plenary.captions.ground.${value}`) })), change: (value) => { plenary.changePreferences({ captionGround: value }); } }),
  ];
}

function sound({ deps: { texts, settings, actions, venue: { store } } }: Kit): readonly Child[] {
  const { t } = texts;
  const { volume, surroundings } = settings.value;
  const steps = (value: number): number => Math.round(value * 20) / 20;
  return [
    heading(t('settings.sound')),
    toggle('deafen', t('command.deafen'), store.deafened.value, { change: (on) => { actions.setDeafened(on); } }),
    slider('volume', t('settings.volume'), volume, { value: texts.percent(volume, texts.language.value), change: (value) => { if (steps(value) !== settings.peek().volume) actions.changeSettings({ volume: steps(value) }); } }),
    slider('surroundings', t('settings.surroundings'), surroundings, { value: texts.percent(surroundings, texts.language.value), change: (value) => { if (steps(value) !== settings.peek().surroundings) actions.changeSettings({ surroundings: steps(value) }); } }),
  ];
}

/** What one sets in the headset; the rest is on the page outside. */
export function settingsPage(kit: Kit): Node {
  const { texts: { t, languageNames }, settings, actions } = kit.deps;
  const { language, contrast, names } = settings.value;
  return scroll('settings', [
    ...movement(kit), ...body(kit), ...sound(kit),
    heading(t('plenary.captions.title')), ...captionLook(kit),
    heading(t('settings.display')),
    toggle('names', t('settings.names'), names, { hint: t('settings.namesHint'), change: (on) => { actions.changeSettings({ names: on }); } }),
    toggle('contrast', t('settings.contrast'), contrast === 'high', { hint: t('settings.contrastHint'), change: (on) => { actions.changeSettings({ contrast: on ? 'high' : 'system' }); } }),
    choice('language', t('settings.language'), language, { columns: 3, choices: LANGUAGES.map((value) => ({ value, text: languageNames[value] })), change: (value) => { actions.changeSettings({ language: value }); } }),
  ], { gap: 16 });
}
