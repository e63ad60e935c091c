import type { CaptionLine } from '../../shared/protocol/plenary/messages.ts';
import type { Captions } from './contract.ts';

/** A line that is final is kept, in the place of its id; another is shown until the next one. Lines of another language came late and are for nobody. */
export function withLine(captions: Captions, line: CaptionLine): Captions {
  if (line.language !== captions.language) return captions;
  if (!line.final) return { ...captions, live: line };
  const lines = [...captions.lines.filter(({ id }) => id !== line.id), line];
  if ((lines.at(-2)?.id ?? 0) > line.id) lines.sort((a, b) => a.id - b.id);
  return { ...captions, lines, live: null };
}
