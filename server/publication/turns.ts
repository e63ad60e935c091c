/** Lets work pass one after the other, in the order of the calls; a failure is the caller's and does not stop the next. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects with what `work` does, after all earlier work has ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn;
    return turn;
  }
}
