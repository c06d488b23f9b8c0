/** What differs among the supported versions of the API. */
export type ApiVersion = '3.5.1' | '3.6.1' | '3.7';

/** From 3.6 on companies and Cloud Connect tenants are separate things; before, a company's tenants are its sites. */
export function hasOwnTenants(version: ApiVersion): boolean {
  return version !== '3.5.1';
}

export const SERVER_VERSIONS: Readonly<Record<ApiVersion, string>> = {
  '3.5.1': '8.1.0.21377',
  '3.6.1': '9.1.0.30345',
  '3.7': '9.3.0.35057',
};

/** Members that an object has only under a condition. */
export function when<Members extends object>(condition: boolean, members: Members): Members | object {
  return condition ? members : {};
}
