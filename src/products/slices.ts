/** How long others may have to wait, in milliseconds. */
const longest = 12;

/** Cuts much work into slices, so that nothing else in the process has to wait for the whole of it. */
export class Slices {
  #since = performance.now();

  /** To be asked between two steps, and to be waited for if there is something to wait for. */
  next(): Promise<void> | undefined {
    if (performance.now() - this.#since < longest) {
      return undefined;
    }
    return new Promise(resolve => {
      setImmediate(() => {
        this.#since = performance.now();
        resolve();
      });
    });
  }
}
