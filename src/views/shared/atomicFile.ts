import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import { nameIn } from '../../base/text';

/**
 * The file is there as a whole or not at all; one that was there before stays until then. It keeps its permissions, and a
 * link still leads to it.
 */
export async function writeAtomically(file: vscode.Uri, content: Uint8Array): Promise<void> {
  await (file.scheme === 'file' ? writeHere(file.fsPath, content) : writeElsewhere(file, content));
}

/**
 * Asks before a file that a script has named is replaced: in VS Code's own dialog the user is asked there.
 * @returns whether it may be written
 */
export async function mayBeWritten(file: vscode.Uri): Promise<boolean> {
  const isThere = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false, // what else is wrong shows when it is written
  );
  if (!isThere) {
    return true;
  }
  const replace = vscode.l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Replace this file?'),
    {
      modal: true,
      detail: [
        nameIn(file.scheme === 'file' ? file.fsPath : file.toString(), longestPath),
        '',
        vscode.l10n.t('A script or another extension is exporting to it. Its current content will be lost.'),
      ].join('\n'),
    },
    replace,
  );
  return answer === replace;
}

async function writeHere(path: string, content: Uint8Array): Promise<void> {
  const target = await behindLinks(path);
  const before = await stat(target).catch(unlessAbsent);
  if (before && !before.isFile()) {
    throw new Error(vscode.l10n.t('{0} is not a file.', nameIn(path, longestPath)));
  }
  await (before ? access(target, constants.W_OK) : mkdir(dirname(target), { recursive: true }));
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    // At no time is it open to more people than the file was.
    const handle = await open(draft, 'wx', before ? 0o600 : 0o666);
    try {
      await handle.writeFile(content);
      if (before) {
        await handle.chmod(before.mode & 0o777);
      }
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Where links lead in the end, be there a file or not. */
async function behindLinks(path: string): Promise<string> {
  const real = await realpath(path).catch(unlessAbsent);
  if (real !== undefined) {
    return real;
  }
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : await behindLinks(resolve(dirname(path), link));
}

function unlessAbsent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
    throw error;
  }
}

async function writeElsewhere(file: vscode.Uri, content: Uint8Array): Promise<void> {
  const draft = file.with({ path: `${file.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(draft, content);
    await vscode.workspace.fs.rename(draft, file, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(draft).then(undefined, () => undefined);
    throw error;
  }
}

/** The end of a path is its file's name: it has to be there. */
const longestPath = 300;
