import { isFailure } from '../http/failure';
import { oneLine } from '../http/text';
import { crawl } from '../inventory/crawl';
import type { IdIndex } from '../inventory/idIndex';
import type { Inventory } from '../inventory/inventory';
import { lineageOf, type Node } from '../inventory/node';
import type { Item } from '../products/item';
import type { Detail } from '../products/product';
import { matching } from './match';
import { plainItem } from './plainItem';
import { type Answer, type Limits, written } from './written';

/** What the tools need of the servers. */
export interface DetailSource {
  /** @throws {Failure} */
  details(serverId: string, item: Item, signal: AbortSignal): Promise<readonly Detail[]>;
}

/** Told to the model, which can do better with the next call: an instruction, not an excuse. */
class ToolError extends Error {}

/** The tools' names without the prefix, each with what it does. */
const names = ['list_servers', 'find', 'list_children', 'get_item'] as const;
export type ToolName = (typeof names)[number];

/** How long one call looks for something, in milliseconds. What it has loaded until then is there for the next. */
const patienceMs = 30_000;

/** Items in one answer, if nothing else is asked for, and at most. */
const usual = 50;
const most = 200;

/** Other places that are told of. */
const mostPlaces = 10;

const longestQuery = 500;

/** Of the parts that an item consists of. */
const longestList = 20;

/**
 * What language models can ask for. Reads only, and answers with JSON of limited size. Everything comes from the
 * inventory, which knows no secrets.
 */
export class AgentTools {
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #details: DetailSource;

  constructor(inventory: Inventory, ids: IdIndex, details: DetailSource) {
    this.#inventory = inventory;
    this.#ids = ids;
    this.#details = details;
  }

  /**
   * @param input as the model gave it
   * @throws {ToolError}
   */
  async run(tool: string, input: unknown, signal: AbortSignal, limits?: Limits): Promise<string> {
    const values = fieldsOf(input);
    try {
      return await written(await this.#answer(toolOf(tool), values, signal), limits);
    } catch (error) {
      if (isFailure(error)) {
        throw new ToolError(
          `${oneLine(error.message)} Only the user can change that, in the view "Backup Tenancy" of VS Code: tell them, and do not call again before they have.`,
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

  async #answer(tool: ToolName, values: Fields, signal: AbortSignal): Promise<Answer> {
    switch (tool) {
      case 'list_servers':
        return this.#listServers(values);
      case 'find':
        return await this.#find(values, signal);
      case 'list_children':
        return await this.#listChildren(values, signal);
      case 'get_item':
        return await this.#getItem(values, signal);
    }
  }

  #listServers(values: Fields): Answer {
    const servers = this.#inventory.servers.map(node => ({
      ...bounded(node),
      state: node.openedBranch?.state ?? 'idle',
      problem: problemOf(node),
    }));
    return page('servers', servers, values, 'backupTenancy_list_servers');
  }

  async #find(values: Fields, signal: AbortSignal): Promise<Answer> {
    const query = textIn(values, 'query').slice(0, longestQuery);
    if (query.trim() === '') {
      throw new ToolError('query is empty. Give part of a name, or an ID.');
    }
    const servers = this.#serversOf(values);
    const criteria = { query, kinds: kindsIn(values), servers: new Set(servers) };
    const known = this.#ids.find(query.trim()).some(({ root }) => criteria.servers.has(root));
    const search = known ? {} : await this.#loadAll(servers, signal);
    return {
      ...page(
        'items',
        matching(this.#inventory, criteria).map(bounded),
        values,
        'backupTenancy_find with the same query',
      ),
      ...search,
    };
  }

  /** Loads what is not there yet, and tells what could not be looked at. */
  async #loadAll(servers: readonly Node[], signal: AbortSignal): Promise<object> {
    const late = AbortSignal.timeout(patienceMs);
    const { failed } = await crawl(this.#inventory, servers, { signal: AbortSignal.any([signal, late]) });
    signal.throwIfAborted();
    const problems = failed.map(({ node, failure }) => ({
      key: node.key,
      server: oneLine(node.root.item.name),
      problem: oneLine(failure.message),
    }));
    return {
      ...(problems.length > 0 ? { notSearched: problems.slice(0, mostPlaces), notSearchedTotal: problems.length } : {}),
      ...(late.aborted
        ? { unfinished: 'Not everything was looked at in time. Call backupTenancy_find again to go on: it continues.' }
        : {}),
    };
  }

