/** Raised whenever a message, the state or a binary codec changes shape; a client of another version is told to reload. */
export const PROTOCOL_VERSION = 6;

/** The Colyseus room of the event: one for all its scenes, so that voices, text and people go on when somebody changes scene. */
export const VENUE_ROOM = 'venue';

/** The Colyseus room of all formal sessions; which of them is said on joining. */
export const PLENARY_ROOM = 'plenary';

/** Server simulation step: positions, pose frames. 20 Hz. */
export const TICK_MS = 50;

/**
 * Numeric message types that carry bytes instead of an object (both directions use their own table). `walk`: a step; `body`: head and hands of somebody in a
 * headset, or no bytes when it is off; `poses`: a pose frame.
 */
export const BYTES = { walk: 1, body: 2, poses: 1 } as const;
