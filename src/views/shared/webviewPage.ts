import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the scripts and styles of pages are. */
export function pageFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist');
}

export interface PageParts {
  readonly title: string;
  /** The name of its script and its style, and the id of its only element. */
  readonly name: string;
}

/** The empty page. What it shows comes in messages: nothing of a server's is ever part of HTML. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, { title, name }: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const addressOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFiles(extension), file)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(addressOf(`${name}.css`))}">
</head>
<body>
<main id="${escapeHtml(name)}"></main>
<script nonce="${nonce}" src="${escapeHtml(addressOf(`${name}.js`))}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
