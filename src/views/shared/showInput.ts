import type * as vscode from 'vscode';

/** Longer than VS Code takes to refresh a tree, shorter than anybody takes to read and leave. */
const restlessMs = 500;

/**
 * Shows an input and tells when the user leaves it. A tree that VS Code has refreshed gets the focus back that it had before,
 * even if the input has taken it meanwhile, and the input closes: then it is shown once more.
 */
export function showInput(input: vscode.QuickInput, left: () => void): vscode.Disposable {
  const shown = performance.now();
  let again = false;
  const listener = input.onDidHide(() => {
    if (!again && performance.now() - shown < restlessMs) {
      again = true;
      input.show();
    } else {
      left();
    }
  });
  input.show();
  return listener;
}
