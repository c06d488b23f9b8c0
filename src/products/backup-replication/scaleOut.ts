import * as l10n from '@vscode/l10n';
import { tierName } from '../../items/extent';
import { headingOf } from '../../items/heading';
import type { Extent, Heading, Item, ScaleOutRepository, Tier } from '../../items/item';
import { together } from '../../items/unreadable';
import type { Api, Page } from '../product';
import { allPages, pageWith, wholePage } from '../reading/jsonResources';
import { mapped, type ReadList } from '../reading/readList';
import { ifThere } from '../reading/whenMissing';
import type { Located } from '../seek';
import { BackupReplicationClient } from './client';
import { capitalized, identityOf, repositoryItem, storageOf } from './items';
import { paths, tellsMembership } from './paths';
import type { RepositoryStateBody, ScaleOutRepositoryBody } from './wire';

// The list of scale-out repositories has no sizes; the states of repositories have those of their extents. Both lists are
// short.

export function repositoriesHeading(): Heading {
  return headingOf('repositories', l10n.t('Backup Repositories'), 'repository');
}

export function scaleOutHeading(): Heading {
  return headingOf('scaleOutRepositories', l10n.t('Scale-Out Repositories'), 'scaleOutRepository');
}

/** The heading of a scale-out repository's extents of one tier. */
function tierHeading(tier: Tier, known?: readonly Extent[]): Heading {
  return headingOf(tier, tierName(tier), 'extent', { known });
}

/** A repository by itself, or an extent with what is above it. */
export function locatedRepository(body: RepositoryStateBody): Located {
  const { scaleOutRepositoryId = '', extentType } = body.scaleOutRepositoryDetails ?? {};
  const tier = tierOf(extentType);
  if (scaleOutRepositoryId === '' || !tier) {
    return { item: repositoryItem(body), above: [repositoriesHeading()] };
  }
  const item: Extent = {
    kind: 'extent',
    ...identityOf(body),
    hasChildren: false,
    scaleOutRepositoryId,
    tier,
    ...storageOf(body),
  };
  const scaleOut: ScaleOutRepository = {
    ...{ kind: 'scaleOutRepository', id: scaleOutRepositoryId, name: scaleOutRepositoryId },
    ...{ hasChildren: true, extents: [item] },
  };
  return { item, above: [scaleOutHeading(), scaleOut, tierHeading(tier)] };
}

/**
 * The repositories that are no extents of others. Before 1.3, only the list of scale-out repositories shows which are
 * extents, so all come as one page.
 */
export async function repositories(api: Api, offset: number, signal: AbortSignal): Promise<Page> {
  const client = new BackupReplicationClient(api);
  if (tellsMembership(api.apiVersion)) {
    const path = paths.repositoryStatesWithoutExtents;
    const { elements, ...list } = await client.repositoryStates(path, offset, signal);
    const own = elements.filter(isByItself);
    // The server counts those that stand elsewhere, too.
    const total = list.total && list.total - (elements.length - own.length);
    return pageWith({ ...list, elements: own, total }, repositoryItem);
  }
  const [states, scaleOut] = await Promise.all([allStates(api, signal), ifThere(allScaleOut(client, signal))]);
  const extents = new Set(scaleOut?.elements.flatMap(each => extentsIn(each).map(({ id }) => id)));
  const elements = states.elements.filter(state => isByItself(state) && !extents.has(state.id ?? ''));
  return wholePage(mapped({ ...states, elements }, repositoryItem));
}

/** A scale-out repository has a heading of its own, and an extent stands below it. */
export function isByItself({ type, scaleOutRepositoryDetails }: RepositoryStateBody): boolean {
  return type !== scaleOutType && !scaleOutRepositoryDetails;
}

/** Whether states of that type come is not documented. */
const scaleOutType = 'ExtendableRepository';

/** All of them with their extents. An account that may not read the states of repositories gets them without sizes. */
export async function scaleOutRepositories(api: Api, signal: AbortSignal): Promise<Page> {
  const [bodies, states] = await Promise.all([
    allScaleOut(new BackupReplicationClient(api), signal),
    ifThere(extentStates(api, signal)),
  ]);
  const unreadable = together(bodies.unreadable, states?.unreadable);
  const known = states?.elements ?? [];
  return wholePage(mapped({ elements: bodies.elements, unreadable }, body => scaleOutItem(body, known)));
}

/** A heading for each tier with its extents, and one for the jobs. Only the jobs have to be loaded. */
export function childrenOfScaleOut({ id, extents }: ScaleOutRepository): readonly Item[] {
  const tiers = (['performance', 'capacity', 'archive'] as const).flatMap(tier => {
    const known = extents.filter(extent => extent.tier === tier);
    return known.length === 0 ? [] : [tierHeading(tier, known)];
  });
  if (id === '') {
    return tiers;
  }
  // The same jobs stand below the server's heading.
  const jobs = headingOf('jobs', l10n.t('Jobs'), 'job', { onDemand: 'elsewhere', scope: { repositoryId: id } });
  return [...tiers, jobs];
}

