import { type Failure, isFailure } from '../../base/failure';
import type { Source } from '../../inventory/inventory';
import type { Server } from '../../items/item';
import type { Page } from '../../products/product';

/** What a server has below one of its headings: "Backup Repositories: 4". */
export interface Count {
  readonly name: string;
  readonly number: number;
  /** There are more than that. */
  readonly more: boolean;
}

/**
 * Counts what the account of a server may see of it, going by the first page of each of its headings.
 * @throws {Failure} also if that is nothing
 */
export async function countVisible(source: Source, server: Server, signal: AbortSignal): Promise<readonly Count[]> {
  const headings = (await source.children(server.id, server, undefined, signal)).items;
  const refusals: Failure[] = [];
  const counts = await Promise.all(
    headings.map(async heading => {
      try {
        return countOf(heading.name, await source.children(server.id, heading, undefined, signal));
      } catch (error) {
        if (!isFailure(error) || error.kind !== 'accessDenied') {
          throw error;
        }
        refusals.push(error);
        return undefined;
      }
    }),
  );
  const [refusal] = refusals;
  if (refusal && refusals.length === headings.length) {
    throw refusal;
  }
  return counts.filter(count => count !== undefined);
}

function countOf(name: string, { items, next, total }: Page): Count {
  return { name, number: total ?? items.length, more: total === undefined && next !== undefined };
}
