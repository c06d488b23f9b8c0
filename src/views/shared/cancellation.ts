import type * as vscode from 'vscode';

/** Aborts when the token is cancelled, at once if it is already. */
export function abortWith(token: vscode.CancellationToken, controller: AbortController): vscode.Disposable {
  if (token.isCancellationRequested) {
    controller.abort();
  }
  return token.onCancellationRequested(() => controller.abort());
}

/** Does something that can be given up by the token. */
export async function withSignal<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const leaving = new AbortController();
  const listening = abortWith(token, leaving);
  try {
    return await work(leaving.signal);
  } finally {
    listening.dispose();
  }
}
