import { strict as assert } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Waits until the condition holds; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await pause(20);
  }
}

export async function run<T = unknown>(command: string, ...args: unknown[]): Promise<T> {
  return await vscode.commands.executeCommand<T>(`backupTenancy.${command}`, ...args);
}

/** Acts on the focused tree as a keyboard does. */
export async function keys(...commands: string[]): Promise<void> {
  for (const command of commands) {
    await vscode.commands.executeCommand(command);
  }
}

/** Adds a sample server and gives its id. */
export async function addServer(
  product: string,
  server: { url: string; username: string; password: string; fingerprint: string },
  name: string,
): Promise<string> {
  const { url, username, password, fingerprint } = server;
  let id: string | undefined;
  await answering('Trust This Certificate for This Server', async () => {
    id = await run<string>('addServer', { product, url, username, password, name, trustedFingerprint: fingerprint });
  });
  assert.equal(typeof id, 'string');
  return id ?? '';
}

/**
 * Answers the extension's modal questions while `work` goes on: nobody can click on them here, and code of this folder shares
 * the API's objects with the extension.
 * @returns the questions
 */
export async function answering(answer: string, work: () => Promise<void>): Promise<readonly string[]> {
  const asked: string[] = [];
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const reply = async (question: string) => {
    asked.push(question);
    return answer;
  };
  Object.assign(vscode.window, { showInformationMessage: reply, showWarningMessage: reply });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showInformationMessage, showWarningMessage });
  }
  return asked;
}
