import { guid } from '../random';
import type { Account } from './accounts';
import type { ServiceProviderConsoleData, User } from './data';
import { slugOf } from './organization-bodies';

/** Those who can sign in, an owner of every other company, and at every fifth company somebody who may no longer. */
export function usersOf(data: ServiceProviderConsoleData, accounts: readonly Account[]): User[] {
  const owned = new Set(
    accounts.filter(({ role }) => role === 'CompanyOwner').map(({ organization }) => organization.id),
  );
  const others = data.companies.flatMap(company => {
    const user = (name: string, role: string, isEnabled: boolean) => ({
      userName: `${slugOf(company)}\\${name}`,
      role,
      organization: company,
      isEnabled,
    });
    return [
      ...(owned.has(company.id) ? [] : [user('owner', 'CompanyOwner', true)]),
      ...(company.index % 5 === 0 ? [user('former', 'CompanyAdministrator', false)] : []),
      ...(company.index % 50 === 3 ? [user('visitor', 'Unknown', true)] : []),
    ];
  });
  return [
    ...accounts.map((account, index) => ({ ...account, index, isEnabled: true })),
    ...others.map((user, row) => {
      const index = accounts.length + row;
      return { ...user, index, id: guid('spcUser', index), mfa: 'none' as const };
    }),
  ];
}
