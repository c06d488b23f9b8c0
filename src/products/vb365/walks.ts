import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { SharedWork } from '../../base/sharedWork';
import type { ProtectedObject } from '../../items/item';
import { together, type Unreadable } from '../../items/unreadable';
import { UnexpectedShape } from '../failures';
import type { Api } from '../product';
import { Vb365Client } from './client';
import { protectedObjectItem } from './items';

// Before v8, a repository lists the users, groups, sites or teams of all its organizations at once. What was read for one
// organization serves the others for some time: otherwise each of them would take the same hundreds of requests.

/** How long a page is good for other organizations, in milliseconds. */
const freshMs = 5 * 60_000;

/** Objects that are kept for an account, about half a kilobyte each. Rows of the tree are these same objects. */
const mostKept = 250_000;

/** One list of one repository. */
export interface WalkSource {
  readonly path: string;
  readonly kind: ProtectedObject['kind'];
  readonly repositoryId: string;
}

/** One page of the objects of all organizations. */
export interface WalkPage {
  /** By the organizations' ids, as the objects tell them. */
  readonly byOrganization: ReadonlyMap<string, readonly ProtectedObject[]>;
  readonly unreadable?: Unreadable | undefined;
  readonly nextOffset: number | undefined;
  /** How many of its objects are new: none, if a page that begins elsewhere has the same. */
  readonly news: number;
}

interface KeptPage {
  readonly work: SharedWork<WalkPage>;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** How many objects it has, once they are there. */
  count: number;
}

/** The pages of one list that were read lately. */
export class Walk {
  /** By their offsets. */
  readonly #pages = new Map<number, KeptPage>();
  /** Where a page with that content begins. */
  readonly #offsets = new Map<string, number>();
  readonly #source: WalkSource;
  readonly #hasRoom: () => boolean;
  /** Organizations that were given what they have from the beginning. */
  readonly #served = new Set<string>();
  /** Forgets all pages when the last one is not fresh any more. */
  #timer: NodeJS.Timeout | undefined;

  constructor(source: WalkSource, hasRoom: () => boolean) {
    this.#source = source;
    this.#hasRoom = hasRoom;
  }

  /** Objects that are kept. */
  get count(): number {
    return [...this.#pages.values()].reduce((sum, { count }) => sum + count, 0);
  }

  hasServed(organizationId: string): boolean {
    return this.#served.has(organizationId);
  }

  noteServed(organizationId: string): void {
    this.#served.add(organizationId);
  }

  /**
   * The page that begins there. All who ask while it is on its way get the same one.
   * @throws {Failure}
   */
  async page(api: Api, offset: number, signal: AbortSignal): Promise<WalkPage> {
    const known = this.#pages.get(offset);
    const isFresh = known && !known.work.isGivenUp && Date.now() - known.askedAt < freshMs;
    return await (isFresh ? known : this.#ask(api, offset)).work.wait(signal);
  }

  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pages.clear();
    this.#offsets.clear();
  }

  #ask(api: Api, offset: number): KeptPage {
    const page: KeptPage = {
      work: new SharedWork(signal => this.#read(api, offset, signal)),
      askedAt: Date.now(),
      count: 0,
    };
    this.#pages.set(offset, page);
    const drop = () => {
      if (this.#pages.get(offset) === page) {
        this.#pages.delete(offset);
      }
    };
    page.work.outcome.then(({ byOrganization }) => {
      page.count = countOf(byOrganization);
      if (!this.#hasRoom()) {
        drop();
      }
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.forget(), freshMs).unref();
    }, drop);
    return page;
  }

  async #read(api: Api, offset: number, signal: AbortSignal): Promise<WalkPage> {
    const { path, kind, repositoryId } = this.#source;
    const { elements, nextOffset, unreadable } = await new Vb365Client(api).protectedObjects(path, offset, signal);
    const byOrganization = new Map<string, ProtectedObject[]>();
    let strays = 0;
    for (const body of elements) {
      // Up to v6 there is one id of the organization alone.
      const organizationId = body.backedUpOrganizationId ?? body.organizationId;
      if (organizationId === undefined) {
        strays++;
        continue;
      }
      const objects = byOrganization.get(organizationId) ?? [];
      byOrganization.set(organizationId, objects);
      objects.push(protectedObjectItem(kind, body, { repositoryId, organizationId }));
    }
    if (strays > 0 && strays === elements.length) {
      throw new UnexpectedShape(api.host, l10n.t('the organization of what is backed up'), 'nothing');
    }
    const content = createHash('sha256')
      .update(JSON.stringify([...byOrganization]))
      .digest('base64');
    const first = this.#offsets.get(content) ?? offset;
    this.#offsets.set(content, first);
    return {
      byOrganization,
      unreadable: together(unreadable, strays > 0 ? { count: strays, came: ['no organization'] } : undefined),
      nextOffset,
      news: first === offset ? elements.length : 0,
    };
  }
}

function countOf(byOrganization: WalkPage['byOrganization']): number {
  return [...byOrganization.values()].reduce((sum, { length }) => sum + length, 0);
}

/** By the account that may see what is in them, and by the paths of the lists. */
const walksOf = new WeakMap<object, Map<string, Walk>>();

/**
 * The walk that an organization's objects are taken from. One that begins once more wants to know what there is now: a walk
 * begins anew with it.
 */
export function walkThrough(api: Api, source: WalkSource, organizationId: string, offset: number): Walk {
  const walks = walksOf.get(api.account) ?? new Map<string, Walk>();
  walksOf.set(api.account, walks);
  const known = walks.get(source.path);
  if (known && !(offset === 0 && known.hasServed(organizationId))) {
    return known;
  }
  known?.forget();
  const walk: Walk = new Walk(source, () => makeRoom(walks, walk));
  walks.delete(source.path);
  walks.set(source.path, walk);
  return walk;
}

/** Forgets what lies longest, for the sake of `walk`. Tells whether that is enough. */
function makeRoom(walks: ReadonlyMap<string, Walk>, walk: Walk): boolean {
  const kept = () => [...walks.values()].reduce((sum, { count }) => sum + count, 0);
  for (const other of walks.values()) {
    if (other !== walk && kept() > mostKept) {
      other.forget();
    }
  }
  return kept() <= mostKept;
}
