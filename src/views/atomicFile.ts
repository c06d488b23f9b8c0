import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The file is there as a whole or not at all; one that was there before stays until then. */
export async function writeAtomically(file: vscode.Uri, text: string): Promise<void> {
  const draft = file.with({ path: `${file.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(draft, file, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(draft).then(undefined, () => undefined);
    throw error;
  }
}
