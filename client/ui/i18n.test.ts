// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { shownLanguage, showLanguage, t, textOf } from './i18n.ts';

describe('texts', () => {
  it('change with the language, and so do lang and dir of the page', async () => {
    await showLanguage('en');
    expect(t('common.close')).toBe('Close');
    await showLanguage('ar');
    expect(t('common.close')).toBe('إغلاق');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
    await showLanguage('fr');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fr', 'ltr']);
  });

  it('are those of the last choice when choices overlap', async () => {
    // French is there already; Spanish has to be loaded and arrives after it.
    await showLanguage('fr');
    await Promise.all([showLanguage('es'), showLanguage('fr')]);
    expect(shownLanguage.value).toBe('fr');
    expect(t('common.close')).toBe('Fermer');
  });

  it('take the plural form that the language has for the number', async () => {
    const seats = (count: number): string => t('companion.seats', { count });
    await showLanguage('ru');
    expect([1, 3, 5, 21, 112].map(seats)).toEqual([
      'Здесь свободно 1 место.', 'Здесь свободно 3 места.', 'Здесь свободно 5 мест.', 'Здесь свободно 21 место.', 'Здесь свободно 112 мест.',
    ]);
    await showLanguage('ar');
    expect([0, 1, 2, 3, 11, 100].map(seats)).toEqual([
      'لا توجد مقاعد شاغرة هنا.', 'يوجد هنا مقعد شاغر واحد.', 'يوجد هنا مقعدان شاغران.', 'توجد هنا 3 مقاعد شاغرة.', 'يوجد هنا 11 مقعداً شاغراً.', 'يوجد هنا 100 مقعد شاغر.',
    ]);
  });

  it('keep a name that runs against the sentence in its place', async () => {
    await showLanguage('ar');
    expect(t('people.volume', { name: 'Ana' })).toContain('\u2068Ana\u2069');
  });

  it('do not take a name for a text of ours', async () => {
    await showLanguage('en');
    expect(t('people.volume', { name: '$t(common.close) {{count}} <b>' })).toBe('Volume of $t(common.close) {{count}} <b>');
  });

  it('are missing for keys that no catalogue has', async () => {
    await showLanguage('en');
    expect(textOf('no.such.key')).toBeUndefined();
    expect(textOf('reason.ROOM_FULL')).toContain('Wait');
  });
});
