import { describe, expect, it } from 'vitest';
import { SponsorFields } from '../../../shared/protocol/sponsors.ts';
import { draftOf, emptyDraft, faultsOf, fieldsOf, previewOf } from './draft.ts';

const filled = { ...emptyDraft(), name: 'Atlas', link: 'atlas.example' };

describe('an entry that is being filled in', () => {
  it('is told of what the server would refuse, and sends what the server takes', () => {
    expect(faultsOf(emptyDraft())).toEqual({ name: 'staff.sponsors.nameMissing' });
    for (const link of ['javascript:alert(1)', 'http://atlas.example', 'atlas', 'https://me@atlas.example']) {
      const draft = { ...filled, link };
      expect([link, faultsOf(draft).link, SponsorFields.safeParse(fieldsOf(draft)).success]).toEqual([link, 'staff.sponsors.linkInvalid', false]);
    }
    expect(faultsOf(filled)).toEqual({});
    expect(SponsorFields.parse(fieldsOf(filled))).toMatchObject({ name: 'Atlas', link: 'https://atlas.example/', logo: null });
    expect(SponsorFields.parse(fieldsOf({ ...filled, link: ' ' })).link).toBeNull();
  });

  it('sends nothing but the fields, also of an entry that was there', () => {
    const sponsor = { ...fieldsOf(filled), id: 'a', revision: 3, logoAddress: null };
    expect(Object.keys(fieldsOf(draftOf(sponsor))).sort()).toEqual(Object.keys(SponsorFields.shape).sort());
  });

  it('is seen as people will see it: in their language, or the first that there is', () => {
    const draft = { ...filled, names: { ...filled.names, ar: 'الأطلس' }, text: { ...filled.text, fr: 'Tapis', ar: 'سجاد' } };
    expect(previewOf(draft, 'ar')).toMatchObject({ name: 'الأطلس', text: { ar: 'سجاد' }, link: 'https://atlas.example/' });
    expect(previewOf(draft, 'en')).toMatchObject({ name: 'Atlas', text: { en: 'Tapis' }, textIn: ['fr', 'ar'] });
    expect(previewOf({ ...draft, link: 'javascript:alert(1)' }, 'en').link).toBeNull();
  });
});
