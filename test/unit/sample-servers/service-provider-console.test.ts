import { afterEach, describe, expect, it } from 'vitest';
import {
  EnterpriseManagerData,
  MFA_CODE,
  type ServiceProviderConsoleOptions,
  type ServiceProviderConsoleServer,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../sample-servers';
import { type Answer, requestSpcToken, type SpcTokenBody, send, signInToSpc, spcReader } from './client';

type Row = Record<string, unknown>;

interface Page {
  meta: { pagingInfo: { total: number; count: number; offset: number } };
  data: Row[];
}

let server: ServiceProviderConsoleServer;

async function start(options: Partial<ServiceProviderConsoleOptions> = {}): Promise<void> {
  server = await startServiceProviderConsole({ companies: 40, ...options });
}

afterEach(() => server.close());

const as = (username: string) => signInToSpc(server, { username });
const parameter = (name: string, value: unknown) => `${name}=${encodeURIComponent(JSON.stringify(value))}`;
const rowsOf = (answer: Answer) => answer.json<Page>().data;
const errorOf = (answer: Answer) => answer.json<{ errors: Row[] }>().errors[0];

describe('signing in to Service Provider Console', () => {
  it('takes the password and gives a pair of tokens', async () => {
    await start();
    const answer = await requestSpcToken(server);
    expect(answer.json()).toMatchObject({ token_type: 'bearer', expires_in: 3600, mfa_token: null });
    const get = spcReader(server, answer.json<SpcTokenBody>().access_token);
    expect((await get('users/me')).json()).toMatchObject({
      data: { userName: server.username, role: 'PortalAdministrator' },
    });
  });

  it.each([
    [{ password: 'wrong' }, 'invalid_grant'],
    [{ username: 'contoso\\owner' }, 'invalid_grant'],
    [{ username: 'EXAMPLE\\not-enrolled' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 'invalid_grant'],
    [{ grant_type: 'mfa', mfa_token: 'unknown', mfa_code: MFA_CODE }, 'invalid_grant'],
    [{ grant_type: 'as', userUid: 'x' }, 'unauthorized_client'],
    [{ grant_type: 'magic' }, 'unsupported_grant_type'],
  ])('refuses %j', async (form: Record<string, string>, error) => {
    await start();
    const answer = await requestSpcToken(server, form);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error, error_description: expect.any(String), error_uri: null });
  });

  it('refuses an empty form, and anything that is no form', async () => {
    await start();
    for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
      const answer = await send(server, '/api/v3/token', { method: 'POST', headers: { 'Content-Type': type } });
      expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
    }
  });

  it('asks for a second factor, and does not when the tokens are renewed', async () => {
    await start();
    const first = (await requestSpcToken(server, { ...passwordOf('EXAMPLE\\second-factor') })).json<SpcTokenBody>();
    expect(first).toMatchObject({ access_token: null, refresh_token: null, mfa_token: expect.any(String) });
    const mfa = { grant_type: 'mfa', mfa_token: first.mfa_token ?? '' };
    expect((await requestSpcToken(server, { ...mfa, mfa_code: '000000' })).status).toBe(400);
    const second = (await requestSpcToken(server, { ...mfa, mfa_code: MFA_CODE })).json<SpcTokenBody>();
    expect((await spcReader(server, second.access_token)('about')).status).toBe(200);
    expect((await requestSpcToken(server, { ...mfa, mfa_code: MFA_CODE })).status).toBe(400);
    const renewed = await requestSpcToken(server, refreshOf(second));
    expect(renewed.json()).toMatchObject({ access_token: expect.any(String), mfa_token: null });
  });

  it('forgets a second factor that is not answered in time', async () => {
    let now = 0;
    await start({ clock: () => now });
    const { mfa_token } = (await requestSpcToken(server, passwordOf('EXAMPLE\\second-factor'))).json<SpcTokenBody>();
    now = 300_000;
    const late = await requestSpcToken(server, {
      grant_type: 'mfa',
      mfa_token: mfa_token ?? '',
      mfa_code: MFA_CODE,
    });
    expect(late.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('lets a token die at its time and a refresh token bring a new pair, once', async () => {
    let now = 0;
    await start({ clock: () => now });
    const first = (await requestSpcToken(server)).json<SpcTokenBody>();
    now = 3_599_999;
    expect((await spcReader(server, first.access_token)('about')).status).toBe(200);
    now = 3_600_000;
    expect((await spcReader(server, first.access_token)('about')).status).toBe(401);
    const second = (await requestSpcToken(server, refreshOf(first))).json<SpcTokenBody>();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await spcReader(server, second.access_token)('about')).status).toBe(200);
    expect((await requestSpcToken(server, refreshOf(first))).status).toBe(400);
  });

  it('expires access tokens at once, but neither refresh tokens nor API keys', async () => {
    await start();
    const first = (await requestSpcToken(server)).json<SpcTokenBody>();
    server.expireSessions();
    expect((await spcReader(server, first.access_token)('about')).status).toBe(401);
    expect((await requestSpcToken(server, refreshOf(first))).status).toBe(200);
    expect((await spcReader(server, server.apiKeys[0]?.key ?? '')('about')).status).toBe(200);
  });

  it.each([
    ['3.6.1', 403],
    ['3.5.1', 200],
  ] as const)('holds a token to reading in %s when it is asked to', async (version, status) => {
    await start({ version });
    const get = await signInToSpc(server, { readOnly: 'true' });
    const me = server.accounts[0]?.id;
    expect((await get(`users/${me}/tokens`, {}, 'DELETE')).status).toBe(status);
    // 3.5.1 knows no such field: the token could change things, and now all are revoked.
    expect((await get('about')).status).toBe(status === 403 ? 200 : 401);
  });

  it('can refuse fields and parameters that it does not know', async () => {
    await start({ refuses: ['readOnly', 'sort'] });
    expect((await requestSpcToken(server, { readOnly: 'true' })).json()).toMatchObject({ error: 'invalid_request' });
    const get = await signInToSpc(server);
    const answer = await get(`organizations/companies?${parameter('sort', [{ property: 'name' }])}`);
    expect([answer.status, errorOf(answer)?.parameterName]).toEqual([400, 'sort']);
  });
});

