import { ensurePage } from '../preview/client-build.ts';
import { servePreview } from '../preview/server.ts';
import { wholeNumber } from './command.ts';
import type { Command } from './command.ts';

export const previewCommand: Command = {
  name: 'preview',
  summary: 'look at the scene in the venue\'s own 3D view, anew after every save',
  options: { port: { type: 'string' }, 'no-check': { type: 'boolean' } },
  help: [
    ['--port N', 'port of the page (default: any free one)'],
    ['--no-check', 'do not pack and check every save in the background'],
  ],
  async run(folder, values, progress) {
    const page = await ensurePage(progress);
    const running = await servePreview(folder, {
      port: wholeNumber(values, 'port', { fallback: 0, min: 0, max: 65_535 }),
      check: values['no-check'] !== true,
      page,
      onChange: reporter(progress),
    });
    // Listens before it says so: whoever reads the line may press Ctrl+C at once.
    const ended = interrupted();
    progress(`open ${running.url} in a browser; Ctrl+C ends it`);
    await ended;
    await running.close();
    return { findings: [], text: '', facts: { url: running.url } };
  },
};

/** Says what became of each save, once. */
function reporter(progress: (step: string) => void): Parameters<typeof servePreview>[1]['onChange'] & object {
  let told = '';
  return ({ scene, broken, working, check }) => {
    if (working) return;
    const count = (severity: string): number => check?.report?.findings.filter((finding) => finding.severity === severity).length ?? 0;
    const line = broken ? `the save cannot be shown: ${broken[0]?.where ?? ''}: ${broken[0]?.message ?? ''}`
      : check?.report ? `checked: ${count('error')} errors, ${count('warning')} warnings`
        : scene ? `${scene.from} is ready after ${(scene.milliseconds / 1000).toFixed(2)} s` : '';
    if (line !== '' && line !== told) progress(line);
    told = line;
  };
}

/** Until the author ends the command. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
