import { unlessAborted } from '../base/abort';
import { isFailure } from '../base/failure';
import { oneLine } from '../base/text';
import { canBeElsewhere } from '../everywhere/candidates';
import { type AskedServers, Everywhere, type Places } from '../everywhere/everywhere';
import type { Inventory } from '../inventory/inventory';
import { crawl } from '../inventory/loading/loadAllBelow';
import { loadRows } from '../inventory/loading/loadRows';
import { reach } from '../inventory/loading/reach';
import { plainItem } from '../inventory/plainItem';
import { matching } from '../inventory/search/findNodes';
import type { IdIndex } from '../inventory/search/idIndex';
import { lineageOf, type Node } from '../inventory/tree/node';
import type { Item } from '../items/item';
import type { Unreadable } from '../items/unreadable';
import type { Detail } from '../products/product';
import { type Answer, type AnswerLimits, written } from './answerText';
import {
  type Fields,
  fieldsOf,
  keyIn,
  kindsIn,
  quoted,
  ToolError,
  type ToolName,
  textIn,
  toolOf,
  type Window,
  windowOf,
} from './input';
import { againForPlaces, bounded, mostPlaces, placesAnswer } from './places';
import { problemIn } from './problem';

/** What the tools need of the servers. */
export interface ToolServers extends AskedServers {
  /** @throws {Failure} */
  details(serverId: string, item: Item, signal: AbortSignal): Promise<readonly Detail[]>;
}

/** How long one call may take, in milliseconds. What is loaded until then is there for the next. */
const usualPatienceMs = 30_000;

/** Details of one item. */
const mostDetails = 200;

const longestQuery = 500;

/** Characters of a key of what could not be searched: longer ones would leave no room for what was found. */
const longestKey = 1000;

/** How long a call may go on. */
interface Time {
  /** Aborts when the time is over, or when the call is given up. */
  readonly signal: AbortSignal;
  /** Whether the time is over, and somebody still waits for what came until then. */
  readonly isOver: () => boolean;
}

/**
 * What language models can ask for. Reads only, and answers with JSON of limited size. Everything comes from the
 * inventory, which knows no secrets.
 */
export class AgentTools {
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #details: ToolServers;
  readonly #everywhere: Everywhere;
  readonly #patienceMs: number;

  /** @param patienceMs how long one call may take, in milliseconds */
  constructor(inventory: Inventory, ids: IdIndex, servers: ToolServers, patienceMs = usualPatienceMs) {
    this.#inventory = inventory;
    this.#ids = ids;
    this.#details = servers;
    this.#everywhere = new Everywhere(inventory, servers);
    this.#patienceMs = patienceMs;
  }