function passwordOf(username: string): Record<string, string> {
  return { grant_type: 'password', username, password: server.password };
}

function refreshOf({ refresh_token }: SpcTokenBody): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: refresh_token ?? '' };
}

describe('the versions', () => {
  it.each([
    ['3.5.1', /^8\.1\./],
    ['3.6.1', /^9\.1\./],
    ['3.7', /^9\.3\./],
  ] as const)('%s tells itself by the version of its server', async (version, expected) => {
    await start({ version });
    const get = await signInToSpc(server);
    expect((await get('about')).json<{ data: Row }>().data.serverVersion).toMatch(expected);
  });

  it.each(['/api/v2/about', '/api/v3/nonsense', '/api/v3/organizations/companies/not-a-uid'])(
    '%s is answered by the framework below',
    async path => {
      await start();
      const answer = await send(server, path);
      expect([answer.status, answer.json()]).toEqual([
        400,
        { error: { code: 'UnsupportedApiVersion', message: expect.stringContaining(path), innerError: null } },
      ]);
    },
  );

  it('answers 401 without a token, with or without a body', async () => {
    await start();
    const withBody = await send(server, '/api/v3/about');
    expect([withBody.status, errorOf(withBody)?.type]).toEqual([401, 'security']);
    await server.close();
    await start({ unauthorizedBody: false });
    expect(await send(server, '/api/v3/about')).toMatchObject({ status: 401, text: '' });
  });
});

describe('pages', () => {
  it('brings 1,200 companies on three pages', async () => {
    await start({ companies: 1200 });
    const get = await signInToSpc(server);
    const ids = new Set<unknown>();
    const counts: number[] = [];
    for (const offset of [0, 500, 1000]) {
      const { meta, data } = (await get(`organizations/companies?limit=500&offset=${offset}`)).json<Page>();
      expect(meta.pagingInfo).toEqual({ total: 1200, count: data.length, offset });
      counts.push(data.length);
      for (const row of data) {
        ids.add(row.instanceUid);
      }
    }
    expect([counts, ids.size]).toEqual([[500, 500, 200], 1200]);
    expect(rowsOf(await get('organizations/companies'))).toHaveLength(100);
    expect(rowsOf(await get('organizations/companies?offset=1200'))).toEqual([]);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'offset=-1'])('refuses %s', async query => {
    await start();
    const answer = await (await signInToSpc(server))(`organizations/companies?${query}`);
    expect([answer.status, errorOf(answer)?.parameterName]).toEqual([400, query.split('=')[0]]);
  });

  it('can be smaller than was asked for', async () => {
    await start({ maxPageSize: 7 });
    const page = (await (await signInToSpc(server))('organizations/companies?limit=500')).json<Page>();
    expect(page.meta.pagingInfo).toEqual({ total: 40, count: 7, offset: 0 });
  });

  it('can begin anew for ever where a list is filtered and expanded', async () => {
    await start({ filterWithExpandIgnoresOffset: true });
    const get = await signInToSpc(server);
    const filter = parameter('filter', [{ property: 'status', operation: 'equals', value: 'Active' }]);
    const first = async (query: string) => rowsOf(await get(`organizations/companies?${filter}&limit=2&${query}`))[0];
    expect((await first('expand=Organization&offset=2'))?.name).toBe('Northwind');
    expect((await first('offset=2'))?.name).not.toBe('Northwind');
  });
});

