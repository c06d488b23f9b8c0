import type * as vscode from 'vscode';

/** Longer than VS Code takes to refresh a tree, shorter than anybody takes to read and leave. */
const restlessMs = 500;

type TextInput = vscode.QuickInput & Pick<vscode.InputBox, 'onDidChangeValue'>;

/**
 * Shows an input and tells when the user leaves it. A tree that VS Code has refreshed gets the focus back that it had before,
 * even if the input has taken it meanwhile, and the input closes: then it is shown once more. Whoever has typed into it has
 * seen it, and closes it for good.
 */
export function showInput(input: TextInput, left: () => void): vscode.Disposable {
  const shown = performance.now();
  let mayShowAgain = true;
  const settle = () => {
    mayShowAgain = false;
  };
  const listeners = [
    input.onDidChangeValue(settle),
    input.onDidHide(() => {
      if (mayShowAgain && performance.now() - shown < restlessMs) {
        settle();
        input.show();
      } else {
        left();
      }
    }),
  ];
  input.show();
  return { dispose: () => listeners.forEach(listener => void listener.dispose()) };
}
