/** The closed lists of the protocol, without a schema library, so that the browser can import them. */

/** Official languages of the venue; the order is the order of the language menu. */
export const LANGUAGES = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ENTITY_TYPES = ['member-state', 'sector-member', 'organisation', 'academia', 'secretariat'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

export const ROLES = ['delegate', 'chair', 'secretariat', 'observer', 'interpreter', 'captioner', 'technician', 'guest'] as const;
export type Role = (typeof ROLES)[number];

/** Who may guide a tour: everybody but those who are somebody's guests themselves. */
export const GUIDING_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'guest');

/** Most people whom one guide leads: more neither see what is shown nor fit around it. */
export const TOUR_MAX_MEMBERS = 100;

/** Most people in one private talk. */
export const TALK_MAX_MEMBERS = 12;

/** In the `talk` of a person whose talk shows no names. */
export const NAMELESS_TALK = '*';

/** Longest `data` of a parcel between members of a talk, characters of base64. */
export const PARCEL_MAX_LENGTH = 24_000;

/** One whispers to whom one could touch, metres: personal distance (Hall, The Hidden Dimension, 1966), and a step more. */
export const WHISPER_RANGE = 3;

/** What an invited person may say to a meeting. */
export const BOOKING_ANSWERS = ['accepted', 'declined'] as const;
export type BookingAnswer = (typeof BOOKING_ANSWERS)[number];

/** off: no microphone given; muted: given, but silenced by the person; live: being sent. */
export const MIC_STATES = ['off', 'muted', 'live'] as const;
export type MicState = (typeof MIC_STATES)[number];

export const GESTURES = ['none', 'raiseHand', 'clap', 'wave', 'nod'] as const;
export type Gesture = (typeof GESTURES)[number];

export const POSTURES = ['standing', 'walking', 'running', 'seated'] as const;
export type Posture = (typeof POSTURES)[number];

/** Why somebody is acknowledged. */
export const SPONSOR_KINDS = ['sponsor', 'donor'] as const;
export type SponsorKind = (typeof SPONSOR_KINDS)[number];

/** How much is owed to them: the order is that in which they are shown; those of no tier follow. */
export const SPONSOR_TIERS = ['host', 'platinum', 'gold', 'silver', 'bronze', 'supporter'] as const;
export type SponsorTier = (typeof SPONSOR_TIERS)[number];

/** Longest chat message, in characters as a person counts them (grapheme clusters are not counted: UTF-16 code units). */
export const CHAT_MAX_LENGTH = 1000;

/** An SDP offer of one microphone and 16 slots is about 20 kB. */
export const SDP_MAX_LENGTH = 64_000;
