import type { StaffBooth } from '../../../shared/protocol/sponsors.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';

/** What a booth is called, with the scene that has it. */
export function boothName(id: string, booths: readonly StaffBooth[]): string {
  const booth = booths.find((each) => each.id === id);
  if (booth === undefined) return t('staff.sponsors.boothGone', { booth: id });
  const language = shownLanguage.value;
  return t('staff.sponsors.boothIn', { scene: booth.sceneNames[language], booth: booth.names?.[language] ?? id });
}
