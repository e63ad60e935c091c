/** The closed lists of the protocol, without a schema library, so that the browser can import them. */

/** Official languages of the venue; the order is the order of the language menu. */
export const LANGUAGES = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ENTITY_TYPES = ['member-state', 'sector-member', 'organisation', 'academia', 'secretariat'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const ROLES = ['delegate', 'chair', 'secretariat', 'observer', 'interpreter', 'captioner', 'technician', 'guest'] as const;
export type Role = (typeof ROLES)[number];

/** off: no microphone given; muted: given, but silenced by the person; live: being sent. */
export const MIC_STATES = ['off', 'muted', 'live'] as const;
export type MicState = (typeof MIC_STATES)[number];

export const GESTURES = ['none', 'raiseHand', 'clap', 'wave', 'nod'] as const;
export type Gesture = (typeof GESTURES)[number];

export const POSTURES = ['standing', 'walking', 'running', 'seated'] as const;
export type Posture = (typeof POSTURES)[number];

/** Longest chat message, in characters as a person counts them (grapheme clusters are not counted: UTF-16 code units). */
export const CHAT_MAX_LENGTH = 1000;
