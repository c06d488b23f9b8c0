import type * as vscode from 'vscode';

/** Longer than VS Code takes to refresh a tree or to take away a notification, shorter than anybody takes to read and leave. */
const restlessMs = 500;

type TextInput = vscode.QuickInput & Pick<vscode.InputBox, 'onDidChangeValue'>;

/**
 * Shows an input and tells when the user leaves it. A tree that VS Code has refreshed gets the focus back that it had before,
 * even if the input has taken it meanwhile, as a notification that goes away may take it, and the input closes: then it is
 * shown once more. Whoever has typed into it has seen it, and closes it for good.
 * @param staysOpen whether it stays when the focus goes elsewhere once all this is over
 */
export function showInput(
  input: TextInput,
  left: () => void,
  { staysOpen = false }: { readonly staysOpen?: boolean } = {},
): vscode.Disposable {
  const shown = performance.now();
  let mayShowAgain = true;
  const settle = () => {
    mayShowAgain = false;
  };
  const rest = staysOpen
    ? setTimeout(() => {
        input.ignoreFocusOut = true;
      }, restlessMs)
    : undefined;
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
  return {
    dispose: () => {
      clearTimeout(rest);
      listeners.forEach(listener => void listener.dispose());
    },
  };
}
