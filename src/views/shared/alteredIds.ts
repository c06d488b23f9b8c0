import * as vscode from 'vscode';
import { count } from './format';
import { plain, withoutLinks } from './harmless';

/** Says of which items the ID was not taken along to the letter. */
export function tellOfAltered(altered: readonly { readonly name: string }[]): void {
  const [first] = altered;
  if (first) {
    void vscode.window.showWarningMessage(
      altered.length === 1
        ? vscode.l10n.t(
            'The ID of {0} contains line breaks or direction marks, which were left out; the server may not recognize it.',
            withoutLinks(plain(first.name)),
          )
        : vscode.l10n.t(
            '{0} IDs contain line breaks or direction marks, which were left out; the server may not recognize them.',
            count(altered.length),
          ),
    );
  }
}
