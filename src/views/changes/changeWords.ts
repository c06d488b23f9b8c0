// Changes in words, for people.

import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import { changeText } from '../../changes/changeTexts';
import type { Difference, ItemChange } from '../../changes/compare';
import { comparedFacts } from '../../changes/comparedFacts';
import { type ListRecord, serverOfKey } from '../../changes/listRecord';
import { kindName } from '../../items/kinds';
import type { ChangeResult, ChangeRow } from '../../webview/changes/messages';
import { count, dateTime, size } from '../shared/format';
import { isolated, nameIn } from '../shared/harmless';
import type { Compared } from './compareFile';
import { type Problem, rowsOfUnlisted } from './presentState';

/** Lists that could not be read and are told one by one. */
const mostProblems = 50;

export function rowOf(change: ItemChange): ChangeRow | undefined {
  const { before, now, what, differences } = change;
  const record = now ?? before;
  return (
    record && {
      key: record.key,
      group: groupOf(record),
      kind: kindName(record.kind),
      name: oneLine(record.name),
      id: record.id ?? '',
      what: [...what],
      details: (differences.length > 0 ? differences : sizesOf(record))
        .map(each => detailText(each, record))
        .join('\n'),
      isThere: now !== undefined,
    }
  );
}

/** Names of a path that are told, from the server on. */
const mostNames = 12;

/** The server and all that the row is in. */
export function groupOf({ path, server }: ListRecord): string {
  const above = path.slice(0, -1);
  return pathText(above.length > 0 ? above : [server]);
}

/** Names keep their order whatever direction they are read in. */
function pathText(names: readonly unknown[]): string {
  return names
    .slice(0, mostNames)
    .map(name => nameIn(String(name)))
    .join(' › ');
}

/** How large that is which has come or has gone. */
function sizesOf(record: ListRecord): readonly Difference[] {
  return comparedFacts(record.kind).flatMap(({ member, role, form, label }): readonly Difference[] =>
    label && form === 'bytes' && (role === 'limit' || role === 'used') && typeof record[member] === 'number'
      ? [{ fact: member, what: 'new', now: record[member] }]
      : [],
  );
}

function detailText({ fact, what, before, now }: Difference, { kind }: ListRecord): string {
  const compared = comparedFacts(kind).find(({ member }) => member === fact);
  const label = compared?.label?.() ?? labelOf(fact);
  if (what === 'new') {
    return vscode.l10n.t('{0}: {1}', label, valueText(now, compared?.form));
  }
  if (before === undefined && now === undefined) {
    return label;
  }
  const textOf = compared?.role === 'enabled' ? stateText : valueText;
  const [from, to] = [textOf(before, compared?.form), textOf(now, compared?.form)];
  const growth = what === 'used' ? growthText(before, now) : '';
  return vscode.l10n.t('{0}: {1} → {2}', label, from, growth ? `${to} (${growth})` : to);
}

/** Names members that are no fact of their kind, and facts that are for programs alone. */
function labelOf(fact: string): string {
  switch (fact) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'description':
      return vscode.l10n.t('Description');
    case 'path':
      return vscode.l10n.t('Path');
    default:
      return fact;
  }
}

function stateText(value: unknown): string {
  return typeof value === 'boolean' ? changeText(value ? 'enabled' : 'disabled') : '–';
}

function valueText(value: unknown, form: string | undefined): string {
  switch (typeof value) {
    case 'number':
      return form === 'bytes' ? size(value) : form === 'count' ? count(value) : String(value);
    case 'boolean':
      return value ? vscode.l10n.t('yes') : vscode.l10n.t('no');
    case 'string':
      if (value === 'unlimited' && (form === 'bytes' || form === 'count')) {
        return vscode.l10n.t('unlimited');
      }
      // Or what was there before would stand behind the arrow.
      return isolated(oneLine(form === 'moment' || form === 'expiry' ? dateTime(value) : value)) || '–';
    default:
      return Array.isArray(value) ? pathText(value) : '–';
  }
}

function growthText(before: unknown, now: unknown): string {
  const share = Math.round(((Number(now) - Number(before)) / Number(before)) * 100);
  return Number.isFinite(share) ? vscode.l10n.t('{0} %', `${share > 0 ? '+' : ''}${count(share)}`) : '';
}

export function resultOf(compared: Compared): ChangeResult {
  const { at, usedPercent, comparison, present } = compared;
  return {
    at,
    usedPercent,
    same: comparison.same,
    problems: problemsOf(compared),
    canUpdate: present.records.length > 0,
  };
}

/** What could not be compared, and why. */
export function problemsOf({ saved, present, comparison }: Compared): ChangeResult['problems'] {
  const { problems, unlisted } = present;
  const servers = rowsOfUnlisted(saved, unlisted);
  const { unknown, unsure } = comparison;
  const missing = unknown.filter(({ key }) => !unlisted.has(serverOfKey(key))).length;
  return [
    ...[...servers.values()].map(({ name, rows }) => ({
      names: [],
      text: vscode.l10n.t('{0} is not in the list of servers. Rows of the file: {1}', nameIn(name), count(rows)),
    })),
    ...problems.slice(0, mostProblems).map(problem => ({
      names: problem.path.map(name => oneLine(name)),
      text: problem.why,
      ...(wantsSignIn(problem) ? { signIn: problem.node.root.key } : {}),
    })),
    ...(problems.length > mostProblems
      ? [{ names: [], text: vscode.l10n.t('and {0} more', count(problems.length - mostProblems)) }]
      : []),
    ...(missing > 0
      ? [
          {
            names: [],
            text: vscode.l10n.t(
              'Rows of the file that may still be there, but could not be looked for: {0}',
              count(missing),
            ),
          },
        ]
      : []),
    ...(unsure.length > 0
      ? [
          {
            names: [],
            text: vscode.l10n.t('Rows that may be new, as the file is incomplete there: {0}', count(unsure.length)),
          },
        ]
      : []),
  ];
}

function wantsSignIn({ remedies }: Problem): boolean {
  return remedies.includes('signIn');
}
