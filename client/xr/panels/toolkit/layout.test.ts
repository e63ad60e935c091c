import { describe, expect, it } from 'vitest';
import { hitTest } from './hit.ts';
import { Layout, SCROLLBAR } from './layout.ts';
import type { Box } from './layout.ts';
import { column, flow, grid, row, scroll, text } from './nodes.ts';
import type { Node } from './nodes.ts';
import { Typesetter } from './text.ts';

const LETTER = 14;
const layout = new Layout(new Typesetter({ font: '', measureText: (value) => ({ width: [...value].length * LETTER }) as TextMetrics }, 'en'));
const cell = (id: string, height = 60): Node => row([], { minHeight: height, width: 100, press: { id } });
const places = ({ children }: Box): readonly (readonly number[])[] => children.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round));

describe('rows and columns', () => {
  it('stand beside and below each other, with gaps and padding', () => {
    expect(places(layout.run(row([cell('a'), cell('b')], { gap: 10, padding: [5, 20] }), 400, null))).toEqual([[20, 5, 100, 60], [130, 5, 100, 60]]);
    expect(places(layout.run(column([cell('a'), cell('b')], { gap: 10, padding: [5, 20] }), 400, null))).toEqual([[20, 5, 360, 60], [20, 75, 360, 60]]);
  });

  it('give what is left over to whoever grows, by shares', () => {
    const grown = layout.run(row([cell('a'), row([], { grow: 1 }), row([], { grow: 3 })], { gap: 0 }), 500, null);
    expect(grown.children.map(({ width }) => width)).toEqual([100, 100, 300]);
    const high = layout.run(column([cell('a'), row([], { grow: 1 })], { gap: 0 }), 100, 300);
    expect(high.children.map(({ height }) => height)).toEqual([60, 240]);
  });

  it('break the text that can be broken where there is too little', () => {
    const box = layout.run(row([text('two words'), cell('a')], { gap: 0 }), 180, null);
    expect(box.children[0]?.lines.map((line) => line.text)).toEqual(['two', 'words']);
    expect(box.children[1]?.x).toBeCloseTo(80, 0);
  });

  it('go on in a further line', () => {
    expect(places(layout.run(flow([cell('a'), cell('b'), cell('c')], { gap: 10 }), 220, null)).map(([x, y]) => [x, y])).toEqual([[0, 0], [110, 0], [0, 70]]);
  });
});

describe('a grid', () => {
  const cells = (...labels: string[]): Node => grid(4, labels.map((label) => text(label)), { gap: 0 });
  const columns = (node: Node, width: number): number => new Set(layout.run(node, width, null).children.map(({ x }) => x)).size;

  it('has as many columns as fit without cutting a word', () => {
    expect(columns(cells('aa', 'bb', 'cc', 'dd'), 400)).toBe(4);
    expect(columns(cells('aaaaaaaaaa', 'bb', 'cc', 'dd'), 400)).toBe(2);
    expect(columns(cells('aaaaaaaaaaaaaaaaaaaaaaaa', 'bb'), 400)).toBe(1);
  });

  it('leaves no lonely cell where two even lines do', () => {
    expect(layout.run(grid(3, ['a', 'b', 'c', 'd'].map((label) => text(label)), { gap: 0 }), 300, null).children.filter(({ y }) => y === 0)).toHaveLength(2);
  });
});

describe('what scrolls', () => {
  const list = column([cell('title'), scroll('list', Array.from({ length: 10 }, (_, index) => cell(`row:${index}`)), { gap: 0 })], { gap: 0 });
  const box = layout.run(list, 200, 260);

  it('takes what is left, and keeps room for its bar', () => {
    expect(box.children[1]?.height).toBe(200);
    expect(box.children[1]?.children[0]?.width).toBe(200 - SCROLLBAR);
  });

  it('is hit where it is seen', () => {
    const at = (y: number, offset: number): string | undefined => hitTest(box, 50, y, new Map([['list', offset]])).press?.id;
    expect(at(30, 0)).toBe('title');
    expect(at(70, 0)).toBe('row:0');
    expect(at(70, 120)).toBe('row:2');
    // Above its window it is hidden, whatever stands there.
    expect(at(59, 120)).toBe('title');
    expect(hitTest(box, 190, 100, new Map()).scroll?.node).toMatchObject({ key: 'list' });
  });

  it('is not hit outside', () => {
    expect(hitTest(box, 250, 100, new Map())).toMatchObject({ press: null, scroll: null });
  });
});

describe('pressing', () => {
  it('means the innermost', () => {
    const nested = layout.run(row([cell('inner')], { padding: [20, 20], press: { id: 'outer' } }), 300, null);
    expect(hitTest(nested, 30, 30, new Map()).press?.id).toBe('inner');
    expect(hitTest(nested, 5, 5, new Map()).press?.id).toBe('outer');
  });
});
