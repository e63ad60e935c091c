import type { Projected } from '../world/overlays/index.ts';
import { COLOURS } from './shapes.ts';
import type { Stage } from './stage.ts';
import * as state from './state.ts';

/** More would only cover each other. */
const MOST = 60;
/** Farther ones are not shown, metres. */
const FAR = 25;

/** Names over what the overlays show. The panel lists the same things in words, so this layer is hidden from screen readers. */
export class LabelLayer {
  private readonly host: HTMLElement;
  private readonly stage: Stage;
  private readonly spans: HTMLSpanElement[] = [];
  private readonly at: Projected = { x: 0, y: 0, distance: 0 };

  constructor(host: HTMLElement, stage: Stage) {
    this.host = host;
    this.stage = stage;
  }

  /** Moves the labels to where their things are now; call it once a frame. */
  update(): void {
    const { overlays } = this.stage;
    let count = 0;
    if (overlays !== null && state.labelsOn.value) {
      for (const { kind, label } of this.stage.labels()) {
        if (count >= MOST) break;
        const [x, y, z] = label.at;
        if (!overlays.project(x, y, z, this.at) || this.at.distance > FAR) continue;
        this.put(count, label.text, COLOURS[kind]);
        count += 1;
      }
    }
    for (let i = count; i < this.spans.length; i += 1) this.spans[i]?.toggleAttribute('hidden', true);
  }

  private put(index: number, text: string, [red, green, blue]: readonly [number, number, number]): void {
    let span = this.spans[index];
    if (span === undefined) {
      span = document.createElement('span');
      span.className = 'stage__label';
      this.spans[index] = span;
      this.host.append(span);
    }
    span.hidden = false;
    if (span.textContent !== text) span.textContent = text;
    span.style.borderColor = `rgb(${Math.round(red * 255)} ${Math.round(green * 255)} ${Math.round(blue * 255)})`;
    span.style.transform = `translate(${Math.round(this.at.x)}px, ${Math.round(this.at.y)}px) translate(-50%, -100%)`;
    span.style.zIndex = String(1000 - Math.round(this.at.distance * 10));
  }
}
