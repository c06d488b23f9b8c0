import { unlessAborted } from '../../base/abort';
import { isFailure } from '../../base/failure';
import type { Api } from '../product';

// What several rows need of another list, such as names and quotas: it is read once for all of them.

/** Then it is read again. */
const keptMs = 5 * 60_000;

interface Kept {
  readonly at: number;
  readonly value: Promise<unknown>;
  /** Who has had it. */
  readonly readers: Set<string>;
}

/** By the account that may see it, and by what it is. */
const keptOf = new WeakMap<object, Map<string, Kept>>();

/**
 * What was read a short while ago, or is being read; otherwise it is read now.
 * @param name says what it is
 * @param reader whoever asks; asking a second time, it wants to know what there is now, and it is read anew
 */
export async function kept<T>(
  { account }: Api,
  name: string,
  reader: string | undefined,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  const known = keptOf.get(account) ?? new Map<string, Kept>();
  keptOf.set(account, known);
  const last = known.get(name);
  if (last && Date.now() - last.at < keptMs && !(reader !== undefined && last.readers.has(reader))) {
    note(last, reader);
    try {
      return (await unlessAborted(last.value, signal)) as T;
    } catch (error) {
      // Who began to read it may have given up.
      if (signal.aborted || !isFailure(error) || error.kind !== 'cancelled') {
        throw error;
      }
    }
  }
  const mine: Kept = { at: Date.now(), value: read(), readers: new Set() };
  note(mine, reader);
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

/** {@link kept} for what may have failed in part: whoever asks does not take such a thing from another reader. */
export async function keptIfWhole<T extends { readonly lacking?: unknown }>(
  api: Api,
  name: string,
  reader: string | undefined,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  let isFresh = false;
  const ask = () =>
    kept(api, name, reader, signal, () => {
      isFresh = true;
      return read();
    });
  const first = await ask();
  return first.lacking !== undefined && reader !== undefined && !isFresh ? await ask() : first;
}

/** The first page of a list asks for what goes with all pages; the others take what it got. */
export function readerFrom(offset: number, reader: string): string | undefined {
  return offset === 0 ? reader : undefined;
}

function note({ readers }: Kept, reader: string | undefined): void {
  if (reader !== undefined) {
    readers.add(reader);
  }
}
