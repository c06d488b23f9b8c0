import * as l10n from '@vscode/l10n';
import { type Failure, isFailure } from '../../base/failure';
import { type Lacking, together } from '../../items/unreadable';
import type { ReadList } from '../reading/readList';
import { ifThere } from '../reading/whenMissing';

// Quotas and used space have lists of their own. Where the server fails at one of them, the rows come without, and it is told.

/** What was read of quotas, or why it could not be read. Neither, if this account may not read it. */
export interface Quotas<T> {
  readonly told?: T | undefined;
  readonly lacking?: Lacking | undefined;
}

/** Failures of an answer. After others, such as that of the whole server, a second attempt brings everything. */
const failsAlone: ReadonlySet<string> = new Set([
  ...['serverFailed', 'endlessList', 'timedOut', 'badAnswer'],
  ...['malformedBody', 'unexpectedShape', 'tooLarge', 'webPage'],
]);

export async function quotasIn<T>(request: Promise<T>): Promise<Quotas<T>> {
  try {
    return { told: await ifThere(request) };
  } catch (error) {
    if (isFailure(error) && failsAlone.has(error.kind)) {
      return { lacking: lackingQuotas(error) };
    }
    throw error;
  }
}

function lackingQuotas({ message }: Failure): Lacking {
  return {
    message: l10n.t('Quotas and used space could not be read: {0}', message),
    short: l10n.t('quotas could not be read'),
  };
}

/** A list of rows to which something may be lacking. */
export function without<List extends ReadList<unknown>>(lacking: Lacking | undefined, list: List): List {
  return lacking ? { ...list, unreadable: together(list.unreadable, { count: 0, came: [], lacking }) } : list;
}
