import { Cancelled } from './failure';

/** Waits so many milliseconds. Ends early, and without an error, when the signal aborts. */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) {
    return;
  }
  await new Promise<void>(resolve => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/**
 * What the work gives, or what `stop` settles once the signal has aborted; the work itself goes on. The listener is taken away
 * again: one that ends with a signal of its own takes longer, as aborting that makes an exception with a stack.
 */
async function raceWithAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  stop: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
): Promise<T> {
  let listener: () => void = () => undefined;
  const aborted = new Promise<T>((resolve, reject) => {
    listener = () => stop(resolve, reject);
    signal.addEventListener('abort', listener, { once: true });
    if (signal.aborted) {
      listener();
    }
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', listener);
  }
}

/** Resolves when the work has ended or the signal aborts; the work itself goes on. Rejects if the work does. */
export async function untilAborted(work: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  await raceWithAbort<unknown>(Promise.resolve(work), signal, resolve => resolve(undefined));
}

/** Whether the work ends within so many milliseconds; if not, it goes on. Rejects if the work does by then. */
export async function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The promise's outcome, or {@link Cancelled} as soon as the signal says so; the promise itself goes on.
 * @param reason what to throw instead
 * @throws what the promise rejects with, too
 */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  reason: () => unknown = () => new Cancelled(),
): Promise<T> {
  return await raceWithAbort(promise, signal, (_resolve, reject) => reject(reason()));
}
