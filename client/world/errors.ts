/** Why the 3D view cannot be shown; the reasons are those of `WorldStatus` in `client/app/contracts.ts`. */
export type WorldFailure = 'no-webgl' | 'download' | 'lost-context';

/** Raised by `createWorld`. The page falls back to the companion and says why. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly reason: WorldFailure;

  constructor(reason: WorldFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
