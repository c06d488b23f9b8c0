import * as vscode from 'vscode';
import type { Node } from '../../inventory/tree/node';
import { count } from '../shared/format';
import { plain, withoutLinks } from '../shared/harmless';
import { type Form, isAltered } from './copyForms';

/** Says of which items the ID was not taken along to the letter. */
export function tellOfAltered(form: Form, nodes: readonly Node[]): void {
  const altered = nodes.filter(node => isAltered(form, node));
  const [first] = altered;
  if (first) {
    void vscode.window.showWarningMessage(
      altered.length === 1
        ? vscode.l10n.t(
            'The ID of {0} contains line breaks or direction marks, which were left out; the server may not recognize it.',
            withoutLinks(plain(first.item.name)),
          )
        : vscode.l10n.t(
            '{0} IDs contain line breaks or direction marks, which were left out; the server may not recognize them.',
            count(altered.length),
          ),
    );
  }
}
