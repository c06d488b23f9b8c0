import * as vscode from 'vscode';
import { isFailure } from '../../base/failure';
import type { Everywhere } from '../../everywhere/everywhere';
import type { Sighting } from '../../everywhere/sameThings';
import type { Inventory } from '../../inventory/inventory';
import type { IdIndex } from '../../inventory/search/idIndex';
import type { Node } from '../../inventory/tree/node';
import type { Connections } from '../../servers/connection/connections';
import type { Memory, ServerList } from '../../servers/list/serverList';
import type { Services } from '../../services';
import { chooseItem } from '../find/chooseItem';
import { linkTo } from '../links/writeLink';
import { tellOfAltered } from '../shared/alteredIds';
import { copyToClipboard } from '../shared/clipboard';
import { count } from '../shared/format';
import { nameIn, plain, withoutLinks } from '../shared/harmless';
import { withSlowProgress } from '../shared/slowProgress';
import type { Targets } from '../shared/targets';
import { alteredIn, type Copied, type Form, forms, has, isForm, textAs } from './copyForms';
import { everywhereText, isEverywhereForm } from './everywhereTexts';
import { formName, pickForm } from './pickForm';

const lastFormKey = 'backupTenancy.copyAs';

/** How long to wait for the version of a server's API where it is not known yet; URLs are left out then. */
const versionDeadlineMs = 2_000;

/** Copying items in the form in which they are needed; each command answers with the copied text, for scripts. */
export class CopyAsCommands {
  readonly #connections: Connections;
  readonly #list: ServerList;
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #targets: Targets;
  readonly #memory: Memory;
  readonly #everywhere: Everywhere;

  constructor({ connections, list, inventory, targets, memory }: Services, ids: IdIndex, everywhere: Everywhere) {
    this.#everywhere = everywhere;
    this.#connections = connections;
    this.#list = list;
    this.#inventory = inventory;
    this.#ids = ids;
    this.#targets = targets;
    this.#memory = memory;
  }

  /** `copyAs(form, itemKey | id, …)`, or the rows of the menu, or the selection; asks for the form, and without rows for one. */
  readonly copyAs = async (argument?: unknown, ...rest: readonly unknown[]): Promise<string | undefined> => {
    if (typeof argument === 'string') {
      return await this.#copyNamed(argument, rest);
    }
    const nodes = await this.#chosen(argument, rest[0], vscode.l10n.t('Copy As'));
    return nodes && (await this.#copyChosen(nodes, await this.#placed(nodes)));
  };

  /** The same in the form that was chosen last. */
  readonly copyAsLast = async (argument?: unknown, selected?: unknown): Promise<string | undefined> => {
    const nodes = await this.#chosen(argument, selected, vscode.l10n.t('Copy in Last Format'));
    if (!nodes) {
      return undefined;
    }
    const copied = await this.#placed(nodes);
    const last = this.#last;
    return last && copied.some(each => has(last, each))
      ? await this.#copy(last, copied)
      : await this.#copyChosen(nodes, copied);
  };

  async #copyNamed(form: string, keysOrIds: readonly unknown[]): Promise<string | undefined> {
    if (!isForm(form)) {
      throw new RangeError(`copyAs: the form must be one of ${forms.join(', ')}`);
    }
    const nodes = keysOrIds.flatMap(each => (typeof each === 'string' ? (this.#ids.named(each) ?? []) : []));
    return await this.#copy(form, await this.#placed(nodes));
  }

  async #copyChosen(nodes: readonly Node[], copied: readonly Copied[]): Promise<string | undefined> {
    if (nodes.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing that can be copied is selected.'));
      return undefined;
    }
    const form = await pickForm(copied, this.#last);
    if (form) {
      await this.#memory.update(lastFormKey, form);
    }
    return form && (await this.#copy(form, copied));
  }

  async #copy(form: Form, copied: readonly Copied[]): Promise<string | undefined> {
    const good = copied.filter(each => has(form, each));
    const [first] = good;
    if (!first) {
      return undefined;
    }
    const things = isEverywhereForm(form) ? await this.#places(good) : [];
    if (things === undefined) {
      return undefined;
    }
    const text = isEverywhereForm(form) ? everywhereText(form, things) : textAs(form, good);
    const told =
      copied.length === 1
        ? vscode.l10n.t('Copied {0} as {1}', plain(nameIn(first.node.item.name, 60)), formName(form))
        : good.length === copied.length
          ? vscode.l10n.t('Copied {0} items as {1}', count(good.length), formName(form))
          : vscode.l10n.t('Copied {0} of {1} items as {2}', count(good.length), count(copied.length), formName(form));
    await copyToClipboard(text, told);
    const taken = isEverywhereForm(form) ? things.flat() : good;
    tellOfAltered(
      alteredIn(
        form,
        taken.map(({ node }) => node),
      ),
    );
    return text;
  }

  /** Where each of them stands; undefined if the user does not want to wait for it. */
  async #places(copied: readonly Copied[]): Promise<readonly (readonly Sighting[])[] | undefined> {
    const look = async (signal: AbortSignal) => {
      const things: (readonly Sighting[])[] = [];
      const left = new Set<Node>();
      // One after the other: what one has found of the servers, the next need not ask for.
      for (const { node } of copied) {
        const { sightings, skipped } = await this.#everywhere.look(node, signal);
        things.push(sightings);
        for (const { server } of skipped) {
          left.add(server);
        }
      }
      return { things, left };
    };
    try {
      const { things, left } = await withSlowProgress(vscode.l10n.t('Looking on all servers…'), look);
      tellOfLeft([...left]);
      return things;
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') {
        return undefined;
      }
      throw error;
    }
  }

  get #last(): Form | undefined {
    const stored: unknown = this.#memory.get(lastFormKey);
    return isForm(stored) ? stored : undefined;
  }

  /** Undefined if the user leaves the question unanswered. */
  async #chosen(argument: unknown, selected: unknown, command: string): Promise<readonly Node[] | undefined> {
    if (this.#targets.rows(argument, selected).length > 0) {
      return this.#targets.nodes(argument, selected);
    }
    const picked = await chooseItem(this.#inventory, command);
    return picked && [picked];
  }

  async #placed(nodes: readonly Node[]): Promise<Copied[]> {
    const signal = AbortSignal.timeout(versionDeadlineMs);
    return await Promise.all(
      nodes.map(async node => ({ node, link: linkTo(node), request: await this.#request(node, signal) })),
    );
  }

  async #request({ item, root }: Node, signal: AbortSignal): Promise<Copied['request']> {
    try {
      const resource = await this.#connections.resource(root.item.id, item, signal);
      const fingerprint = this.#list.find(root.item.id)?.trustedFingerprint;
      return resource && { resource, fingerprint };
    } catch (error) {
      // What needs no request can be copied while the server is down.
      if (isFailure(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

/** Names the servers that were not searched, or only in part. */
function tellOfLeft(servers: readonly Node[]): void {
  if (servers.length > 0) {
    const names = servers.slice(0, mostNames).map(({ item }) => nameIn(item.name, 60));
    const all = [...names, ...(servers.length > mostNames ? ['…'] : [])].join(', ');
    void vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('Not looked at, or not completely: {0}. Show Everywhere tells why.', all)),
    );
  }
}

/** Servers that a message names. */
const mostNames = 5;
