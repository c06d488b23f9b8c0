// What a session knows of the server and of itself: features of the session, kept with it.

/** The release has API 3.5: companies and tenants are one thing there. */
const olderApi = 'api3.5';

/** The account is a reseller's or a company's, not one of the provider's staff. */
const reseller = 'reseller';
const company = 'company';

/** What a session can ask for, and what it is offered. */
export interface Abilities {
  /** API 3.5, where tenants are found through the sites of companies. */
  readonly isOlder: boolean;
  /** Whose account it is. */
  readonly side: 'provider' | 'reseller' | 'company';
}

/** 801 for `8.1.0.21377`; undefined if the server does not say. */
export function releaseOf(serverVersion: string | undefined): number | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,2})(?!\d)/.exec(serverVersion ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : Number(major) * 100 + Number(minor);
}

/**
 * @param release see {@link releaseOf}; a server that does not say is taken for a new one
 * @param role as `User.role` has it
 */
export function featuresOf(release: number | undefined, role: string | undefined): readonly string[] {
  return [
    ...(release !== undefined && release < 900 ? [olderApi] : []),
    ...(role?.startsWith('Reseller') ? [reseller] : role?.startsWith('Company') ? [company] : []),
  ];
}

export function abilitiesIn(features: readonly string[]): Abilities {
  return {
    isOlder: features.includes(olderApi),
    side: features.includes(reseller) ? 'reseller' : features.includes(company) ? 'company' : 'provider',
  };
}
