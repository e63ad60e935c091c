/** The clock of a display of 72 frames a second, however long the software rasteriser takes for one: what happens a few times a second (sorting, names, painting) happens as often as in truth. */

const INTERVAL_MS = 1000 / 72;

const realNow = performance.now.bind(performance);
let pending = new Map<number, FrameRequestCallback>();
let handle = 0;
/** When the frame began: as the page sees it, and really. */
let shown = realNow();
let began = shown;
/** What the last frame took, while none is under way; time stands still then. */
let took: number | null = 0;

/** Takes the page's clock and its frames over. Call before anything asks for either. */
export function takeClock(): void {
  performance.now = () => shown + (took ?? realNow() - began);
  window.requestAnimationFrame = (callback) => {
    handle += 1;
    pending.set(handle, callback);
    return handle;
  };
  window.cancelAnimationFrame = (cancelled) => { pending.delete(cancelled); };
}

/** Lets the next frame begin: at the display's next turn after the last one was done. @returns JavaScript milliseconds of it */
export function step(): number {
  const callbacks = pending;
  pending = new Map();
  shown += INTERVAL_MS * Math.max(1, Math.ceil((took ?? 0) / INTERVAL_MS));
  began = realNow();
  took = null;
  for (const callback of callbacks.values()) callback(shown);
  took = realNow() - began;
  return took;
}
