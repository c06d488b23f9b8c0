import * as tls from 'node:tls';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type EnterpriseManagerData,
  type EnterpriseManagerOptions,
  type SampleServer,
  startEnterpriseManager,
} from '../../sample-servers';
import { BASIC, logOn, openSession, send } from './client';

type Json = Record<string, unknown>;

let server: SampleServer<EnterpriseManagerData>;

async function start(options: Partial<EnterpriseManagerOptions> = {}): Promise<void> {
  server = await startEnterpriseManager(options);
}

afterEach(() => server.close());

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
});

function parseXml(text: string): Json {
  return parser.parse(text) as Json;
}

/** Node's own client would add the length. */
function firstLine(head: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: server.host, port: server.port, ca: server.certificate }, () => {
      socket.write(`${head}\r\n\r\n`);
    });
    socket.once('error', reject);
    socket.once('data', (data: Buffer) => {
      socket.destroy();
      resolve(data.toString('latin1').split('\r\n')[0]);
    });
  });
}

const tenantPath = (index: number) => `/api/cloud/tenants/${server.data.tenants.at(index).id}`;

describe('sessions of Enterprise Manager', () => {
  it('are offered by the root, without one, in every version that is served', async () => {
    await start({ versions: ['v1_4', 'v1_5'] });
    const xml = await send(server, '/api/');
    expect(xml.headers['content-type']).toContain('application/xml');
    expect(xml.text).toContain('sessionMngr/?v=latest');
    const json = await send(server, '/API', { headers: { Accept: 'application/json' } });
    const body = json.json<{ SupportedVersions: { SupportedVersions: { Name: string }[] } }>();
    expect(body.SupportedVersions.SupportedVersions.map(version => version.Name)).toEqual(['v1_4', 'v1_5']);
  });

  it('open with Basic credentials and close with DELETE', async () => {
    await start();
    const answer = await logOn(server, 'latest', { Accept: 'application/json' });
    expect(answer.status).toBe(201);
    const token = answer.headers['x-restsvcsessionid'] ?? '';
    const { SessionId } = answer.json<{ SessionId: string }>();
    expect(Buffer.from(token, 'base64').toString()).toBe(SessionId);
    expect(answer.headers['set-cookie']).toContain(`X-RestSvcSessionId=${token}; Path=/api`);
    const headers = { 'X-RestSvcSessionId': token };
    expect((await send(server, '/api/backupServers', { headers })).status).toBe(200);
    expect((await send(server, `/api/logonSessions/${SessionId}`, { method: 'DELETE', headers })).status).toBe(204);
    expect((await send(server, '/api/backupServers', { headers })).status).toBe(401);
  });

  it('refuse wrong credentials, unknown versions and a POST without a length', async () => {
    await start();
    const wrong = await logOn(server, 'latest', {
      Authorization: 'Basic d3Jvbmc6d3Jvbmc=',
      Accept: 'application/json',
    });
    expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([401, 'Basic Realm=RestSvc']);
    expect(wrong.json()).toMatchObject({ StatusCode: 401, StackTrace: null });
    expect((await logOn(server, 'v1_4')).status).toBe(400);
    expect((await logOn(server, 'v9')).status).toBe(400);
    expect(
      await firstLine(`POST /api/sessionMngr/?v=latest HTTP/1.1\r\nHost: em\r\nAuthorization: ${BASIC(server)}`),
    ).toBe('HTTP/1.1 411 Length Required');
  });

  it('die of fifteen idle minutes, not of age', async () => {
    let now = 0;
    await start({ clock: () => now });
    const get = await openSession(server);
    for (let use = 0; use < 3; use++) {
      now += 15 * 60_000;
      expect((await get('/api/backupServers')).status).toBe(200);
    }
    now += 15 * 60_000 + 1;
    const expired = await get('/api/backupServers');
    expect(expired.status).toBe(401);
    expect(parseXml(expired.text).Error).toMatchObject({ StatusCode: '401' });
  });

  it('end all at once on demand', async () => {
    await start();
    const get = await openSession(server);
    server.expireSessions();
    expect((await get('/api/backupServers')).status).toBe(401);
  });

  it('follow the cookie when a request has both', async () => {
    await start();
    const token = (await logOn(server)).headers['x-restsvcsessionid'] ?? '';
    const both = { 'X-RestSvcSessionId': token, Cookie: 'X-RestSvcSessionId=bm90aGluZw==' };
    expect((await send(server, '/api/backupServers', { headers: both })).status).toBe(401);
    const cookie = { 'X-RestSvcSessionId': 'bm90aGluZw==', Cookie: `a=b; X-RestSvcSessionId=${token}` };
    expect((await send(server, '/api/backupServers', { headers: cookie })).status).toBe(200);
  });

  it('of a tenant see the tenant and nothing else', async () => {
    await start();
    const body = `<LoginSpec xmlns="http://www.veeam.com/ent/v1.0"><TenantCredentials><Username>Northwind</Username><Password>${server.password.replaceAll('&', '&amp;')}</Password></TenantCredentials></LoginSpec>`;
    const answer = await send(server, '/api/sessionMngr/?v=latest', {
      method: 'POST',
      headers: { 'Content-Type': 'application/xml' },
      body,
    });
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain('BackupServerReferenceList');
    const headers = { 'X-RestSvcSessionId': answer.headers['x-restsvcsessionid'] ?? '', Accept: 'application/json' };
    const tenants = await send(server, '/api/cloud/tenants', { headers });
    expect(tenants.json<{ Refs: Json[] }>().Refs.map(ref => ref.Name)).toEqual(['Northwind']);
    expect((await send(server, tenantPath(3), { headers })).status).toBe(403);
    expect((await send(server, '/api/repositories', { headers })).status).toBe(403);
  });
});

