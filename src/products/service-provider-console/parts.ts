import * as l10n from '@vscode/l10n';
import { noUuid } from '../../base/uuid';

// What all items here are made with. The API gives sizes in bytes, and some quotas in GB: each name says which.

/** 1 GB of the vendor's consoles. */
const gigabyte = 1024 ** 3;

export function bytesOf(gigabytes: number | undefined): number | undefined {
  return gigabytes === undefined ? undefined : gigabytes * gigabyte;
}

/** The limit; undefined where the flag says that there is none, whatever the number beside it. */
export function limitOf(limit: number | undefined, isUnlimited: boolean | undefined): number | undefined {
  return isUnlimited ? undefined : limit;
}

/** An ID in lower case, as servers write the same one in either case. */
export function sameId(id: string | undefined): string | undefined {
  const small = id?.toLowerCase();
  return small === noUuid ? undefined : small;
}

/** An ID that names something. */
export function idOf(id: string | undefined): string | undefined {
  return sameId(id) === undefined ? undefined : id;
}

/** What every item here has. Names may be null. */
export function common(id: string | undefined, name: string | undefined) {
  return { id: id ?? '', name: name ?? id ?? '' };
}

/** What companies and tenants may fill, and have filled. */
export interface Sum {
  readonly quotaBytes?: number | undefined;
  readonly usedBytes?: number | undefined;
}

/** Undefined if one of them is unknown, as the rest would look like the whole. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter(amount => amount !== undefined);
  return known.length === 0 || known.length < amounts.length
    ? undefined
    : known.reduce((total, amount) => total + amount, 0);
}

/** What is wrong, in the server's word for it if there is no other. */
export function problemOf(body: {
  readonly status: string | undefined;
  readonly isOutOfDate: boolean | undefined;
}): string | undefined {
  if (body.isOutOfDate) {
    return l10n.t('needs an upgrade');
  }
  return body.status === 'Healthy' || body.status === 'Unknown' ? undefined : body.status;
}
