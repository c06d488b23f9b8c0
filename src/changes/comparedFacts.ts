import type { FactForm, FactForms } from '../items/fact';
import { factsOfKind } from '../items/facts';
import type { ItemKind } from '../items/item';
import { kindOf } from '../items/kinds';

/** What a fact says about its item, which decides when a difference counts. */
export type FactRole = 'limit' | 'used' | 'enabled' | 'status' | 'other';

/** A fact by which two states of an item are compared. */
export interface ComparedFact {
  /** Its member in exported lists. */
  readonly member: string;
  readonly role: FactRole;
  readonly form: FactForm;
  /** What people call it; undefined for facts that are for programs alone. */
  readonly label: (() => string) | undefined;
}

const known = new Map<ItemKind, readonly ComparedFact[]>();

/** The facts of a kind that stay as they are until somebody or something changes the item. */
export function comparedFacts(kind: ItemKind): readonly ComparedFact[] {
  let facts = known.get(kind);
  if (!facts) {
    facts = factsOf(kind);
    known.set(kind, facts);
  }
  return facts;
}

function factsOf(kind: ItemKind): readonly ComparedFact[] {
  const { activity, space } = kindOf(kind);
  const all = Object.entries<FactForms>(factsOfKind(kind).facts);
  const hasEnabled = all.some(([name]) => name === 'enabled');
  return all.flatMap(([name, { form, label, column = name }]): ComparedFact[] => {
    const role = roleOf(name, form);
    // Tells of the last run. Where there is a switch, the status tells what is going on behind it.
    const isPassing = name === activity || /^(?:last|next)[A-Z]/.test(name) || (hasEnabled && name === 'status');
    const isLimit = name === space?.limit;
    return role === undefined || isPassing ? [] : [{ member: column, role: isLimit ? 'limit' : role, form, label }];
  });
}

/** Undefined for what is the rest of other facts, or is no fact of an exported list. */
function roleOf(name: string, form: FactForm): FactRole | undefined {
  if (name === 'enabled' || name === 'status') {
    return name;
  }
  switch (form) {
    case 'shown':
      return undefined;
    case 'bytes':
      return name.startsWith('free') ? undefined : /used|cache|storage|tier/i.test(name) ? 'used' : 'limit';
    case 'count':
      return /quota/i.test(name) ? 'limit' : 'used';
    default:
      // Is told with the limit.
      return name === 'unlimited' ? undefined : 'other';
  }
}
