// The registry of kinds. What is known of one kind stands in its file; nothing else names it.

import { backupResource } from './backupResource';
import { backupServer } from './backupServer';
import { company } from './company';
import { entraTenant } from './entraTenant';
import { extent } from './extent';
import { gateway } from './gateway';
import { gatewayPool } from './gatewayPool';
import { hardwarePlan } from './hardwarePlan';
import { heading } from './heading';
import { hostedResource } from './hostedResource';
import type { Item, ItemKind } from './item';
import { job } from './job';
import type { Kind, OfKind } from './kind';
import { location } from './location';
import { managedServer } from './managedServer';
import { organization } from './organization';
import { protectedGroup, protectedSite, protectedTeam, protectedUser } from './protectedObject';
import { proxy } from './proxy';
import { repository } from './repository';
import { reseller } from './reseller';
import { scaleOutRepository } from './scaleOutRepository';
import { server } from './server';
import { site } from './site';
import { subtenant } from './subtenant';
import { tenant } from './tenant';
import { usedRepository } from './usedRepository';
import { user } from './user';

/** In the order in which they are listed and in which their columns stand. */
export const kinds: { readonly [Each in ItemKind]: Kind<OfKind<Each>> } = {
  server,
  group: heading,
  repository,
  organization,
  protectedUser,
  protectedGroup,
  protectedSite,
  protectedTeam,
  usedRepository,
  job,
  proxy,
  tenant,
  subtenant,
  backupResource,
  hardwarePlan,
  gateway,
  backupServer,
  scaleOutRepository,
  extent,
  managedServer,
  entraTenant,
  company,
  reseller,
  site,
  location,
  user,
  gatewayPool,
  hostedResource,
};

/** The descriptor of a kind. Its functions take items of that kind. */
export function kindOf(kind: ItemKind): Kind {
  return kinds[kind] as Kind;
}

/** The words for all kinds, in the order of {@link kinds}. */
export const allKinds = (): readonly ItemKind[] => Object.keys(kinds) as ItemKind[];

/** The name of one item of a kind. */
export function kindName(kind: ItemKind): string {
  return kindOf(kind).name();
}

/** What an item is, as people call it. */
export function kindNameOf(item: Item): string {
  const kind = kindOf(item.kind);
  return kind.nameOf?.(item) ?? kind.name();
}

/** The space that an item takes, as far as its server reports it. */
export interface Space {
  readonly usedBytes: number | undefined;
  /** The quota or the capacity. */
  readonly limitBytes: number | undefined;
  readonly freeBytes: number | undefined;
  /** How much of the limit is taken: limit less free space if the server reports that, as others may fill the volume, too. */
  readonly takenBytes: number | undefined;
  readonly unlimited: boolean;
}

/** Undefined for kinds that take none. Free space comes from the server, or is the rest of the limit, which can be negative. */
export function spaceOf(item: Item): Space | undefined {
  const { space } = kindOf(item.kind);
  if (!space) {
    return undefined;
  }
  const [usedBytes, limitBytes, free] = [space.used, space.limit, space.free].map(name => numberIn(item, name));
  const left = usedBytes === undefined || limitBytes === undefined ? undefined : limitBytes - usedBytes;
  const taken = free === undefined || limitBytes === undefined ? usedBytes : Math.max(0, limitBytes - free);
  return {
    usedBytes,
    limitBytes,
    freeBytes: free ?? left,
    takenBytes: taken,
    unlimited: space.unlimited?.(item) ?? false,
  };
}

/** When something last happened to the item, in milliseconds since 1970. */
export function lastActiveOf(item: Item): number | undefined {
  const { activity } = kindOf(item.kind);
  const time = Date.parse(String(memberOf(item, activity) ?? ''));
  return Number.isNaN(time) ? undefined : time;
}

function numberIn(item: Item, name: string | undefined): number | undefined {
  const value = memberOf(item, name);
  return typeof value === 'number' ? value : undefined;
}

function memberOf(item: Item, name: string | undefined): unknown {
  return name === undefined ? undefined : Reflect.get(item, name);
}