describe('filters and orders', () => {
  const find = async (...expressions: Row[]) => {
    const answer = await (await signInToSpc(server))(
      `organizations/companies?${parameter('filter', expressions)}&limit=500`,
    );
    return answer.status === 200 ? rowsOf(answer).map(({ name }) => name) : errorOf(answer)?.parameterName;
  };
  const expression = (operation: string, value: unknown, more: Row = {}) => ({
    property: 'name',
    operation,
    value,
    ...more,
  });

  it('heeds case unless it is told not to', async () => {
    await start();
    expect(await find(expression('contains', 'north'))).toEqual([]);
    expect(await find(expression('contains', 'north', { collation: 'ignorecase' }))).toEqual(['Northwind']);
    expect(await find(expression('equals', 'Fabrikam'))).toEqual(['Fabrikam']);
  });

  it('knows the other operations, and joins expressions by "and"', async () => {
    await start();
    const either = { operation: 'or', items: [expression('equals', 'Contoso'), expression('equals', 'Fabrikam')] };
    expect(await find(either)).toEqual(['Contoso', 'Fabrikam']);
    expect(await find(either, expression('notEquals', 'Contoso'))).toEqual(['Fabrikam']);
    expect(await find(expression('in', ['Fabrikam', 'Nobody']))).toEqual(['Fabrikam']);
    expect(await find({ operation: 'not', items: [expression('greaterThan', 'D')] })).toContain('Contoso');
    expect(await find(expression('lessThanOrEqual', 'Contoso'))).toEqual(['Contoso']);
    const both = { operation: 'exclusiveOr', items: [expression('equals', 'Contoso'), expression('contains', 'onto')] };
    expect(await find(both)).not.toContain('Contoso');
  });

  it('compares uids without regard to case, and finds null', async () => {
    await start();
    const [company] = server.data.companies;
    const uid = { property: 'instanceUid', operation: 'equals', value: company?.id.toUpperCase() };
    expect(await find(uid)).toEqual(['Northwind']);
    const own = await find({ property: 'resellerUid', operation: 'equals', value: null });
    expect(own).toHaveLength(30);
  });

  it('takes a member of an expanded part only with the expand', async () => {
    await start();
    const get = await signInToSpc(server);
    const filter = parameter('filter', [{ property: '_embedded.type', operation: 'equals', value: 'ScaleOut' }]);
    const path = `infrastructure/backupServers/repositories?${filter}`;
    expect((await get(path)).status).toBe(400);
    const rows = rowsOf(await get(`${path}&expand=BackupRepositoryInfo`));
    expect(rows.map(({ name }) => name)).toContain('Scale-out North');
  });

  it('takes apostrophes for quotation marks', async () => {
    await start();
    const text = encodeURIComponent("[{'property':'name','operation':'equals','value':'Contoso'}]");
    expect(rowsOf(await (await signInToSpc(server))(`organizations/companies?filter=${text}`))).toHaveLength(1);
  });

  it.each([
    [[{ property: 'nonsense', operation: 'equals', value: 1 }]],
    [[{ property: 'name', operation: 'resembles', value: 'x' }]],
    [[{ property: 'name', operation: 'equals', value: 'x', collation: 'klingon' }]],
    [[{ operation: 'or' }]],
    ['name eq x'],
  ])('refuses the filter %j', async filter => {
    await start();
    const answer = await (await signInToSpc(server))(`organizations/companies?${parameter('filter', filter)}`);
    expect([answer.status, errorOf(answer)?.parameterName]).toEqual([400, 'filter']);
  });

  it('sorts both ways and selects members', async () => {
    await start();
    const get = await signInToSpc(server);
    const sorted = async (direction: string) => {
      const sort = parameter('sort', [{ property: 'name', direction }]);
      return rowsOf(await get(`organizations/companies?${sort}&limit=500`)).map(({ name }) => String(name));
    };
    const names = await sorted('ascending');
    expect(names).toEqual([...names].sort());
    expect(await sorted('descending')).toEqual([...names].reverse());
    const selected = await get(`organizations/companies?limit=1&${parameter('select', ['name'])}`);
    expect(rowsOf(selected)).toEqual([{ name: 'Northwind' }]);
  });
});

