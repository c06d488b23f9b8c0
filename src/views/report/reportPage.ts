import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the page's script and style are. */
export function pageFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist');
}

/** The empty page. What it shows comes in messages: nothing of a server's is ever part of HTML. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const addressOf = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFiles(extension), name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(vscode.l10n.t('Capacity Report'))}</title>
<link rel="stylesheet" href="${escapeHtml(addressOf('report.css'))}">
</head>
<body>
<main id="report"></main>
<script nonce="${nonce}" src="${escapeHtml(addressOf('report.js'))}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