  async #listChildren(values: Fields, signal: AbortSignal): Promise<Answer> {
    const node = await this.#reach(values, signal);
    const { branch } = node;
    if (branch) {
      const { offset, limit } = windowOf(values);
      if (branch.failure && !branch.load) {
        await orAborted(this.#inventory.refresh(node), signal);
      }
      // Once more if the load was given up, because the user has closed the row or a search.
      do {
        this.#inventory.childrenOf(node);
        await orAborted(this.#inventory.settled(node), signal);
      } while (branch.loadedAt === undefined && !branch.failure && !node.gone);
      while (branch.next !== undefined && !branch.failure && branch.nodes.length < offset + limit) {
        await orAborted(this.#inventory.loadMore(node), signal);
      }
      if (branch.failure) {
        throw branch.failure;
      }
    }
    const total = branch?.total ?? (branch?.next === undefined ? undefined : `more than ${branch.nodes.length}`);
    const children = page('children', (branch?.nodes ?? []).map(bounded), values, 'backupTenancy_list_children', total);
    return { ...children, parent: bounded(node), ...(branch?.note ? { why: oneLine(branch.note) } : {}) };
  }

  async #getItem(values: Fields, signal: AbortSignal): Promise<Answer> {
    const node = await this.#reach(values, signal);
    const details = await this.#details.details(node.root.item.id, node.item, signal);
    const others = [...new Set(plainItem(node).id ? this.#ids.find(node.item.id) : [])].filter(each => each !== node);
    return {
      list: 'item',
      items: [
        {
          ...bounded(node),
          details: details.slice(0, most).map(({ label, value }) => ({
            label: oneLine(label),
            value: typeof value === 'string' ? oneLine(value) : value,
          })),
          ...(others.length > 0
            ? { sameIdAlsoAt: others.slice(0, mostPlaces).map(({ key }) => key), sameIdPlaces: others.length }
            : {}),
        },
      ],
      total: 1,
      offset: 0,
      again: 'backupTenancy_get_item',
    };
  }

  async #reach(values: Fields, signal: AbortSignal): Promise<Node> {
    const key = keyIn(values, 'key');
    this.#serverOf(key);
    const node = await orAborted(this.#inventory.reach(key, signal), signal);
    if (!node) {
      throw new ToolError(
        `Nothing has the key ${quoted(key)}. Keys are taken from other answers as they are, never made up: call backupTenancy_find with a name or an ID, or backupTenancy_list_children with a server's key.`,
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
        `No server of the list belongs to the key ${quoted(key)}. Call backupTenancy_list_servers first and use a key of its answer.`,
      );
    }
    return node;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function toolOf(name: string): ToolName {
  const tool = names.find(each => name === `backupTenancy_${each}`);
  if (!tool) {
    throw new ToolError(`There is no tool ${quoted(name)}.`);
  }
  return tool;
}

function fieldsOf(input: unknown): Fields {
  if (input === undefined || input === null) {
    return {};
  }
  if (typeof input !== 'object' || Array.isArray(input)) {
    throw new ToolError('The input must be an object with the fields of the schema.');
  }
  return input as Fields;
}

function textIn(values: Fields, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') {
    throw new ToolError(`${name} must be a string${value === undefined ? ', and is missing' : ''}.`);
  }
  return value;
}

function keyIn(values: Fields, name: string): string {
  if (values[name] === undefined) {
    throw new ToolError(
      `${name} is missing. Call backupTenancy_list_servers or backupTenancy_find first and use a key of its answer.`,
    );
  }
  return textIn(values, name).trim();
}

function kindsIn(values: Fields): readonly string[] | undefined {
  return values.kind === undefined ? undefined : [textIn(values, 'kind')];
}

function windowOf(values: Fields): { readonly offset: number; readonly limit: number } {
  const { offset = 0, limit = usual } = values;
  if (!isWhole(offset) || offset < 0) {
    throw new ToolError('offset must be a whole number, 0 or more.');
  }
  if (!isWhole(limit) || limit < 1 || limit > most) {
    throw new ToolError(`limit must be a whole number from 1 to ${most}. For more, call again with offset.`);
  }
  return { offset, limit };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function page(
  list: string,
  all: readonly object[],
  values: Fields,
  again: string,
  total: number | string = all.length,
): Answer {
  const { offset, limit } = windowOf(values);
  return { list, items: all.slice(offset, offset + limit), total, offset, again };
}

function bounded(node: Node): object {
  return plainItem(node, { text: raw => oneLine(raw), longestList });
}

function problemOf({ openedBranch }: Node): string | undefined {
  return openedBranch?.failure && oneLine(openedBranch.failure.message);
}

/** Of what the model gave, so much that it can tell what is meant. */
function quoted(text: string): string {
  return JSON.stringify(oneLine(text, 200));
}

/** @throws {DOMException} AbortError when the signal aborts first; what is under way goes on for others */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}
