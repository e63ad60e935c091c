// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import type { StaffSponsor } from '../../../shared/protocol/sponsors.ts';
import { SponsorBook } from './book.ts';
import { emptyDraft, fieldsOf } from './draft.ts';

/** A server that keeps an order, and answers when it is let. */
function desk(names: readonly string[]) {
  let kept: readonly StaffSponsor[] = names.map((name) => ({ ...fieldsOf({ ...emptyDraft(), name }), id: name, revision: 1, logoAddress: null }));
  const held: (() => void)[] = [];
  const call = async (method: string, _path: string, body?: unknown): Promise<unknown> => {
    if (method === 'GET') return { sponsors: kept, booths: [] };
    await new Promise<void>((resolve) => held.push(resolve));
    const { ids } = body as { ids: readonly string[] };
    kept = ids.map((id) => kept.find((each) => each.id === id)).filter((each) => each !== undefined);
    return null;
  };
  const shownTo = (): string => kept.map(({ id }) => id).join('');
  return { call, upload: () => { throw new Error('nothing is uploaded here'); }, kept: shownTo, held };
}

describe('the order of sponsors', () => {
  it('takes a press while an order is being saved: what is shown in the end is what is kept', async () => {
    const server = desk(['a', 'b', 'c']);
    const book = new SponsorBook(server);
    await book.look();
    const shown = (): readonly StaffSponsor[] => book.overview.peek()?.sponsors ?? [];
    const press = (id: string, step: -1 | 1): Promise<void> => {
      const sponsor = shown().find((each) => each.id === id);
      if (sponsor === undefined) throw new Error(`${id} is not shown`);
      return book.move(sponsor, step, shown());
    };
    void press('c', -1);
    void press('c', -1);
    void press('c', 1);
    expect(shown().map(({ id }) => id).join('')).toBe('acb');
    await vi.waitFor(() => {
      server.held.shift()?.();
      expect(book.busy.peek()).toBe(false);
      expect(server.kept()).toBe('acb');
    });
    void press('a', 1);
    void press('a', 1);
    await vi.waitFor(() => {
      server.held.shift()?.();
      expect(book.busy.peek()).toBe(false);
      expect(server.kept()).toBe('cba');
    });
    expect(shown().map(({ id }) => id).join('')).toBe('cba');
  });
});
