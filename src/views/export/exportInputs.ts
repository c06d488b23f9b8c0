import * as vscode from 'vscode';
import { type ExportFormat, fileKinds } from '../../base/exportFormats';
import { oneLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import type { CrawlProgress } from '../../inventory/loading/loadAllBelow';
import type { Node } from '../../inventory/tree/node';
import type { ItemKind } from '../../items/item';
import { kindName } from '../../items/kinds';
import { count } from '../shared/format';
import { nameIn, plain, withoutLinks } from '../shared/harmless';
import { pathNames } from '../shared/itemRecords';
import { offerToAddServer } from '../shared/offerToAddServer';
import { pickMany, pickOne } from '../shared/pick';
import { pickLine } from '../shared/pickNode';
import type { SaveFolder } from '../shared/saveFolder';

/** How many things a question names one by one. */
const fewEnoughToName = 5;

/** Asks what is exported, the selection first; undefined if the user does not choose. */
export async function pickWhat(
  selection: readonly Node[],
  inventory: Pick<Inventory, 'servers' | 'loaded'>,
): Promise<readonly Node[] | undefined> {
  const { servers } = inventory;
  if (servers.length === 0) {
    await offerToAddServer();
    return undefined;
  }
  const names = (nodes: readonly Node[]) => plain(nodes.map(({ item }) => nameIn(item.name, 60)).join(', '));
  const selected = { label: vscode.l10n.t('Selection'), description: names(selection) };
  const everything = { label: vscode.l10n.t('Everything'), description: names(servers) };
  const branches = [...inventory.loaded()].filter(({ item }) => item.hasChildren);
  const line = await pickLine(branches, {
    title: vscode.l10n.t('Export List'),
    placeholder: vscode.l10n.t('Choose what to export, including everything below it'),
    above: [...(selection.length > 0 ? [selected] : []), everything],
  });
  switch (line) {
    case selected:
      return selection;
    case everything:
      return servers;
    default:
      return line?.node && [line.node];
  }
}

/**
 * Asks for kinds, unless there is only one.
 * @param there how many items of each kind there are
 * @param last what was chosen last; empty for all kinds
 * @returns no kinds for all of them; undefined if the user does not choose
 */
export async function pickKinds(
  there: ReadonlyMap<ItemKind, number>,
  last: readonly ItemKind[],
): Promise<readonly ItemKind[] | undefined> {
  if (there.size < 2) {
    return [];
  }
  const isLast = [...there.keys()].some(kind => last.includes(kind));
  const items = [...there].map(([itemKind, number]) => ({
    label: kindName(itemKind),
    description: count(number),
    itemKind,
  }));
  const picked = await pickMany(
    items,
    {
      title: vscode.l10n.t('Export List'),
      placeholder: vscode.l10n.t('Choose the kinds to export'),
      staysOpen: true,
    },
    items.filter(({ itemKind }) => !isLast || last.includes(itemKind)),
  );
  if (!picked || picked.length === 0) {
    return undefined;
  }
  return picked.length === there.size ? [] : picked.map(({ itemKind }) => itemKind);
}

export async function pickFormat(): Promise<ExportFormat | undefined> {
  const formats: (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: 'CSV', description: vscode.l10n.t('for Excel and other spreadsheets'), format: 'csv' },
    { label: 'JSON', description: vscode.l10n.t('for scripts, with all fields'), format: 'json' },
    { label: 'Markdown', description: vscode.l10n.t('a table for tickets and wikis'), format: 'markdown' },
  ];
  const choice = await pickOne(formats, {
    title: vscode.l10n.t('Export List'),
    placeholder: vscode.l10n.t('Choose the file format'),
  });
  return choice?.format;
}

export async function chooseFile(
  nodes: readonly Node[],
  format: ExportFormat,
  folder: SaveFolder,
): Promise<vscode.Uri | undefined> {
  const [first] = nodes;
  const name = first && nodes.length === 1 ? fileName(first) : 'backup-tenancy';
  const { extension, name: kind } = fileKinds[format];
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export List'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: folder.file(`${name}.${extension}`),
    filters: { [kind]: [extension] },
  });
  if (file) {
    await folder.keep(file);
  }
  return file;
}

/** A heading alone says little: its server stands before it. */
function fileName(node: Node): string {
  const names = node.item.kind === 'group' ? [node.root.item.name, node.item.name] : [node.item.name];
  const safe = names.map(name =>
    oneLine(name, 60)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
  );
  const name = safe.filter(Boolean).join('-') || 'backup-tenancy';
  return reservedOnWindows.test(name) ? `${name}-list` : name;
}

/** Names of devices, whatever stands behind the dot. */
const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** What to do about lists that could not be loaded; undefined if the user leaves. */
export async function askAboutMissing(missing: CrawlProgress['failed']): Promise<'retry' | 'write' | undefined> {
  const retry = vscode.l10n.t('Retry');
  const write = vscode.l10n.t('Export the Rest');
  const named = missing
    .slice(0, fewEnoughToName)
    .map(({ node, failure }) => `${nameIn(pathNames(node).join(' / '), 100)}: ${failure.message}`);
  const answer = await vscode.window.showWarningMessage(
    missing.length === 1
      ? vscode.l10n.t('One list could not be loaded. Export the rest?')
      : vscode.l10n.t('{0} lists could not be loaded. Export the rest?', count(missing.length)),
    {
      modal: true,
      detail: withoutLinks(
        [
          ...named,
          ...(missing.length > fewEnoughToName
            ? [vscode.l10n.t('and {0} more', count(missing.length - fewEnoughToName))]
            : []),
          vscode.l10n.t('The file says what is missing.'),
        ].join('\n\n'),
      ),
    },
    write,
    retry,
  );
  return answer === write ? 'write' : answer === retry ? 'retry' : undefined;
}
