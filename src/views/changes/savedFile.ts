import * as vscode from 'vscode';
import { nextSlice } from '../../base/timeSlices';
import { largestList, listTooLarge } from '../../changes/savedList';
import { encoded } from '../export/exportContent';
import { writeAtomically } from '../shared/atomicFile';

/** So many bytes are decoded at once. */
const decodedAtOnce = 1024 * 1024;

/**
 * The text of a file: what an editor shows of it, saved or not, or what is on the disk.
 * @throws {NoSavedList} if it is too large
 */
export async function readText(uri: vscode.Uri): Promise<string> {
  const document = openDocument(uri);
  if (document) {
    return document.getText();
  }
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestList) {
    throw listTooLarge();
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += decodedAtOnce) {
    pieces.push(decoder.decode(bytes.subarray(at, at + decodedAtOnce), { stream: true }));
    await nextSlice();
  }
  return [...pieces, decoder.decode()].join('');
}

/**
 * Puts another text in the place of the one that was read: in an editor as a step that can be undone, and saved if nothing
 * was unsaved before; on the disk otherwise, where permissions and links stay.
 * @returns false if the file has another text than `before` by now, so that nothing was written
 */
export async function writeText(
  uri: vscode.Uri,
  before: string,
  pieces: Iterable<string>,
  signal: AbortSignal,
): Promise<boolean> {
  const content = await encoded(pieces, signal);
  if (!content || (await readText(uri)) !== before) {
    return false;
  }
  const document = openDocument(uri);
  if (!document) {
    await writeAtomically(uri, content);
    return true;
  }
  const wasSaved = !document.isDirty;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  const { start, end, replacement } = lineEdit(before, text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('VS Code did not apply the change to the open file.'));
  }
  if (wasSaved && !(await document.save())) {
    throw new Error(vscode.l10n.t('The file is changed in its editor, but VS Code could not save it.'));
  }
  return true;
}

/** The lines that differ, as one replacement: what is before and behind them keeps its cursors and marks. */
export function lineEdit(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  start = before.slice(0, start).lastIndexOf('\n') + 1;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  const end = before.indexOf('\n', before.length - tail) + 1 || before.length;
  return { start, end, replacement: after.slice(start, after.length - (before.length - end)) };
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    document => !document.isClosed && document.uri.toString() === uri.toString(),
  );
}