describe('what each role sees', () => {
  const COUNTED = ['organizations/companies', 'organizations/resellers', 'infrastructure/sites/tenants', 'users'];
  const counts = async (get: (path: string) => Promise<Answer>) =>
    Promise.all(
      COUNTED.map(async path => {
        const answer = await get(path);
        return answer.status === 200 ? answer.json<Page>().meta.pagingInfo.total : answer.status;
      }),
    );

  it.each([
    ['EXAMPLE\\operator', [40, 3, 40, expect.any(Number)]],
    // No users for the operator that may only read.
    ['EXAMPLE\\readonly', [40, 3, 40, 403]],
    ['fabrikam-resale\\owner', [4, 1, 3, expect.any(Number)]],
    ['fabrikam-resale\\user', [4, 1, 3, 403]],
    ['northwind\\owner', [1, 403, 1, expect.any(Number)]],
    ['northwind\\location', [403, 403, 403, 403]],
  ])('%s sees %j', async (username, expected) => {
    await start();
    expect(await counts(await as(username))).toEqual(expected);
  });

  it('hides what is not its own behind 404', async () => {
    await start();
    const get = await as('northwind\\owner');
    const [own, other] = server.data.companies;
    expect((await get(`organizations/companies/${own?.id}`)).status).toBe(200);
    expect((await get(`organizations/companies/${other?.id}`)).status).toBe(404);
    expect((await get(`organizations/companies/${other?.id}/siteResources`)).status).toBe(404);
  });

  it('gives an API key what its account sees', async () => {
    await start();
    const key = (name: string) => spcReader(server, `sample-api-key-${name}`);
    expect(await counts(key('read-only'))).toEqual(await counts(await signInToSpc(server)));
    expect((await counts(key('reseller')))[0]).toBe(4);
    const me = server.accounts[0]?.id;
    expect((await key('read-only')(`users/${me}/tokens`, {}, 'DELETE')).status).toBe(403);
    expect((await key('unknown')('about')).status).toBe(401);
  });
});

describe('answers in another form than the data', () => {
  it('defers a call with X-Request-id', async () => {
    await start({ asyncPolls: 2 });
    const get = await signInToSpc(server);
    const path = 'organizations/companies?limit=2';
    const headers = { 'X-Request-id': '7d1b0000-0000-4000-8000-000000000001' };
    const deferred = await get(path, headers);
    expect([deferred.status, deferred.text]).toEqual([202, '']);
    const location = deferred.headers.location?.replace(`${server.url}/api/v3/`, '') ?? '';
    expect((await get(path, headers)).headers.location).toBe(deferred.headers.location);
    const status = async () => (await get(location)).json<{ data: Row }>().data.status;
    expect((await get(`${location}/result`)).status).toBe(404);
    expect([await status(), await status(), await status()]).toEqual(['running', 'running', 'succeed']);
    expect((await get(`${location}/result`)).text).toBe((await get(path)).text);
  });

  it('shows a deferred call to nobody else, and can defer every call', async () => {
    await start({ asyncAnswers: 'always' });
    const location = (await (await signInToSpc(server))('about')).headers.location?.split('/api/v3/')[1] ?? '';
    expect((await (await as('EXAMPLE\\readonly'))(location)).status).toBe(404);
  });

  it('says in the body and in a header how long to wait', async () => {
    let now = 0;
    await start({ throttle: { calls: 2, seconds: 10 }, clock: () => now });
    const get = await signInToSpc(server);
    now = 3000;
    expect((await get('about')).status).toBe(200);
    const refused = await get('about');
    expect([refused.status, refused.headers['retry-after'], errorOf(refused)]).toEqual([
      429,
      '7',
      expect.objectContaining({ type: 'retryableLogical', retryAfter: 7 }),
    ]);
    now = 10_000;
    expect((await get('about')).status).toBe(200);
  });

  it('can fail inside', async () => {
    await start({ failing: ['organizations/resellers'] });
    const get = await signInToSpc(server);
    const failed = await get('organizations/resellers?limit=5');
    expect([failed.status, errorOf(failed)?.message]).toEqual([520, expect.stringContaining('\r\n')]);
    expect((await get('organizations/companies')).status).toBe(200);
  });
});

