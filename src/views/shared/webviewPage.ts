import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { withReferences } from '../../base/xmlReferences';
import { locale } from './format';

/** Rows in one message: VS Code packs each one in one go. */
export const rowsAtOnce = 1000;

/** Where the scripts and styles of pages are. */
function pageFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist');
}

interface PageParts {
  readonly title: string;
  /** The name of its script and its style, and the id of its only element. */
  readonly name: string;
}

/** A page in a panel, and the messages to and from it. It ends with its panel, which the user closes. */
export class WebviewPage<ToPage extends object> implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: vscode.Disposable;
  #isClosed = false;

  /**
   * @param receive gets what the page sends, which may be anything
   * @param closed is called when the user has closed the panel
   */
  constructor(
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    parts: PageParts,
    receive: (message: unknown) => void,
    closed: () => void,
  ) {
    const { webview } = panel;
    this.#panel = panel;
    webview.options = { enableScripts: true, localResourceRoots: [pageFiles(extension)] };
    this.#subscriptions = vscode.Disposable.from(webview.onDidReceiveMessage(receive), panel.onDidDispose(closed));
    webview.html = pageHtml(webview, extension, parts);
  }

  readonly onDidDispose = (listener: () => void): vscode.Disposable => this.#panel.onDidDispose(listener);

  /** Nothing is sent or received any more; the panel stays for its owner to close. */
  dispose(): void {
    this.#isClosed = true;
    this.#subscriptions.dispose();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** VS Code drops what is sent to a panel that is hidden: the page asks for everything when it is seen again. */
  send(message: ToPage): void {
    // VS Code throws for a panel that was closed meanwhile.
    if (!this.#isClosed) {
      void this.#panel.webview.postMessage(message);
    }
  }
}

/** What a page needs to speak the person's language. */
export function pageLanguage(): {
  readonly locale: string | undefined;
  readonly texts?: Readonly<Record<string, string>>;
} {
  const { bundle } = vscode.l10n;
  return { locale: locale(), ...(bundle ? { texts: bundle } : {}) };
}

/** The empty page. What it shows comes in messages: nothing of a server's is ever part of HTML. */
function pageHtml(webview: vscode.Webview, extension: vscode.Uri, { title, name }: PageParts): string {
  const nonce = randomBytes(16).toString('base64url');
  const addressOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFiles(extension), file)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${withReferences(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${withReferences(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${withReferences(title)}</title>
<link rel="stylesheet" href="${withReferences(addressOf(`${name}.css`))}">
</head>
<body>
<main id="${withReferences(name)}"></main>
<script nonce="${nonce}" src="${withReferences(addressOf(`${name}.js`))}"></script>
</body>
</html>`;
}
