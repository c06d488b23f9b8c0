import * as vscode from 'vscode';
import { consoleAddressOf } from '../../servers/list/consoleAddress';
import { productOf, type SavedServer } from '../../servers/list/savedServer';
import type { Servers } from '../../servers/servers';
import { nameIn, withoutLinks } from '../shared/harmless';
import { askText, type Frame } from '../shared/multiStep';

/** The address that was set; what another computer or version may have stored counts only if it is one. */
export function ownConsole({ webConsole }: SavedServer): string | undefined {
  return webConsole !== undefined && consoleAddressOf(webConsole) === webConsole ? webConsole : undefined;
}

/** The address that the product documents for a server like this; undefined if it documents none. */
export async function usualConsole(server: SavedServer, servers: Servers): Promise<string | undefined> {
  return productOf(server) && (await servers.product(server.product)).webConsole?.(server);
}

/**
 * Opens servers in the browser. An address may come from an imported file or another computer: one at another host than the
 * server's own is shown before it is opened for the first time, unless it was entered in this window.
 */
export class WebConsoles {
  readonly #servers: Servers;
  /** Ids of servers with addresses that the user has seen. */
  readonly #seen = new Set<string>();

  constructor(servers: Servers) {
    this.#servers = servers;
  }

  async open(server: SavedServer): Promise<void> {
    const address = ownConsole(server) ?? (await usualConsole(server, this.#servers));
    if (address === undefined) {
      await this.#offerToSet(server);
    } else if (await this.#isAgreed(server, address)) {
      await vscode.env.openExternal(vscode.Uri.parse(address, true));
    }
  }

  /** @param typed what was typed before and not saved; keeps what is typed now */
  async ask(frame: Frame, server: SavedServer, typed: { text?: string | undefined } = {}): Promise<void> {
    const usual = await usualConsole(server, this.#servers);
    await askText(frame, {
      value: typed.text ?? ownConsole(server) ?? '',
      placeholder: usual ?? 'https://portal.example.com',
      prompt: usual
        ? vscode.l10n.t('Address that Open in Web Console opens. Leave it empty for {0}.', usual)
        : vscode.l10n.t('Address that Open in Web Console opens. Leave it empty for none.'),
      changed: text => {
        typed.text = text;
      },
      accept: async (text, _signal, commit) => {
        const address = consoleAddressOf(text.trim());
        if (text.trim() !== '' && address === undefined) {
          return { problem: vscode.l10n.t('Enter an https address: a host, perhaps a port and a path.') };
        }
        commit();
        await this.#servers.setWebConsole(server.id, address);
        typed.text = undefined;
        this.#seen.add(seen(server, address));
        return 'done';
      },
    });
  }

  async #offerToSet(server: SavedServer): Promise<void> {
    const set = vscode.l10n.t('Set Address…');
    const answer = await vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('No web console is known for {0}. Set its address.', nameIn(server.name, 60))),
      set,
    );
    if (answer === set) {
      await this.ask({ title: vscode.l10n.t('Web Console of {0}', nameIn(server.name, 40)), canGoBack: false }, server);
    }
  }

  async #isAgreed(server: SavedServer, address: string): Promise<boolean> {
    if (new URL(address).hostname === new URL(server.url).hostname || this.#seen.has(seen(server, address))) {
      return true;
    }
    const open = vscode.l10n.t('Open');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Open the web console of {0}?', nameIn(server.name, 60)),
      {
        modal: true,
        detail: vscode.l10n.t('It is at another host than the server itself:\n{0}', address),
      },
      open,
    );
    if (answer === open) {
      this.#seen.add(seen(server, address));
    }
    return answer === open;
  }
}

function seen({ id }: SavedServer, address: string | undefined): string {
  return `${id} ${address}`;
}
