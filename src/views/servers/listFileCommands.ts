import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { type FileContent, largestFile, readFile, tooLarge, writeFile } from '../../servers/list/exportedList';
import { carryOut, type ImportPlan, newCertificates, planImport } from '../../servers/list/importList';
import { ListFromLaterVersion, type ServerList } from '../../servers/list/serverList';
import { mayBeWritten, writeAtomically } from '../shared/atomicFile';
import { count } from '../shared/format';
import { nameIn, withoutLinks } from '../shared/harmless';
import { offerToAddServer } from '../shared/offerToAddServer';
import { askForCertificates, askForChanges } from './importInputs';

/** How many things a message names one by one. */
const fewEnoughToName = 5;

/** Exports and imports the list of servers. */
export class ListFileCommands {
  readonly #list: ServerList;
  readonly #log: Pick<Log, 'warn'>;

  constructor(list: ServerList, log: Pick<Log, 'warn'>) {
    this.#list = list;
    this.#log = log;
  }

  /** `exportServers(uri?)` */
  readonly exportServers = async (argument?: unknown): Promise<void> => {
    const { servers } = this.#list;
    if (servers.length === 0) {
      await offerToAddServer();
      return;
    }
    const file =
      argument instanceof vscode.Uri
        ? argument
        : await vscode.window.showSaveDialog({
            title: vscode.l10n.t('Export Servers'),
            saveLabel: vscode.l10n.t('Export'),
            defaultUri: vscode.Uri.file(`${homedir()}/servers.backup-tenancy.json`),
            filters: fileKinds(),
          });
    if (!file || (file === argument && !(await mayBeWritten(file)))) {
      return;
    }
    await writeAtomically(file, new TextEncoder().encode(writeFile(this.#list.content)));
    await vscode.window.showInformationMessage(
      servers.length === 1
        ? vscode.l10n.t('One server exported, without passwords and tokens.')
        : vscode.l10n.t('{0} servers exported, without passwords and tokens.', count(servers.length)),
    );
  };

  /** `importServers(uri?)` */
  readonly importServers = async (argument?: unknown): Promise<void> => {
    if (this.#list.isFromLaterVersion) {
      throw new ListFromLaterVersion();
    }
    const file = argument instanceof vscode.Uri ? argument : await this.#chooseFile();
    if (!file) {
      return;
    }
    const content = await readFrom(file);
    if (typeof content === 'string') {
      await vscode.window.showErrorMessage(content);
      return;
    }
    const plan = planImport(this.#list.content, content);
    const changes = await askForChanges(plan.changes);
    const certificates = changes && (await askForCertificates(newCertificates(plan)));
    if (!certificates) {
      return;
    }
    await this.#list.edit(list => carryOut(list, plan, { changes, certificates }));
    this.#report(plan, new Set([...changes].map(({ server }) => server.id)).size, content);
  };

  async #chooseFile(): Promise<vscode.Uri | undefined> {
    const files = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Servers'),
      openLabel: vscode.l10n.t('Import'),
      filters: fileKinds(),
    });
    return files?.[0];
  }

  #report(
    { added, known, skipped, keptCertificates }: ImportPlan,
    updated: number,
    { withSecrets }: FileContent,
  ): void {
    const unchanged = known - updated;
    const reasons = skipped.map(({ entry, reason }) => `${nameIn(entry, 60)}: ${reason}`);
    for (const reason of reasons) {
      this.#log.warn(`import: skipped ${reason}`);
    }
    const counts = [
      vscode.l10n.t('{0} added', count(added.length)),
      vscode.l10n.t('{0} updated', count(updated)),
      ...(unchanged > 0 ? [vscode.l10n.t('{0} unchanged', count(unchanged))] : []),
      ...(skipped.length > 0 ? [vscode.l10n.t('{0} skipped ({1})', count(skipped.length), few(reasons, '; '))] : []),
    ].join(', ');
    const parts = [
      vscode.l10n.t('Servers imported: {0}.', counts),
      ...(withSecrets > 0 ? [vscode.l10n.t('The file contains passwords or tokens; they were ignored.')] : []),
      ...(keptCertificates.length > 0
        ? [
            vscode.l10n.t(
              'The file names a different certificate for {0}; the one you trust was kept.',
              few(
                keptCertificates.map(name => nameIn(name, 60)),
                ', ',
              ),
            ),
          ]
        : []),
    ];
    // As a whole: names next to each other could make a link, too.
    const sentences = withoutLinks(parts.join(' '));
    void (skipped.length + keptCertificates.length > 0
      ? vscode.window.showWarningMessage(sentences)
      : vscode.window.showInformationMessage(sentences));
  }
}

async function readFrom(file: vscode.Uri): Promise<FileContent | string> {
  // Before it is read: it may be huge.
  const { size } = await vscode.workspace.fs.stat(file);
  return size > largestFile ? tooLarge() : readFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
}

function fileKinds(): Record<string, string[]> {
  return { [vscode.l10n.t('Lists of backup servers')]: ['backup-tenancy.json', 'json'] };
}

function few(texts: readonly string[], separator: string): string {
  const named = texts.slice(0, fewEnoughToName).join(separator);
  return texts.length > fewEnoughToName
    ? vscode.l10n.t('{0} and {1} more', named, count(texts.length - fewEnoughToName))
    : named;
}
