// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings, parseStored, preferredLanguage, SETTINGS_KEY } from './settings.ts';

describe('preferredLanguage', () => {
  it('takes the first language that we have, whatever the region', () => {
    expect(preferredLanguage(['de-CH', 'fr-CH', 'en'])).toBe('fr');
    expect(preferredLanguage(['zh-Hant-TW'])).toBe('zh');
    expect(preferredLanguage(['de', 'it'])).toBe('en');
  });
});

describe('parseStored', () => {
  it('keeps what is sound and drops what is not', () => {
    const stored = JSON.stringify({ theme: 'dark', volume: 3, language: 'xx', names: 'yes', shortcuts: false, evil: 1, __proto__: { view: 'first' } });
    expect(parseStored(stored)).toEqual({ theme: 'dark', shortcuts: false });
  });

  it('survives anything that is no settings object', () => {
    for (const text of [null, '', '{', '[]', '7', 'null', '"dark"']) expect(parseStored(text)).toEqual({});
  });

  it('accepts every default', () => {
    const defaults = defaultSettings(['en']);
    expect(parseStored(JSON.stringify(defaults))).toEqual(defaults);
  });
});

describe('the settings of the device', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.resetModules();
  });

  it('store only what the person changed, and come back with the page', async () => {
    const first = await import('./settings.ts');
    first.changeSettings({ volume: 0.5 });
    expect(JSON.parse(localStorage.getItem(SETTINGS_KEY) ?? '')).toEqual({ volume: 0.5 });
    vi.resetModules();
    const second = await import('./settings.ts');
    expect(second.settings.value.volume).toBe(0.5);
  });

  it('follow the language of the roster until the person chooses one', async () => {
    const { changeSettings, settings, suggestLanguage } = await import('./settings.ts');
    suggestLanguage('ru');
    expect(settings.value.language).toBe('ru');
    expect(localStorage.getItem(SETTINGS_KEY)).toBeNull();
    changeSettings({ language: 'ar' });
    suggestLanguage('fr');
    expect(settings.value.language).toBe('ar');
  });

  it('hold for the page where storage is forbidden', async () => {
    const forbidden = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new DOMException('no', 'SecurityError'); });
    const { changeSettings, settings } = await import('./settings.ts');
    changeSettings({ theme: 'dark' });
    expect(settings.value.theme).toBe('dark');
    forbidden.mockRestore();
  });
});
