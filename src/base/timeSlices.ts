/** How long others may have to wait, in milliseconds. */
const maxSliceMs = 10;

/** When this slice began. */
let since = 0;
/** Ends when the last one that waits goes on. */
let queue: Promise<void> = Promise.resolve();

/**
 * Cuts long work into slices, so that nothing else in the process has to wait for the whole of it: to be asked between two
 * steps, and to be waited for if there is something to wait for. Works that are under way at the same time take turns.
 */
export function nextSlice(): Promise<void> | undefined {
  if (!isOver()) {
    return undefined;
  }
  queue = queue.then(begin);
  return queue;
}

async function begin(): Promise<void> {
  // Short steps of several works share a slice.
  if (isOver()) {
    await new Promise(setImmediate);
    since = performance.now();
  }
}

function isOver(): boolean {
  return performance.now() - since >= maxSliceMs;
}
