/** What a panel in the headset is to the scene that shows it: a picture that changes, and a surface that is pointed at and pressed. */

/** A point of a panel: 0..1 from its left and from its top edge, whatever the direction of writing. */
export interface PanelPoint {
  readonly u: number;
  readonly v: number;
}

/** Something on a panel that can be pressed now. */
export interface PanelTarget {
  readonly id: string;
  /** What it says. */
  readonly text: string;
  /** Its middle. */
  readonly point: PanelPoint;
}

/** wrist: on the back of the hand, the menu; main: before one, at 1.1 m; keyboard: below it; captions: follows the head, never pressed; notice: toasts and questions, follows the head. */
export type PanelId = 'wrist' | 'main' | 'keyboard' | 'captions' | 'notice';

export interface Panel {
  readonly id: PanelId;
  readonly canvas: HTMLCanvasElement;
  /** Metres in the world. Their ratio is the canvas's. A height may change with the content. */
  readonly width: number;
  readonly height: number;
  readonly visible: boolean;
  /** Raised whenever the canvas was painted anew. */
  readonly revision: number;
  /** The ray or finger is over it there, or has left (null). @returns whether something there can be pressed */
  hover(point: PanelPoint | null): boolean;
  press(point: PanelPoint): void;
  drag(point: PanelPoint): void;
  /** @returns whether something was activated (for a click of the controller) */
  release(point: PanelPoint): boolean;
  /** What can be pressed now, for support and tests. */
  targets(): readonly PanelTarget[];
  /** By thumb stick; positive goes down, in lines a second times `elapsed` seconds. */
  scroll(lines: number, elapsed: number): void;
}

/** Everything that HTML offers outside, inside. Reads signals and calls actions; knows no engine. */
export interface Panels {
  readonly all: readonly Panel[];
  /** Paints what has changed; at most one panel a call, so that no frame takes long. `now`: `performance.now()`. */
  update(now: number): void;
  /** The menu button of a controller, or a palm turned to the face: shows or hides the wrist menu. */
  toggleMenu(): void;
  /** A person, seat or sight was pointed at in the scene: shows what can be done with it. */
  openPerson(id: string): void;
  openSeat(id: string): void;
  dispose(): void;
}
