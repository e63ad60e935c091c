import type { Language } from '../../shared/protocol/vocabulary.ts';

/** The few words that the server writes into calendars: the catalogues of the browser are not there. */
export const CALENDAR_TEXTS: Readonly<Record<Language, { readonly virtual: string; readonly organiser: string; readonly open: string }>> = {
  en: { virtual: 'Virtual room', organiser: 'Organiser', open: 'Enter the venue with your pass link' },
  fr: { virtual: 'Salle virtuelle', organiser: 'Organisateur', open: 'Entrez avec votre lien d’accès' },
  es: { virtual: 'Sala virtual', organiser: 'Organizador', open: 'Entre con su enlace de acceso' },
  ru: { virtual: 'Виртуальный зал', organiser: 'Организатор', open: 'Войдите по вашей ссылке-пропуску' },
  zh: { virtual: '虚拟会议室', organiser: '组织者', open: '请使用您的通行链接进入会场' },
  ar: { virtual: 'قاعة افتراضية', organiser: 'المنظِّم', open: 'ادخلوا برابط الدخول الخاص بكم' },
};
