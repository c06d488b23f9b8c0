import * as vscode from 'vscode';
import { groupsOf } from '../../base/groupsOf';
import { changeText } from '../../changes/changeTexts';
import type { ItemChange } from '../../changes/compare';
import { dateTime } from '../shared/format';
import { nameIn } from '../shared/harmless';
import { jsonOf } from '../shared/itemRecords';
import { escapeMarkdown, markdownLine, markdownRule } from '../shared/tables';
import { groupOf, problemsOf, rowOf } from './changeWords';
import type { Compared } from './compareFile';
import { rowsOfUnlisted } from './presentState';

export type ChangesFormat = 'markdown' | 'json';

/** All changes as the pieces of a file's text. */
export function changesPieces(compared: Compared, file: vscode.Uri, format: ChangesFormat): Iterable<string> {
  return format === 'json' ? [`${jsonOf(changesAsData(compared, file))}\n`] : markdownPieces(compared, file);
}

/** For scripts: the names in here are documented and never change. */
export function changesAsData({ at, comparison, present, saved, usedPercent }: Compared, file: vscode.Uri) {
  return {
    schema: 1,
    file: file.scheme === 'file' ? file.fsPath : file.toString(),
    at: new Date(at).toISOString(),
    usedPercent,
    unchanged: comparison.same,
    changes: comparison.changes.flatMap(changeAsData),
    /** Lists that could not be read. */
    incomplete: present.problems.map(({ path, why }) => ({ path: path.join(' / '), message: why })),
    serversNotInList: [...rowsOfUnlisted(saved, present.unlisted).values()].map(({ name }) => name),
    /** Keys of rows of the file that may be gone or not. */
    notFound: comparison.unknown.map(({ key }) => key),
    /** Keys of rows that may be new or not. */
    maybeNew: comparison.unsure.map(({ key }) => key),
  };
}

function changeAsData({ before, now, what, differences }: ItemChange) {
  const record = now ?? before;
  if (!record) {
    return [];
  }
  const { server, kind, path, name, id, key } = record;
  const values = (of: 'before' | 'now') =>
    Object.fromEntries(differences.map(difference => [difference.fact, difference[of]]));
  return [
    {
      what,
      ...{ server, kind, path, name },
      ...(id === undefined ? {} : { id }),
      key,
      ...(differences.length > 0 ? { before: values('before'), now: values('now') } : {}),
    },
  ];
}

function* markdownPieces(compared: Compared, file: vscode.Uri): Generator<string> {
  const { at, comparison } = compared;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const moment = dateTime(new Date(at).toISOString());
  yield `# ${escapeMarkdown(vscode.l10n.t('Changes since {0}', nameIn(name)))}\n\n`;
  yield `${escapeMarkdown(vscode.l10n.t('As of {0}.', moment))}\n\n`;
  const problems = problemsOf(compared);
  if (problems.length > 0) {
    yield `## ${escapeMarkdown(vscode.l10n.t('Not Compared'))}\n\n`;
    yield `${problems.map(({ names, text }) => `- ${escapeMarkdown(problemText(names, text))}\n`).join('')}\n`;
  }
  if (comparison.changes.length === 0 && problems.length === 0) {
    yield `${escapeMarkdown(vscode.l10n.t('Nothing has changed.'))}\n`;
  }
  const titles = [
    vscode.l10n.t('Name'),
    vscode.l10n.t('Kind'),
    'ID',
    vscode.l10n.t('Change'),
    vscode.l10n.t('Details'),
  ];
  for (const [group, changes] of grouped(comparison.changes)) {
    yield `## ${escapeMarkdown(group)}\n\n${markdownLine(titles)}${markdownRule(titles.map(() => false))}`;
    for (const change of changes) {
      const row = rowOf(change);
      yield row
        ? markdownLine([
            row.name,
            row.kind,
            row.id,
            row.what.map(changeText).join(', '),
            row.details.replaceAll('\n', '; '),
          ])
        : '';
    }
    yield '\n';
  }
}

function problemText(names: readonly string[], text: string): string {
  return names.length > 0 ? `${names.map(name => nameIn(name)).join(' › ')}: ${text}` : text;
}

function grouped(changes: readonly ItemChange[]): ReadonlyMap<string, readonly ItemChange[]> {
  return groupsOf(changes, ({ now, before }) => {
    const record = now ?? before;
    return record ? groupOf(record) : '';
  });
}