  /**
   * @param input as the model gave it
   * @throws {ToolError} also if the time is over before there is anything to tell
   * @throws {DOMException} AbortError when the signal aborts
   */
  async run(tool: string, input: unknown, signal: AbortSignal, limits?: AnswerLimits): Promise<string> {
    const values = fieldsOf(input);
    const late = AbortSignal.timeout(this.#patienceMs);
    const time = { signal: AbortSignal.any([signal, late]), isOver: () => late.aborted && !signal.aborted };
    try {
      return await written(await this.#answer(toolOf(tool), values, time), limits);
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted && isFailure(error) && error.kind === 'cancelled') {
        throw new ToolError(
          `The server has not answered within ${this.#patienceMs / 1000} seconds. The answer may still arrive: call ${tool} once more with the same input. If that also takes too long, tell the user and do not call again.`,
        );
      }
      if (isFailure(error)) {
        throw new ToolError(
          `${problemIn(error)} Only the user can fix this, in the "Backup Tenancy" view of VS Code: tell them, and do not call again until they have.`,
        );
      }
      throw error;
    }
  }

  /** The servers that a call may send requests to; for the user to agree to. */
  serversAsked(tool: string, input: unknown): readonly Node[] {
    const values = fieldsOf(input);
    switch (toolOf(tool)) {
      case 'list_servers':
        return [];
      case 'find':
        return this.#serversOf(values);
      case 'find_everywhere':
        return [...new Set([this.#serverOf(keyIn(values, 'key')), ...this.#everywhere.open])];
      default:
        return [this.#serverOf(keyIn(values, 'key'))];
    }
  }

  /** Where the item that a call is about stands, in names; its key if it is not loaded. */
  subjectOf(input: unknown): string {
    const key = keyIn(fieldsOf(input), 'key');
    const node = this.#inventory.find(key);
    return node
      ? lineageOf(node)
          .map(({ item }) => oneLine(item.name, 60))
          .join(' › ')
      : key;
  }

  async #answer(tool: ToolName, values: Fields, time: Time): Promise<Answer> {
    switch (tool) {
      case 'list_servers':
        return this.#listServers(windowOf(values));
      case 'find':
        return await this.#find(values, windowOf(values), time);
      case 'list_children':
        return await this.#listChildren(values, windowOf(values), time);
      case 'get_item':
        return await this.#getItem(values, time);
      case 'find_everywhere':
        return await this.#findEverywhere(values, windowOf(values), time);
    }
  }

  /** Sends nothing, so it takes no time. */
  #listServers(window: Window): Answer {
    const tell = (node: Node) => ({
      ...bounded(node),
      state: node.openedBranch?.state ?? 'idle',
      problem: problemOf(node),
    });
    return page('servers', this.#inventory.servers, window, 'backupTenancy_list_servers', tell);
  }

  async #find(values: Fields, window: Window, time: Time): Promise<Answer> {
    const query = textIn(values, 'query').slice(0, longestQuery);
    if (query.trim() === '') {
      throw new ToolError('query is empty. Give part of a name, or an ID.');
    }
    const servers = this.#serversOf(values);
    const criteria = { query, kinds: kindsIn(values), servers: new Set(servers) };
    const known = this.#ids.find(query.trim()).some(({ root }) => criteria.servers.has(root));
    const search = known ? {} : await this.#loadAll(servers, time);
    return {
      ...page('items', matching(this.#inventory, criteria), window, 'backupTenancy_find with the same query'),
      ...search,
    };
  }

  /** Loads what is not there yet, and tells what could not be looked at. */
  async #loadAll(servers: readonly Node[], { signal, isOver }: Time): Promise<object> {
    const { failed, incomplete } = await crawl(this.#inventory, servers, { signal });
    if (!isOver()) {
      signal.throwIfAborted();
    }
    const problems = failed.map(({ node, failure }) => ({
      ...(node.key.length <= longestKey ? { key: node.key } : {}),
      server: oneLine(node.root.item.name),
      problem: problemIn(failure),
    }));
    const unread = incomplete.flatMap(({ openedBranch }) => openedBranch?.unreadable ?? []);
    return {
      ...(problems.length > 0 ? { notSearched: problems.slice(0, mostPlaces), notSearchedTotal: problems.length } : {}),
      ...unreadable(...unread),
      ...(isOver()
        ? unfinished('Not everything was searched in time. Call backupTenancy_find again to continue.')
        : {}),
    };
  }

  async #listChildren(values: Fields, window: Window, { signal, isOver }: Time): Promise<Answer> {
    const node = await this.#reach(values, signal);
    const { branch } = node;
    let late = false;
    if (branch) {
      try {
        await loadRows(this.#inventory, node, branch, window.offset + window.limit, signal);
      } catch (error) {
        late = isOver() && branch.nodes.length > 0;
        if (!late) {
          throw error;
        }
      }
    }
    const nodes = branch?.nodes ?? [];
    const odd = branch?.unreadable?.count ?? 0;
    const known = branch?.next === undefined ? nodes.length : `more than ${nodes.length}`;
    // Those that could not be read are on no page.
    const total = branch?.total === undefined || (odd > 0 && branch.next === undefined) ? known : branch.total;
    return {
      ...page('children', nodes, window, 'backupTenancy_list_children', bounded, total),
      parent: bounded(node),
      ...(branch?.note ? { why: oneLine(branch.note) } : {}),
      ...unreadable(...(branch?.unreadable ? [branch.unreadable] : [])),
      ...(late
        ? unfinished(
            'The server did not send all of them in time, or the refresh is not finished. Call backupTenancy_list_children again with the same input to continue.',
          )
        : {}),
    };
  }

  async #getItem(values: Fields, { signal, isOver }: Time): Promise<Answer> {
    const node = await this.#reach(values, signal);
    let details: readonly Detail[] = [];
    let late = false;
    try {
      details = await unlessAborted(this.#details.details(node.root.item.id, node.item, signal), signal);
    } catch (error) {
      late = isOver();
      if (!late) {
        throw error;
      }
    }
    const others = [...new Set(plainItem(node).id ? this.#ids.find(node.item.id) : [])].filter(each => each !== node);
    const item = {
      ...bounded(node),
      details: details.slice(0, mostDetails).map(({ label, value }) => ({
        label: oneLine(label),
        value: typeof value === 'string' ? oneLine(value) : value,
      })),
      ...(others.length > 0
        ? { sameIdAlsoAt: others.slice(0, mostPlaces).map(({ key }) => key), sameIdPlaces: others.length }
        : {}),
    };
    return {
      list: 'item',
      items: [item],
      total: 1,
      offset: 0,
      again: 'backupTenancy_get_item',
      ...(late
        ? unfinished(
            'The server did not send the details in time; the other fields are as last loaded. Call backupTenancy_get_item once more if you need the details.',
          )
        : {}),
    };
  }

  async #findEverywhere(values: Fields, { offset, limit }: Window, { signal, isOver }: Time): Promise<Answer> {
    const subject = await this.#reach(values, signal);
    if (!canBeElsewhere(subject.item)) {
      throw new ToolError(
        'Only companies, tenants, subtenants, organizations and repositories can be looked for everywhere. Use the key of one of these.',
      );
    }
    let known: Places = { sightings: [], skipped: [] };
    let late = false;
    try {
      await this.#everywhere.look(subject, signal, places => {
        known = places;
      });
    } catch (error) {
      late = isOver();
      if (!late) {
        throw error;
      }
    }
    return { ...placesAnswer(known, { offset, limit }), ...(late ? unfinished(againForPlaces) : {}) };
  }

  async #reach(values: Fields, signal: AbortSignal): Promise<Node> {
    const key = keyIn(values, 'key');
    this.#serverOf(key);
    const node = await unlessAborted(reach(this.#inventory, key, signal), signal);
    if (!node) {
      throw new ToolError(
        `No item has the key ${quoted(key)}. Use keys from other answers unchanged; never make them up: call backupTenancy_find with a name or an ID, or backupTenancy_list_children with a server's key.`,
      );
    }
    return node;
  }

  #serversOf(values: Fields): readonly Node[] {
    return values.server === undefined ? this.#inventory.servers : [this.#serverOf(keyIn(values, 'server'))];
  }

  #serverOf(key: string): Node {
    const [server = ''] = key.split('/');
    const node = this.#inventory.servers.find(each => each.key === server);
    if (!node) {
      throw new ToolError(
        `No server in the list belongs to the key ${quoted(key)}. Call backupTenancy_list_servers first and use a key from its answer.`,
      );
    }
    return node;
  }
}

function page(
  list: string,
  all: readonly Node[],
  { offset, limit }: Window,
  again: string,
  tell = bounded,
  total: number | string = all.length,
): Answer {
  return { list, items: all.slice(offset, offset + limit).map(tell), total, offset, again };
}

/** Marks an answer that the time was too short for. */
function unfinished(instruction: string): { readonly cut: true; readonly unfinished: string } {
  return { cut: true, unfinished: instruction };
}

/** Lists are not complete without those. */
function unreadable(...parts: readonly Unreadable[]): object {
  const number = parts.reduce((sum, { count }) => sum + count, 0);
  return {
    ...(number === 0
      ? {}
      : {
          couldNotBeRead: number,
          couldNotBeReadMeans:
            'This many more items exist, but the server sent them in an unknown form. Tell the user.',
        }),
    ...(parts.some(({ lacking }) => lacking)
      ? {
          itemsLack:
            'The server failed at some facts of these items, such as quotas and used space: what is missing here is unknown. Tell the user.',
        }
      : {}),
  };
}

function problemOf({ openedBranch }: Node): string | undefined {
  return openedBranch?.failure && problemIn(openedBranch.failure);
}
