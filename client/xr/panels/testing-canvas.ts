/** A canvas for tests without a browser: it measures every letter alike and paints nothing. */

/** Width of a letter, ems. */
export const LETTER = 0.5;

function context(): unknown {
  const known: Record<string, unknown> = { font: '10px sans-serif', globalAlpha: 1, measureText: (text: string) => ({ width: [...text].length * LETTER * pixels() }) };
  const pixels = (): number => Number(/([\d.]+)px/.exec(String(known['font']))?.[1] ?? 10);
  return new Proxy(known, { get: (target, name: string) => target[name] ?? (() => undefined) });
}

/** Puts it in the place of the page's own. */
export function installCanvas(): void {
  HTMLCanvasElement.prototype.getContext = (() => context()) as unknown as HTMLCanvasElement['getContext'];
  const page = globalThis as unknown as { Path2D: unknown };
  page.Path2D ??= class {};
  if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });
}
