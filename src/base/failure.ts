import * as l10n from '@vscode/l10n';
import { oneLine } from './text';

/** What a person can do about a failure; each has a command and, where it fits, a button on the row. */
export type Remedy = 'retry' | 'signIn' | 'trust' | 'edit' | 'connectionOptions' | 'showLog';

// The output files each carry a copy of these classes, so `instanceof` fails across them; the brand does not.
const brand = Symbol.for('backupTenancy.failure');

/**
 * Something that went wrong between the user and a server, told in the user's words.
 *
 * `message` is a whole sentence, `short` a few words for a row, `detail` the technical cause. None of them ever holds a
 * secret, and text that came from a server is cut to one line.
 */
export abstract class Failure extends Error {
  readonly [brand] = true;
  abstract readonly kind: string;
  abstract readonly short: string;
  readonly remedies: readonly Remedy[] = ['retry', 'showLog'];
  readonly detail: string | undefined;

  constructor(message: string, detail?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.detail = detail === undefined ? undefined : oneLine(detail);
  }
}

/** Whether a thrown value is a {@link Failure}, whichever output file made it. */
export function isFailure(value: unknown): value is Failure {
  return value instanceof Error && brand in value;
}

/** The load was given up on purpose: cancelled, collapsed, removed. Shown to nobody. */
export class Cancelled extends Failure {
  readonly kind = 'cancelled';
  readonly short = l10n.t('cancelled');
  constructor() {
    super(l10n.t('The request was cancelled.'));
  }
}

/** A defect of this extension, so that even that ends as a row instead of an exception. */
export class Defect extends Failure {
  readonly kind = 'defect';
  readonly short = l10n.t('internal error');
  constructor(cause: unknown) {
    super(l10n.t('This extension ran into an internal error. Please report it with the log.'), describe(cause), {
      cause,
    });
  }
}

/** What an error says of its cause, with the system's code. */
export function describe(cause: unknown): string {
  if (!(cause instanceof Error)) {
    return String(cause);
  }
  // A connection that tried several addresses says why each one failed.
  const inner = cause instanceof AggregateError ? cause.errors.map(describe).join('; ') : '';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const message = cause.message || inner;
  return code && !message.includes(code) ? `${code} ${message}`.trim() : message || cause.name;
}
