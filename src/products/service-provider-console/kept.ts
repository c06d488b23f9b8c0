import { unlessAborted } from '../../base/abort';
import { isFailure } from '../../base/failure';
import type { Api } from '../product';

// What several lists need from another list: names, quotas. It is read once for them instead of once for each.

/** Then it is read again. */
const keptMs = 5 * 60_000;

interface Kept {
  readonly at: number;
  readonly value: Promise<unknown>;
}

/** By the account that may see it, and by what it is. */
const keptOf = new WeakMap<object, Map<string, Kept>>();

/**
 * What was read a short while ago, or is being read; otherwise it is read now.
 * @param name says which it is
 * @param isAnew whoever asks wants to know what there is now
 */
export async function kept<T>(
  { account }: Api,
  name: string,
  isAnew: boolean,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  const known = keptOf.get(account) ?? new Map<string, Kept>();
  keptOf.set(account, known);
  const last = known.get(name);
  if (last && !isAnew && Date.now() - last.at < keptMs) {
    try {
      return (await unlessAborted(last.value, signal)) as T;
    } catch (error) {
      // Who began to read it may have given up.
      if (signal.aborted || !isFailure(error) || error.kind !== 'cancelled') {
        throw error;
      }
    }
  }
  const mine: Kept = { at: Date.now(), value: read() };
  known.set(name, mine);
  try {
    return (await mine.value) as T;
  } catch (error) {
    if (known.get(name) === mine) {
      known.delete(name);
    }
    throw error;
  }
}

/** Puts in place what has been read for another purpose. */
export function keep({ account }: Api, name: string, value: unknown): void {
  const known = keptOf.get(account) ?? new Map<string, Kept>();
  keptOf.set(account, known);
  known.set(name, { at: Date.now(), value: Promise.resolve(value) });
}
