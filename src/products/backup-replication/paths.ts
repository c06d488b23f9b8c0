import { isAtLeast } from './versions';

/** Without an order, rows may move from one page to another in between. */
const byName = 'orderColumn=Name&orderAsc=true';

const infrastructure = 'backupInfrastructure';
const repositoryStates = `${infrastructure}/repositories/states`;

/** Paths below `/api/v1/`. Names in queries are case-sensitive. */
export const paths = {
  server: 'serverInfo',
  /** All repositories, with the extents of scale-out repositories. */
  repositoryStates: `${repositoryStates}?${byName}`,
  repositoryState: (id: string) => `${repositoryStates}?idFilter=${encodeURIComponent(id)}`,
  /** Any text of a row is compared with the name, which may have an asterisk at its ends. */
  repositoryStatesLike: (name: string) => `${repositoryStates}?${byName}&nameFilter=${encodeURIComponent(name)}`,
  /** 1.3 and later. */
  repositoryStatesWithoutExtents: `${repositoryStates}?${byName}&excludeExtents=true`,
  /** 1.3 and later. */
  extentStates: `${repositoryStates}?${byName}${['Performance', 'Capacity', 'Archive']
    .map(tier => `&sobrExtentTypeFilter=${tier}`)
    .join('')}`,
  repository: (id: string) => `${infrastructure}/repositories/${encodeURIComponent(id)}`,
  scaleOutRepositories: `${infrastructure}/scaleOutRepositories?${byName}`,
  scaleOutRepository: (id: string) => `${infrastructure}/scaleOutRepositories/${encodeURIComponent(id)}`,
  jobs: `jobs/states?${byName}`,
  jobsOf: (repositoryId: string) => `jobs/states?repositoryIdFilter=${encodeURIComponent(repositoryId)}&${byName}`,
  jobState: (id: string) => `jobs/states?idFilter=${encodeURIComponent(id)}`,
  managedServers: `${infrastructure}/managedServers?${byName}`,
  managedServer: (id: string) => `${infrastructure}/managedServers/${encodeURIComponent(id)}`,
  proxies: (apiVersion: string) => `${infrastructure}/proxies${hasProxyStates(apiVersion) ? '/states' : ''}?${byName}`,
  proxy: (id: string) => `${infrastructure}/proxies/${encodeURIComponent(id)}`,
  entraTenants: `inventory/entraId/tenants?${byName}`,
  entraTenant: (id: string) => `inventory/entraId/tenants/${encodeURIComponent(id)}`,
  /** The rows of a list whose names, or other texts, contain a text. An asterisk stands for anything. */
  like: (list: string, text: string) => `${list}&nameFilter=${encodeURIComponent(`*${text.replaceAll('*', '')}*`)}`,
} as const;

/** Whether the states of repositories say to which scale-out repository they belong, and can be asked for by that. */
export function tellsMembership(apiVersion: string): boolean {
  return isAtLeast(apiVersion, 1, 3);
}

export function hasEntraTenants(apiVersion: string): boolean {
  return isAtLeast(apiVersion, 1, 2);
}

export function hasLicense(apiVersion: string): boolean {
  return isAtLeast(apiVersion, 1, 2);
}

function hasProxyStates(apiVersion: string): boolean {
  return isAtLeast(apiVersion, 1, 3);
}
