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

/** Resolves when the work has ended or the signal aborts; the work itself goes on. Rejects if the work does. */
export async function untilAborted(work: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const aborted = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    if (signal.aborted) {
      resolve();
    }
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
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
  const over = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(reason());
    signal.addEventListener('abort', stop, { once: true, signal: over.signal });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    over.abort();
  }
}
