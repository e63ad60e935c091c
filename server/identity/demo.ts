/** The demonstration event of an empty data folder: fictional people of real states and of invented organisations. */
import type { RosterEntry, Store } from '../store/store.ts';
import { newPerson } from './people.ts';

const EVENT_NAME = 'Demonstration: Plenipotentiary Conference';

const state = (country: string, entity: string): Pick<RosterEntry, 'entity' | 'entityType' | 'country'> => ({ entity, entityType: 'member-state', country });

const PEOPLE: readonly Omit<RosterEntry, 'email'>[] = [
  { name: 'Amélie Rochat', ...state('ch', 'Switzerland'), role: 'chair', language: 'fr' },
  { name: 'Kwame Asante-Boadi', ...state('gh', 'Ghana'), role: 'delegate', language: 'en' },
  { name: 'Lucía Ferreyra', ...state('ar', 'Argentina'), role: 'delegate', language: 'es' },
  { name: 'Айгерим Сапарова', ...state('kz', 'Kazakhstan'), role: 'delegate', language: 'ru' },
  { name: '林晓雯', ...state('cn', 'China'), role: 'delegate', language: 'zh' },
  { name: 'سلمى الهاشمي', ...state('jo', 'Jordan'), role: 'delegate', language: 'ar' },
  { name: 'Tomasi Vakaloloma', ...state('fj', 'Fiji'), role: 'delegate', language: 'en' },
  { name: 'Ingrid Solheim', entity: 'Nordlys Telecom', entityType: 'sector-member', country: 'no', role: 'observer', language: 'en' },
  { name: 'Rajesh Iyengar', entity: 'Institute for Open Networks', entityType: 'academia', country: 'in', role: 'observer', language: 'en' },
  { name: 'Claire Desmarais', entity: 'General Secretariat', entityType: 'secretariat', country: 'un', role: 'secretariat', language: 'fr' },
  { name: 'Olena Kravets', entity: 'General Secretariat', entityType: 'secretariat', country: 'un', role: 'interpreter', language: 'ru' },
  { name: 'Yann Le Goff', entity: 'General Secretariat', entityType: 'secretariat', country: 'un', role: 'interpreter', language: 'fr' },
  { name: 'Grace Mwangi', entity: 'General Secretariat', entityType: 'secretariat', country: 'un', role: 'captioner', language: 'en' },
  { name: 'Henrik Lund', entity: 'General Secretariat', entityType: 'secretariat', country: 'un', role: 'technician', language: 'en' },
  { name: 'Mateus Oliveira', entity: 'Global Forum for Accessibility', entityType: 'organisation', country: '', role: 'guest', language: 'en' },
];

export const DEMO_PEOPLE: readonly RosterEntry[] = PEOPLE.map((entry) => ({ ...entry, email: '' }));

/** Makes the demonstration event if the store has no event yet. @returns whether it did. */
export async function makeDemo(store: Pick<Store, 'event' | 'people'>, now: number): Promise<boolean> {
  if (await store.event.get() !== null) return false;
  await store.people.saveAll(DEMO_PEOPLE.map((entry) => newPerson(entry, now)));
  await store.event.set({ name: EVENT_NAME, demo: true });
  return true;
}
