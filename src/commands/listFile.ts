import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Log } from '../http/log';
import { oneLine } from '../http/text';
import { hostAndPort } from '../servers/address';
import { type Import, importInto, newCertificates } from '../servers/importList';
import { type FileContent, type ListedServer, largestFile, readFile, tooLarge, writeFile } from '../servers/listFile';
import { ListFromLaterVersion, type ServerList } from '../servers/serverList';
import { writeAtomically } from '../views/atomicFile';
import { count } from '../views/format';
import { withoutLinks } from '../views/plain';

/** How many things a message names one by one. */
const fewEnoughToName = 5;

/** Handing on the list of servers as a file. */
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
      await vscode.window.showInformationMessage(vscode.l10n.t('There are no servers to export yet.'));
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
    if (!file) {
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
    const certificates = newCertificates(this.#list.content, content);
    const trusted = certificates.length > 0 ? await confirmCertificates(certificates) : false;
    if (trusted === undefined) {
      return;
    }
    const result = importInto(this.#list.content, content, trusted);
    if (result.added + result.updated > 0) {
      await this.#list.edit(() => result.list);
    }
    this.#report(result, content);
  };

  async #chooseFile(): Promise<vscode.Uri | undefined> {
    const files = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Servers'),
      openLabel: vscode.l10n.t('Import'),
      filters: fileKinds(),
    });
    return files?.[0];
  }

  #report({ added, updated, unchanged, skipped, keptCertificates }: Import, { withSecrets }: FileContent): void {
    const reasons = skipped.map(({ entry, reason }) => `${oneLine(entry, 60)}: ${reason}`);
    for (const reason of reasons) {
      this.#log.warn(`import: skipped ${reason}`);
    }
    const counts = [
      vscode.l10n.t('{0} added', count(added)),
      vscode.l10n.t('{0} updated', count(updated)),
      ...(unchanged > 0 ? [vscode.l10n.t('{0} unchanged', count(unchanged))] : []),
      ...(skipped.length > 0 ? [vscode.l10n.t('{0} skipped ({1})', count(skipped.length), few(reasons, '; '))] : []),
    ].join(', ');
    const parts = [
      vscode.l10n.t('Servers imported: {0}.', counts),
      ...(withSecrets > 0 ? [vscode.l10n.t('The file carries passwords or tokens; they were ignored.')] : []),
      ...(keptCertificates.length > 0
        ? [
            vscode.l10n.t(
              'The file has another certificate for {0}; the one trusted here was kept.',
              few(
                keptCertificates.map(name => oneLine(name, 60)),
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

/** Undefined if the user leaves. */
async function confirmCertificates(servers: readonly ListedServer[]): Promise<boolean | undefined> {
  const trust = vscode.l10n.t('Trust These Certificates');
  const without = vscode.l10n.t('Import Without Them');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Trust the certificates that the file names?'),
    {
      modal: true,
      detail: withoutLinks(
        [
          vscode.l10n.t(
            'Whoever wrote the file says that these SHA-256 fingerprints belong to the servers. Without them you are asked when you connect.',
          ),
          ...servers
            .slice(0, fewEnoughToName)
            .map(
              ({ name, url, trustedFingerprint }) =>
                `\n${oneLine(name, 60)} (${hostAndPort(url)})\n${trustedFingerprint ?? ''}`,
            ),
          ...(servers.length > fewEnoughToName
            ? [`\n${vscode.l10n.t('and {0} more', count(servers.length - fewEnoughToName))}`]
            : []),
        ].join('\n'),
      ),
    },
    trust,
    without,
  );
  return answer === undefined ? undefined : answer === trust;
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
