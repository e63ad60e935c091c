/** Speeds of people, in metres a second. Walking pace of adults indoors is 1.2-1.5; 4 is a gentle run, fast enough to cross a hall without boredom. */
export const WALK_SPEED = 1.8;
export const RUN_SPEED = 4;

/** Head above the footing when standing and when seated, metres: where the camera and the ears are. */
export const STANDING_EYES = 1.65;
export const SEATED_EYES = 1.2;
