import * as l10n from '@vscode/l10n';
import { headingOf } from '../../items/heading';
import type { Heading, Item, Tenant } from '../../items/item';
import type { Api, Cursor, Page, Product } from '../product';
import { wholePage } from '../reading/jsonResources';
import { accountKinds } from './accountKinds';
import { DeniedByRole, ServiceProviderConsoleClient } from './client';
import { companies, companiesHeading, companiesOfReseller, headingsOf, headingsOfAll, rowsOf } from './companies';
import { details } from './details';
import { type Abilities, abilitiesIn } from './features';
import { serviceProviderConsole } from './info';
import { narrowed } from './narrowed';
import { paths } from './paths';
import { apiVersions, probe } from './probe';
import { headingsOfReseller, hostedForReseller, resellers } from './resellers';
import { document, resource } from './resource';
import { seek } from './seek';
import { childrenOfServer, headingsOfAllServers, rowsOfServer, servers, serversByIds, serversHeading } from './servers';
import { answerQuestion, renew, signIn, tokenCall, tokenHeader } from './session';
import { gatewaysOfPool, headingsOfSite, rowsOfSite, sites, sitesHeading } from './sites';
import { childrenOfTenant, childrenOfTenants } from './tenants';
import { aboutBody } from './wire';

/** Veeam Service Provider Console: companies and resellers, and all that a service provider has for them. */
export const product: Product = {
  info: serviceProviderConsole,
  apiVersions,
  probe,
  accountKinds,
  // The portal answers at the port of the API.
  webConsole: ({ url }) => url,
  // A refresh token is good for the next start of VS Code, too; a key always is.
  endsSessionOnExit: false,
  signIn,
  answerQuestion,
  renew,

  async describeServer(api, signal) {
    const client = new ServiceProviderConsoleClient(api);
    const about = await client.one(paths.about, l10n.t('a description of the server'), aboutBody, signal);
    return { version: about.serverVersion, installation: { id: about.installationId } };
  },

  async otherInstallations(api, wanted, signal) {
    const servers = await Promise.all([
      serversByIds(api, 'vb365', signal),
      serversByIds(api, wanted === 'all' ? 'vbr' : 'hosting', signal),
    ]);
    return new Map(servers.flatMap(each => [...each]));
  },

  seek,
  narrowed,

  async children(api: Api, item: Item, cursor: Cursor | undefined, signal: AbortSignal): Promise<Page> {
    const offset = cursor === undefined ? 0 : Number(cursor);
    switch (item.kind) {
      case 'server':
        return { items: headings(abilitiesIn(await api.features(signal))) };
      case 'group':
        return toldOnce(item) ?? (await unlessDenied(list(api, item, offset, signal)));
      case 'company':
        return { items: await headingsOf(api, item, signal) };
      case 'reseller':
        return { items: headingsOfReseller(item.id) };
      case 'site':
        return { items: headingsOfSite(item) };
      case 'tenant':
        return await unlessDenied(childrenOfTenant(api, item, signal).then(wholePage));
      case 'gatewayPool':
        return await unlessDenied(gatewaysOfPool(api, item.id, signal));
      case 'backupServer':
        return await unlessDenied(childrenOfServer(api, item, signal));
      case 'scaleOutRepository':
        return { items: item.extents, total: item.extents.length };
      default:
        return { items: [] };
    }
  },

  async grandchildren(api, { id, scope }, parents, signal) {
    switch (id) {
      case 'companies':
        return await headingsOfAll(api, parents, signal);
      case 'backupServers':
        return await headingsOfAllServers(api, parents, signal);
      case 'tenants': {
        const tenants = parents.filter((parent): parent is Tenant => parent.kind === 'tenant');
        return scope?.siteId === undefined ? undefined : await childrenOfTenants(api, scope.siteId, tenants, signal);
      }
      default:
        return undefined;
    }
  },

  details,
  resource,
  document: (api, item, _format, signal) => document(api, item, signal),
  tokenHeader,
  tokenCall,
  // No answer that is asked for should have one, but the API declares some of them, and others in what stands beside.
  secretMembers: [
    ...['credentials', 'ownerCredentials', 'adminCredentials', 'guestCredentials', 'credential', 'secretUrl'],
    ...['applicationCertificate', 'encrypted_code', 'mfa_code', 'userCode'],
  ],
};

/** What a kind of account is offered. Headings that it may not read after all say so when they are opened. */
function headings({ side }: Abilities): Heading[] {
  const all = [
    companiesHeading(),
    headingOf('resellers', l10n.t('Resellers'), 'reseller'),
    sitesHeading(),
    serversHeading('vb365'),
    serversHeading('vbr'),
    serversHeading('em'),
  ];
  return side === 'provider' ? all : all.filter(({ id }) => !(hiddenFrom[side] ?? []).includes(id));
}

/** What is the provider's own. */
const hiddenFrom: Readonly<Record<string, readonly string[]>> = {
  reseller: ['enterpriseManagers'],
  company: ['resellers', 'sites', 'enterpriseManagers'],
};

/** What a walk through everything has found for a heading counts once: who asks again wants to know what there is now. */
function toldOnce(item: Heading): Page | undefined {
  if (!item.known || told.has(item)) {
    return undefined;
  }
  told.add(item);
  return item.scope?.isDenied
    ? { items: [], note: notForThisAccount() }
    : { items: item.known, total: item.known.length };
}

const told = new WeakSet<Heading>();

async function list(api: Api, item: Heading, offset: number, signal: AbortSignal): Promise<Page> {
  const { companyId, resellerId, siteId, serverId } = item.scope ?? {};
  switch (item.id) {
    case 'companies':
      return await companies(api, offset, signal);
    case 'resellers':
      return await resellers(api, offset, signal);
    case 'sites':
      return await sites(api, offset, signal);
    case 'organizationServers':
      return await servers(api, 'vb365', offset, signal);
    case 'backupServers':
      return await servers(api, 'vbr', offset, signal);
    case 'enterpriseManagers':
      return await servers(api, 'em', offset, signal);
    case 'companiesOfReseller':
      return await companiesOfReseller(api, resellerId ?? '', offset, signal);
    case 'hostedForReseller':
      return await hostedForReseller(api, resellerId ?? '', signal);
    case 'backupResources':
      return { items: item.known ?? [], total: item.known?.length };
  }
  if (siteId !== undefined) {
    return await rowsOfSite(api, item, offset, signal);
  }
  if (serverId !== undefined) {
    return await rowsOfServer(api, item, offset, signal);
  }
  return companyId === undefined ? { items: [] } : await rowsOf(api, item, companyId, signal);
}

/** A role that may not read a list finds a sentence there instead of a failure: nothing is wrong. */
async function unlessDenied(page: Promise<Page>): Promise<Page> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof DeniedByRole) {
      return { items: [], note: notForThisAccount() };
    }
    throw error;
  }
}

function notForThisAccount(): string {
  return l10n.t('The role of this account does not allow it to read this.');
}
