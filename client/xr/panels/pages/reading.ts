import { button, hint } from '../toolkit/controls.ts';
import { column, flow, scroll, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import type { Kit, Reading } from '../state.ts';

/** A long text: scrolled by the stick, or a page at a time by pressing. */
export function readingPage(kit: Kit, { title, paragraphs }: Reading): Node {
  const { t } = kit.deps.texts;
  return column([
    text(title, { size: 'large', weight: 700, own: true }),
    scroll(`reading:${title}`, [
      paragraphs === null && hint(t('common.loading')),
      paragraphs?.length === 0 && hint(t('panels.unreadable')),
      ...(paragraphs ?? []).map((each) => text(each, { own: true })),
    ], { gap: 20 }),
    flow([button('reading:close', t('panels.back'), () => { kit.state.reading.value = null; }, { icon: 'back' })]),
  ], { gap: 18, grow: 1 });
}