describe('Cloud Connect', () => {
  const LINK = 'Type="CloudConnectService"';

  it('is linked where it is licensed', async () => {
    await start();
    expect((await logOn(server)).text).toContain(LINK);
  });

  it('is not there where it is not', async () => {
    await start({ cloudConnect: false });
    expect((await logOn(server)).text).not.toContain(LINK);
    const get = await openSession(server);
    expect((await get('/api/cloud/tenants')).status).toBe(404);
    expect((await get('/api/query?type=CloudTenant')).status).toBe(400);
    expect((await get('/api/repositories')).status).toBe(200);
  });

  it('is denied to a portal user', async () => {
    await start({ portalRole: 'user' });
    expect((await logOn(server)).text).not.toContain(LINK);
    const get = await openSession(server);
    const denied = await get('/api/cloud/tenants', 'application/json');
    expect([denied.status, denied.json().Message]).toEqual([403, 'Access denied']);
    expect((await get('/api/query?type=CloudSubtenant')).status).toBe(403);
  });
});

describe('representations', () => {
  it('are XML unless JSON stands anywhere in Accept', async () => {
    await start();
    const get = await openSession(server);
    expect((await get('/api/backupServers', '*/*')).headers['content-type']).toContain('xml');
    const json = await get('/api/backupServers', 'application/xml, application/json;q=0.1');
    expect(json.headers['content-type']).toContain('json');
    expect(json.text.charCodeAt(0)).toBe(0xfeff);
  });

  it('have no byte order mark, or no JSON at all, where the server is told so', async () => {
    await start({ bom: false });
    expect((await (await openSession(server))('/api/backupServers', 'application/json')).text[0]).toBe('{');
    await server.close();
    await start({ json: false });
    expect((await (await openSession(server))('/api/backupServers', 'application/json')).text[0]).toBe('<');
  });

  it('are references by default and entities on demand', async () => {
    await start();
    const get = await openSession(server);
    expect(parseXml((await get('/api/cloud/tenants')).text)).toHaveProperty('EntityReferences.Ref');
    expect(parseXml((await get('/api/cloud/tenants?format=entity')).text)).toHaveProperty('CloudTenants.CloudTenant');
    expect(parseXml((await get(tenantPath(0))).text)).toHaveProperty('EntityRef.UID');
    expect((await get(tenantPath(0), 'application/json')).json()).toMatchObject({ Type: 'CloudTenantReference' });
    const entity = parseXml((await get(`${tenantPath(0)}?format=Entity`)).text).CloudTenant as Json;
    expect(Object.keys(entity).slice(0, 6)).toEqual([
      'Links',
      'Description',
      'Enabled',
      'LeaseOptions',
      'Resources',
      'LastResult',
    ]);
    for (const path of ['backupServers', 'repositories', 'cloud/gateways', 'cloud/hardwarePlans']) {
      expect((await get(`/api/${path}`)).text).toContain('<EntityReferences');
      expect((await get(`/api/${path}?format=Entity`)).text).not.toContain('<Ref ');
    }
  });

  /** Everything that JSON says and XML could say, as XML would: text everywhere, lists of one as the one. */
  function textual(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.length === 1 ? textual(value[0]) : value.map(textual);
    }
    if (typeof value !== 'object' || value === null) {
      return value === null ? undefined : String(value);
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, textual(inner)]])),
    );
  }

  it('say the same in both forms', async () => {
    await start({ hostileNames: true });
    const get = await openSession(server);
    const path = `${tenantPath(0)}/subtenants`;
    const list = parseXml((await get(path)).text) as {
      CloudSubtenants: { CloudSubtenant: (Json & { Links: { Link: Json[] } })[] };
    };
    const fromXml = list.CloudSubtenants.CloudSubtenant.map(row => ({ ...row, Links: row.Links.Link }));
    const fromJson = (await get(path, 'application/json')).json<{ CloudSubtenants: Json[] }>().CloudSubtenants;
    expect(fromXml).toEqual(fromJson.map(textual));
    expect(fromJson.map(row => row.Name)).toEqual(server.data.tenants.at(0).subtenants.map(row => row.name));
    expect(fromJson[0]).toMatchObject({
      Password: '',
      Enabled: true,
      RepositoryQuota: { QuotaMb: 10240, Unlimited: false },
    });
  });

  it('carry every name unharmed', async () => {
    await start({ hostileNames: true, tenants: 20 });
    const names = server.data.tenants.map(row => row.name);
    expect(names.join()).toMatch(/&amp;.*\u202E.*""/u);
    const get = await openSession(server);
    const xml = parseXml((await get('/api/cloud/tenants')).text) as { EntityReferences: { Ref: Json[] } };
    expect(xml.EntityReferences.Ref.map(ref => ref.Name)).toEqual(names);
    const entities = parseXml((await get('/api/cloud/tenants?format=Entity')).text) as {
      CloudTenants: {
        CloudTenant: { TenantType: { StandaloneTenant?: { TenantCredentials: { Username: string } } } }[];
      };
    };
    const texts = entities.CloudTenants.CloudTenant.map(
      row => row.TenantType.StandaloneTenant?.TenantCredentials.Username,
    );
    expect(texts.slice(3)).toEqual(names.slice(3));
  });

  it.each([
    ['wrapped', (rows: unknown) => ({ CloudSubtenants: rows })],
    ['nested', (rows: unknown) => ({ CloudSubtenants: { CloudSubtenants: rows } })],
    ['array', (rows: unknown) => rows],
  ] as const)('wrap subtenants in JSON as %s', async (subtenantsJson, wrap) => {
    await start({ subtenantsJson });
    const get = await openSession(server);
    const names = server.data.tenants.at(0).subtenants.map(row => expect.objectContaining({ Name: row.name }));
    expect((await get(`${tenantPath(0)}/subtenants`, 'application/json')).json()).toEqual(wrap(names));
  });

  it('can name another host in their links', async () => {
    await start({ linkBase: 'http://em.example.com:9399/api' });
    const get = await openSession(server);
    expect((await get('/api/cloud/tenants')).text).toContain('Href="http://em.example.com:9399/api/cloud/tenants/');
  });

  it('count differently in sessions before v1_5', async () => {
    await start({ versions: ['v1_4', 'v1_7'] });
    const old = (await (await openSession(server, 'v1_4'))(`${tenantPath(0)}?format=Entity`)).text;
    expect(old).toContain('<VmCount>12</VmCount>');
    expect(old).not.toContain('BackupProtection');
    const current = (await (await openSession(server, 'v1_7'))(`${tenantPath(0)}?format=Entity`)).text;
    expect(current).toContain('<BackupCount>12</BackupCount>');
    expect(current).toContain('<BackupProtectionPeriod>');
    expect(current).not.toContain('VmCount');
  });

  it('are errors for what does not exist', async () => {
    await start();
    const get = await openSession(server);
    const missing = await get('/api/cloud/tenants/00000000-0000-4000-8000-000000000000', 'application/json');
    expect([missing.status, missing.json()]).toEqual([
      404,
      {
        FirstChanceExceptionMessage: null,
        Message: 'Tenant not found',
        StackTrace: null,
        Status: null,
        StatusCode: 404,
      },
    ]);
    expect((await get('/api/nothing')).status).toBe(404);
    expect((await get('/api/cloud/tenants', 'application/xml', 'POST')).status).toBe(405);
  });
});

