import * as vscode from 'vscode';
import { wholePercent } from '../../base/numbers';
import type { Item } from '../../items/item';
import { spaceOf } from '../../items/kinds';
import { count, percent, size } from '../shared/format';

/** How much of a quota or a volume is taken. */
export interface Usage {
  readonly usedBytes: number;
  readonly limitBytes: number;
}

/** Undefined without a limit, or where the server does not tell both. */
export function usageOf(item: Item): Usage | undefined {
  const space = spaceOf(item);
  return space && usage(space.takenBytes, space.limitBytes);
}

export function usage(usedBytes: number | undefined, limitBytes: number | undefined): Usage | undefined {
  return usedBytes === undefined || !limitBytes ? undefined : { usedBytes, limitBytes };
}

/** In whole percent, rounded so that "0 %" is nothing at all and "100 %" nothing left. */
export function percentOf({ usedBytes, limitBytes }: Usage): number {
  return wholePercent(usedBytes / limitBytes);
}

const steps = 10;

/** `▰▰▰▰▰▱▱▱▱▱ 52 %` */
export function barText(each: Usage): string {
  const taken = percentOf(each);
  const filled = Math.min(steps, taken === 0 ? 0 : Math.max(1, Math.round((taken / 100) * steps)));
  // The last step is taken when nothing is left.
  const shown = taken < 100 ? Math.min(filled, steps - 1) : filled;
  return `${'▰'.repeat(shown)}${'▱'.repeat(steps - shown)} ${percentText(each)}`;
}

export function percentText({ usedBytes, limitBytes }: Usage): string {
  return percent(usedBytes / limitBytes);
}

/** The same for a screen reader, which would read out each sign of the bar. */
export function spokenUsage(each: Usage): string {
  return vscode.l10n.t('{0} percent used', count(percentOf(each)));
}

/** `84 GB left` */
export function leftText({ usedBytes, limitBytes }: Usage): string {
  return usedBytes > limitBytes
    ? vscode.l10n.t('{0} over', size(usedBytes - limitBytes))
    : vscode.l10n.t('{0} left', size(limitBytes - usedBytes));
}
