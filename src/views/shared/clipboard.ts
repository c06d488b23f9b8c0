import * as vscode from 'vscode';

/** How long the status bar tells of it, in milliseconds. */
const shownMs = 3000;

/** Copies a text, and says so in the status bar in a sentence. */
export async function copyToClipboard(text: string, told: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${told}`, shownMs);
}
