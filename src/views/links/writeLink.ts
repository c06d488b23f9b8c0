import * as vscode from 'vscode';
import type { Node } from '../../inventory/tree/node';

/** The extension's id, to which VS Code hands links. */
const extensionId = 'backup-tenancy.backup-tenancy-explorer';

/**
 * A link that shows the item in VS Code: `vscode://…/open?server=<address>&key=<key>`. The key begins with the server's id,
 * which is this computer's own; on another one the address tells which server is meant. VS Code hands the query on decoded
 * once. As the parts of a key are encoded by themselves, neither value holds a `&` then, and neither is to be decoded again.
 */
export function linkTo(node: Node): string {
  const { item } = node.root;
  const server = item.kind === 'server' ? item.url : '';
  return `${vscode.env.uriScheme}://${extensionId}/open?server=${encoded(server)}&key=${encoded(node.key)}`;
}

/** Also what would end a link in Markdown or a quoted text. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