describe('the tenants of Enterprise Manager', () => {
  it('begin with what the pictures of the product show', async () => {
    await start();
    const northwind = server.data.tenants.at(0);
    expect(northwind).toMatchObject({
      name: 'Northwind',
      server: { name: 'vbr01' },
      resources: [{ quotaMb: 250 * 1024, usedQuotaMb: 166 * 1024 }],
    });
    expect(northwind.subtenants.slice()).toMatchObject([
      { name: 'nw-user-01', enabled: true, unlimited: false, quotaMb: 10 * 1024, usedQuotaMb: 2 * 1024 },
      { name: 'nw-user-02', enabled: false, unlimited: true },
    ]);
  });

  it('hold the awkward cases', async () => {
    await start();
    const get = await openSession(server);
    const { CloudTenants } = (await get('/api/cloud/tenants?format=Entity', 'application/json')).json<{
      CloudTenants: (Json & { Links: Json[] })[];
    }>();
    const leadsToSubtenants = CloudTenants.map(row => row.Links.some(link => link.Type === 'CloudSubtenantList'));
    expect(leadsToSubtenants.slice(0, 4)).toEqual([true, false, false, true]);
    expect(CloudTenants[1]).toHaveProperty('TenantType.vCloudTenant.OrganizationName', 'Contoso');
    expect(CloudTenants[2]).toMatchObject({
      Name: 'example\\fabrikam',
      TenantType: { ADTenantType: { Account: 'example\\fabrikam' } },
    });
    expect(CloudTenants[3]).toMatchObject({ Resources: { CloudTenantResources: [] } });
    expect(CloudTenants[4]).toMatchObject({ Enabled: false });
    expect(CloudTenants[5]).toMatchObject({ LeaseOptions: { Enabled: true }, ThrottlingEnabled: true });
    expect(CloudTenants[6]).not.toHaveProperty('LastActive');
    expect(CloudTenants[7]).toMatchObject({ LastActive: '1753-01-01T00:00:00Z' });
    expect((await get(`${tenantPath(1)}/subtenants`)).status).toBe(400);
  });

  it('are there one by one too', async () => {
    await start();
    const get = await openSession(server);
    const tenant = server.data.tenants.at(0);
    const subtenant = tenant.subtenants.at(1);
    expect((await get(`${tenantPath(0)}/subtenants/${subtenant.id}`, 'application/json')).json()).toMatchObject({
      Id: subtenant.id,
      Name: subtenant.name,
    });
    const other = server.data.tenants.at(3).subtenants.at(0);
    expect((await get(`${tenantPath(0)}/subtenants/${other.id}`)).status).toBe(404);
    const resource = tenant.resources[0];
    expect((await get(`${tenantPath(0)}/resources/${resource?.id}`)).text).toContain(resource?.displayName);
    const repository = (resource && server.data.findRepository(resource.repositoryId))?.id;
    expect((await get(`/api/repositories/${repository}?format=Entity`, 'application/json')).json()).toMatchObject({
      Type: 'Repository',
    });
  });
});

