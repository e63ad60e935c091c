import { effect } from '@preact/signals';
import { render } from 'preact';
import '../ui/styles/tokens.css';
import '../ui/styles/base.css';
import './preview.css';
import { LabelLayer } from './labels.ts';
import { Panel } from './Panel.tsx';
import { baseFromAddress, openSource } from './source.ts';
import { Stage } from './stage.ts';
import * as state from './state.ts';
import { Status } from './Status.tsx';
import { listenForKeys, Toolbar } from './Toolbar.tsx';

/** How often figures are shown anew. */
const FIGURES_MS = 500;

const stageHost = document.createElement('div');
stageHost.className = 'stage';
const labelHost = document.createElement('div');
labelHost.className = 'stage__labels';
labelHost.setAttribute('aria-hidden', 'true');
const stage = new Stage(stageHost);

function App() {
  const folder = state.shown.value?.venue.names['scene']?.en ?? state.preview.value?.folder ?? 'Scene';
  return (
    <>
      <header class="head">
        <h1>{folder}</h1>
        <Status />
      </header>
      <Toolbar />
      {state.panelOpen.value && <Panel stage={stage} />}
    </>
  );
}

/** Shows every revision that the tool tells of, and measures how long after the save. */
function followRevisions(): void {
  let asked = 0;
  effect(() => {
    const scene = state.preview.value?.scene ?? null;
    if (scene === null || scene.revision === asked) return;
    const first = asked === 0;
    asked = scene.revision;
    const told = performance.now();
    void stage.show(scene).then((seen) => {
      if (seen !== null) state.reloadTime.value = first ? null : scene.milliseconds + seen - told;
    });
  });
  effect(() => stage.hold(state.preview.value?.working === true));
}

function showFigures(): void {
  state.stats.value = stage.figures;
  state.held.value = stage.overlays?.held() ?? null;
  const pose = stage.stroll?.walker.pose;
  const before = state.position.peek();
  if (pose === undefined) return;
  if (before === null || Math.hypot(pose.x - before.x, pose.y - before.y, pose.z - before.z) > 0.005) state.position.value = { x: pose.x, y: pose.y, z: pose.z };
}

function start(): void {
  const app = document.getElementById('preview');
  if (app === null) throw new Error('the page has no place for the preview');
  const main = document.createElement('main');
  main.className = 'preview';
  const controls = document.createElement('div');
  controls.className = 'controls';
  main.append(stageHost, labelHost, controls);
  app.append(main);
  render(<App />, controls);
  listenForKeys();
  const labels = new LabelLayer(labelHost, stage);
  const frame = (): void => {
    labels.update();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  setInterval(showFigures, FIGURES_MS);
  followRevisions();
  try {
    openSource(baseFromAddress(new URL(location.href)), (next) => { state.preview.value = next; }, (gone) => { state.lost.value = gone; });
  } catch (error) {
    state.loading.value = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

start();
