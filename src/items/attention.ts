import type { Item } from './item';
import type { Tone, Words } from './kind';
import { kindOf, spaceOf } from './kinds';

/** From how much of a quota or capacity on an item needs attention, in percent. */
export interface FillLimits {
  readonly warning: number;
  readonly error: number;
}

/** The defaults of the settings. */
export const usualLimits: FillLimits = { warning: 80, error: 95 };

/**
 * How urgently an item needs attention: because of its state, as its kind says, or because little space is left to it. Undefined
 * if it does not, or if its server does not tell.
 */
export function attentionOf(item: Item, limits: FillLimits, words: Words): Tone | undefined {
  const { tone } = kindOf(item.kind).icon(item, words);
  const full = fullnessOf(item, limits);
  return full === 'error' ? full : (tone ?? full);
}

function fullnessOf(item: Item, { warning, error }: FillLimits): Tone | undefined {
  const { takenBytes, limitBytes, unlimited } = spaceOf(item) ?? {};
  // Servers that know no limit send 0; the row does not show it.
  if (takenBytes === undefined || limitBytes === undefined || limitBytes <= 0 || unlimited) {
    return undefined;
  }
  const percent = (takenBytes / limitBytes) * 100;
  return percent >= error ? 'error' : percent >= warning ? 'warning' : undefined;
}
