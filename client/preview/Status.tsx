import * as state from './state.ts';

/** What goes on, in a few words: for the eye at the top of the page, for screen readers as it changes. */
function describe(): { readonly tone: 'good' | 'busy' | 'bad'; readonly text: string } {
  const told = state.preview.value;
  const { value: loading } = state.loading;
  if (state.lost.value) return { tone: 'bad', text: 'The preview tool has stopped. Start it again; this page reconnects by itself.' };
  if (told?.working === true) return { tone: 'busy', text: 'Reading the save…' };
  if (told?.broken) return { tone: 'bad', text: told.scene === null ? 'The scene cannot be shown.' : 'The last save cannot be shown. You see the one before it.' };
  if (loading.kind === 'failed') return { tone: 'bad', text: `The scene cannot be shown: ${loading.message}` };
  if (loading.kind === 'loading') return { tone: 'busy', text: `Loading ${Math.round(loading.fraction * 100)} %` };
  const seconds = state.reloadTime.value;
  const from = told?.scene?.from ?? '';
  return { tone: 'good', text: seconds === null ? `Shows ${from}` : `Updated ${(seconds / 1000).toFixed(1)} s after the save of ${from}` };
}

export function Status() {
  const { tone, text } = describe();
  const broken = state.preview.value?.broken ?? [];
  return (
    <div class={`status status--${tone}`}>
      <p role="status">{text}</p>
      {broken.length > 0 && (
        <ul class="findings" aria-label="What is wrong with the last save">
          {broken.map((finding) => (
            <li key={finding.where + finding.message} class="finding finding--error">
              <strong class="finding__where">{finding.where}</strong> <span>{finding.message}</span> <span class="quiet">{finding.fix}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