describe('what a provider has', () => {
  it('is a company with tenants on two sites, tenants without a company and companies without a tenant', async () => {
    await start();
    const get = await signInToSpc(server);
    const fabrikam = server.data.companies[2]?.id;
    const own = rowsOf(await get(`organizations/companies/${fabrikam}/siteResources`));
    expect(own.map(({ siteName }) => siteName)).toEqual(['vbr01', 'vbr02']);
    const tenants = rowsOf(await get('infrastructure/sites/tenants?limit=500'));
    const owners = tenants.map(({ assignedForCompany }) => assignedForCompany);
    expect(owners).toContain(null);
    expect(server.data.companies.some(({ id }) => !owners.includes(id))).toBe(true);
  });

  it('is the same company in 3.5.1, where it has sites', async () => {
    await start({ version: '3.5.1' });
    const get = await signInToSpc(server);
    const own = rowsOf(await get(`organizations/companies/${server.data.companies[2]?.id}/sites`));
    expect(own.map(({ siteUid }) => siteUid)).toEqual(server.data.cloudConnect.sites.slice(0, 2).map(({ id }) => id));
    const [tenant] = rowsOf(await get('infrastructure/sites/tenants?limit=1'));
    expect(tenant).not.toHaveProperty('siteUid');
    expect(tenant).toHaveProperty('backupServerUid', server.data.cloudConnect.sites[0]?.backupServerId);
  });

  it('has the tenants, quotas and repositories of the Enterprise Manager, in bytes', async () => {
    await start();
    const sample = await startEnterpriseManager();
    try {
      const get = await signInToSpc(server);
      const tenants = rowsOf(await get('infrastructure/sites/tenants?limit=12'));
      expect(tenants.map(({ instanceUid, name, siteName }) => [instanceUid, name, siteName])).toEqual(
        sample.data.tenants.map(({ id, name, server: of }) => [id, name, of.name]),
      );
      const [northwind] = sample.data.tenants.at(0).resources;
      const [resource] = rowsOf(await get('infrastructure/sites/tenants/backupResources?limit=1'));
      expect(resource).toMatchObject({
        instanceUid: northwind?.id,
        repositoryUid: northwind?.repositoryId,
        storageQuota: 250 * 1024 ** 3,
        usedSpace: 166 * 1024 ** 3,
      });
      expect(server.data.cloudConnect.enterpriseManager).toBeInstanceOf(EnterpriseManagerData);
    } finally {
      await sample.close();
    }
  });

  it('has the organizations and the installation of VB365, some of them mapped', async () => {
    await start();
    const sample = await startVb365();
    try {
      const get = await signInToSpc(server);
      const [hosted, remote] = rowsOf(await get('infrastructure/vb365Servers'));
      expect(hosted?.installationUid).toBe(sample.data.installationId);
      expect(remote).toMatchObject({ installationUid: null, status: 'Inaccessible' });
      const rows = rowsOf(await get(`infrastructure/vb365Servers/${hosted?.instanceUid}/organizations`));
      expect(rows.map(({ instanceUid }) => instanceUid)).toEqual(sample.data.organizations.map(({ id }) => id));
      expect(rows.slice(0, 4).map(({ mappedOrganizationName }) => mappedOrganizationName)).toEqual([
        'Contoso',
        'Fabrikam',
        'Northwind',
        null,
      ]);
      // The list of all servers leaves these out.
      const types = new Set(rowsOf(await get('infrastructure/vb365Servers/organizations')).map(({ type }) => type));
      expect([rows.some(({ type }) => type === 'OnPremises'), [...types]]).toEqual([true, ['Microsoft365']]);
    } finally {
      await sample.close();
    }
  });

  it('puts flags beside numbers, and no numbers without the expand', async () => {
    await start();
    const get = await signInToSpc(server);
    const path = 'infrastructure/backupServers/repositories?limit=500';
    expect(rowsOf(await get(path)).every(({ _embedded }) => _embedded === null)).toBe(true);
    const infos = rowsOf(await get(`${path}&expand=BackupRepositoryInfo`)).map(row => row._embedded as Row);
    expect(infos.some(({ isCapacityAvailable, capacity }) => isCapacityAvailable === false && capacity === null)).toBe(
      true,
    );
    const quotas = rowsOf(await get('organizations/companies/hostedResources/vb365/backupResources'));
    for (const { storageQuota, isStorageQuotaUnlimited } of quotas) {
      expect(storageQuota === null).toBe(isStorageQuotaUnlimited);
    }
    expect(new Set(quotas.map(row => row.isStorageQuotaUnlimited)).size).toBe(2);
  });

  it('can be 10,000 companies', async () => {
    await start({ companies: 10_000 });
    const get = await signInToSpc(server);
    const page = (await get('infrastructure/sites/tenants?limit=500&offset=9500')).json<Page>();
    expect(page.meta.pagingInfo).toEqual({ total: 10_000, count: 500, offset: 9500 });
  });
});
