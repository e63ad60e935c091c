import type { PlenaryClientMessageName } from '../../shared/protocol/plenary/messages.ts';
import { CAPTION_MAX_LENGTH, CONTRIBUTION_MAX_LENGTH } from '../../shared/protocol/plenary/vocabulary.ts';
import { CHAT_MAX_LENGTH, SDP_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';
import { LimitTable, SMALL, person } from '../rooms/limits.ts';
import type { Limit } from '../rooms/limits.ts';

export type PlenaryMessageKind = PlenaryClientMessageName | 'unknown';

/** Four bytes for each UTF-16 unit is more than UTF-8 needs. */
const BYTES_A_CHARACTER = 4;

const PLENARY: Readonly<Record<PlenaryMessageKind, Limit>> = {
  // A long agenda is put in by a program as well as by hand; texts of two pages are the largest.
  deed: person(8, 60, CONTRIBUTION_MAX_LENGTH * BYTES_A_CHARACTER + 16 * SMALL),
  // A cough button is pressed and let go.
  console: person(6, 24),
  listen: person(3, 12),
  chat: person(1, 6, CHAT_MAX_LENGTH * BYTES_A_CHARACTER + SMALL),
  // Captions that grow word by word.
  caption: person(10, 40, CAPTION_MAX_LENGTH * BYTES_A_CHARACTER + SMALL),
  readCaptions: person(1, 6),
  mediaOffer: person(0.5, 5, SDP_MAX_LENGTH + SMALL),
  mediaLeave: person(0.5, 5),
  camera: person(1, 8),
  screen: person(1, 8),
  // Seven lines, each offered anew after a break.
  pictureOffer: person(2, 24, SDP_MAX_LENGTH + SMALL),
  pictureLeave: person(2, 24),
  pictureSize: person(4, 24),
  watchPeople: person(1, 6),
  ping: person(4, 12),
  unknown: person(1, 5),
};

export const PLENARY_LIMITS = new LimitTable(PLENARY);