function scaleOutItem(body: ScaleOutRepositoryBody, states: readonly RepositoryStateBody[]): ScaleOutRepository {
  const extents = extentItems(body, states);
  const ofTier = (tier: Tier) => extents.filter(extent => extent.tier === tier);
  const performance = ofTier('performance');
  const problems = extents.filter(({ problem, state }) => problem !== undefined || state !== undefined).length;
  return {
    kind: 'scaleOutRepository',
    ...identityOf(body),
    hasChildren: body.id !== undefined,
    capacityBytes: sum(performance, 'capacityBytes'),
    freeBytes: sum(performance, 'freeBytes'),
    usedBytes: sum(performance, 'usedBytes'),
    capacityTierBytes: sum(ofTier('capacity'), 'usedBytes'),
    archiveTierBytes: sum(ofTier('archive'), 'usedBytes'),
    placementPolicy: body.placementPolicy?.type,
    problem: problems > 0 ? l10n.t('extents with a problem: {0}', problems) : undefined,
    extents,
  };
}

/** The sum over all extents; undefined if one is unknown, as the rest would look like the whole. */
function sum(extents: readonly Extent[], size: 'capacityBytes' | 'freeBytes' | 'usedBytes'): number | undefined {
  const sizes = extents.flatMap(extent => extent[size] ?? []);
  return sizes.length < extents.length || sizes.length === 0
    ? undefined
    : sizes.reduce((total, bytes) => total + bytes, 0);
}

/** An extent with what its scale-out repository lists of it. */
interface ListedExtent {
  readonly id: string | undefined;
  readonly tier: Tier;
  readonly name?: string | undefined;
  readonly status?: readonly string[];
}

/** An extent with its state as far as it was read. */
interface KnownExtent extends ListedExtent {
  readonly body: RepositoryStateBody | undefined;
}

function extentsIn({ performanceTier, capacityTier, archiveTier }: ScaleOutRepositoryBody): readonly ListedExtent[] {
  const isOn = capacityTier?.isEnabled ?? capacityTier?.enabled;
  const all: readonly ListedExtent[] = [
    ...(performanceTier?.performanceExtents ?? []).map(each => ({ ...each, tier: 'performance' as const })),
    ...(isOn === false ? [] : (capacityTier?.extents ?? [])).map(({ id }) => ({ id, tier: 'capacity' as const })),
    ...(archiveTier?.extentId === undefined || archiveTier.isEnabled === false
      ? []
      : [{ id: archiveTier.extentId, tier: 'archive' as const }]),
  ];
  return all.filter(({ id, name }) => id !== undefined || name !== undefined);
}

/** The extents that the repository lists, and those that only their states assign to it. */
function extentItems(body: ScaleOutRepositoryBody, states: readonly RepositoryStateBody[]): readonly Extent[] {
  const scaleOutRepositoryId = body.id ?? '';
  const byId = new Map(states.map(state => [state.id, state]));
  const listed = extentsIn(body).map(
    (extent): KnownExtent => ({ ...extent, body: extent.id === undefined ? undefined : byId.get(extent.id) }),
  );
  const ids = new Set(listed.flatMap(extent => extent.id ?? []));
  const others = states.flatMap((state): KnownExtent[] => {
    const { id, name, scaleOutRepositoryDetails: details } = state;
    const tier = tierOf(details?.extentType);
    const isIts = details && details.scaleOutRepositoryId === body.id && !ids.has(id ?? '');
    return isIts && tier ? [{ id, name, tier, body: state }] : [];
  });
  return [...listed, ...others].map(({ id, tier, name, status = [], body: state }) => {
    const unusual = status.map(word => capitalized(word)).filter(word => word !== 'Normal');
    return {
      kind: 'extent',
      ...identityOf({ id, name: state?.name ?? name, description: state?.description }),
      hasChildren: false,
      scaleOutRepositoryId,
      tier,
      state: unusual.join(', ') || undefined,
      ...(state ? storageOf(state) : { objectStorage: tier !== 'performance' }),
    };
  });
}

function tierOf(extentType: string | undefined): Tier | undefined {
  const word = extentType?.toLowerCase();
  return word === 'performance' || word === 'capacity' || word === 'archive' ? word : undefined;
}

function allScaleOut(client: BackupReplicationClient, signal: AbortSignal): Promise<ReadList<ScaleOutRepositoryBody>> {
  return allPages(offset => client.scaleOutRepositories(offset, signal));
}

function allStates(api: Api, signal: AbortSignal): Promise<ReadList<RepositoryStateBody>> {
  const client = new BackupReplicationClient(api);
  return allPages(offset => client.repositoryStates(paths.repositoryStates, offset, signal));
}

function extentStates(api: Api, signal: AbortSignal): Promise<ReadList<RepositoryStateBody>> {
  if (!tellsMembership(api.apiVersion)) {
    return allStates(api, signal);
  }
  const client = new BackupReplicationClient(api);
  return allPages(offset => client.repositoryStates(paths.extentStates, offset, signal));
}