describe('the query service', () => {
  interface Result {
    Refs: { Refs: Json[] } | null;
    Entities: Record<string, Record<string, Json[]> | null> | null;
    Resources: { CloudSubtenants: { CloudSubtenants: Json[] } } | null;
    PagingInfo: { PageNum: number; PageSize: number; PagesCount: number; Links: { Rel: string; Href: string }[] };
  }

  async function ask(parameters: Record<string, string>): Promise<Result> {
    const get = await openSession(server);
    const answer = await get(`/api/query?${new URLSearchParams(parameters)}`, 'application/json');
    expect(answer.status).toBe(200);
    return answer.json<Result>();
  }

  const tenantNames = async (filter: string) =>
    (await ask({ type: 'CloudTenant', filter })).Refs?.Refs.map(ref => ref.Name);

  it('gives 100 rows a page and leads through all of them', async () => {
    await start({ tenants: 250, subtenantsPerTenant: 1 });
    const get = await openSession(server);
    const seen: unknown[] = [];
    let next: string | undefined = '/api/query?type=cloudsubtenant&format=entities';
    const pages: number[] = [];
    while (next) {
      const page: Result = (await get(next, 'application/json')).json<Result>();
      pages.push(page.PagingInfo.PageNum);
      seen.push(...(page.Resources?.CloudSubtenants.CloudSubtenants ?? []).map(row => row.Id));
      expect(page).toMatchObject({ Refs: null, Entities: null, PagingInfo: { PageSize: 100, PagesCount: 3 } });
      next = page.PagingInfo.Links.find(link => link.Rel === 'Next')?.Href.slice(server.url.length);
    }
    expect(pages).toEqual([1, 2, 3]);
    // All but the tenants of vCD and of Active Directory have one.
    expect(seen).toHaveLength(248);
    expect(seen).toEqual([...server.data.tenants].flatMap(tenant => tenant.subtenants.map(row => row.id)));
  });

  it('puts key types under Entities beside the lists it leaves empty', async () => {
    await start();
    const { Entities, Refs } = await ask({ type: 'CloudTenant', format: 'Entities', pageSize: '5' });
    expect(Refs).toBeNull();
    expect(Entities?.CloudTenants?.CloudTenants).toHaveLength(5);
    expect(Entities).toMatchObject({ Repositories: null });
    const get = await openSession(server);
    const xml = parseXml((await get('/api/query?type=CloudTenant&format=Entities')).text);
    expect(xml).toHaveProperty('QueryResult.Entities.CloudTenants.CloudTenant');
    expect(xml).toHaveProperty('QueryResult.PagingInfo.PagesCount', '1');
    expect(xml).not.toHaveProperty('QueryResult.Entities.Repositories');
  });

  it('filters', async () => {
    await start();
    const uid = server.data.tenants.at(3).id;
    expect(await tenantNames('Name==Northwind')).toEqual(['Northwind']);
    expect(await tenantNames('Name=="Tenant 00004"')).toEqual(['Tenant 00004']);
    expect(await tenantNames('Enabled==false')).toEqual(['Tenant 00004']);
    expect(await tenantNames(`UID==urn:veeam:CloudTenant:${uid}`)).toEqual(['Fabrikam']);
    expect(await tenantNames('Type!=Standalone')).toEqual(['Contoso', 'example\\fabrikam']);
    expect(await tenantNames('Type>vCD')).toEqual(['example\\fabrikam']);
    // And binds closer than or, parentheses closest.
    expect(await tenantNames('Name==Contoso,Name==Northwind;Enabled==false')).toEqual(['Contoso']);
    expect(await tenantNames('(Name==Contoso,Name==Northwind);BackupServerName==vbr01')).toEqual(['Northwind']);
    const disabled = await ask({ type: 'CloudSubtenant', filter: 'CloudTenantName==Northwind;Disabled==true' });
    expect(disabled.Resources?.CloudSubtenants.CloudSubtenants).toMatchObject([{ Name: 'nw-user-02', Enabled: false }]);
    const small = await ask({
      type: 'CloudSubtenant',
      filter: 'UsedQuota<=2048;Quota>=10240;CloudTenantName==Northwind',
    });
    expect(small.Resources?.CloudSubtenants.CloudSubtenants).toMatchObject([{ Name: 'nw-user-01' }]);
  });

  it('takes doubled quotes for one', async () => {
    await start({ hostileNames: true });
    const name = server.data.tenants.map(row => row.name).find(candidate => candidate.includes('""')) ?? '';
    expect(name).not.toBe('');
    expect(await tenantNames(`Name=="${name.replaceAll('"', '""')}"`)).toEqual([name]);
  });

  it('sorts', async () => {
    await start();
    const names = server.data.tenants.map(row => row.name);
    const ascending = (await ask({ type: 'CloudTenant', sortAsc: 'name' })).Refs?.Refs.map(ref => ref.Name as string);
    expect(ascending).toHaveLength(names.length);
    expect(ascending?.[0]).toBe('Contoso');
    const descending = (await ask({ type: 'CloudTenant', sortDesc: 'Name' })).Refs?.Refs.map(ref => ref.Name);
    expect(descending).toEqual(ascending?.toReversed());
    const repositories = await ask({ type: 'Repository', format: 'Entities', sortAsc: 'Capacity' });
    const sizes = repositories.Entities?.Repositories?.Repositories?.map(row => Number(row.Capacity)) ?? [];
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes).toHaveLength(4);
  });

  it.each([
    'type=Nothing',
    'type=CloudTenant&filter=Nothing==1',
    'type=CloudTenant&filter=(Name==A',
    'type=Repository&pageSize=0',
  ])('refuses %s', async parameters => {
    await start();
    const get = await openSession(server);
    expect((await get(`/api/query?${parameters}`)).status).toBe(400);
  });

  it('reaches the last of a hundred thousand rows without making the others', async () => {
    await start({ tenants: 10_000, subtenantsPerTenant: 10 });
    const last = await ask({ type: 'CloudSubtenant', pageSize: '7', page: '14283' });
    expect(last.PagingInfo.PagesCount).toBe(Math.ceil((9998 * 10) / 7));
    expect(server.data.subtenants.length).toBe(99_980);
    expect(last.Resources?.CloudSubtenants.CloudSubtenants.at(-1)).toMatchObject({ Name: 't9999-user-10' });
  });
});
