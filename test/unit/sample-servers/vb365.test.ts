import { afterEach, describe, expect, it } from 'vitest';
import { type SampleServer, startVb365, type Vb365Data, type Vb365Options } from '../../sample-servers';
import { requestToken, send, signIn, type TokenBody } from './client';

interface Page {
  offset: number;
  limit: number;
  totalCount?: number;
  results: Record<string, unknown>[];
  _links?: Record<string, { href: string }>;
}

let server: SampleServer<Vb365Data>;

async function start(options: Partial<Vb365Options> = {}): Promise<void> {
  server = await startVb365(options);
}

afterEach(() => server.close());

describe('signing in to VB365', () => {
  it('takes the account as a form or as JSON, whatever characters the password has', async () => {
    await start();
    const form = await requestToken(server);
    expect(form.status).toBe(200);
    expect(form.json()).toMatchObject({ token_type: 'bearer', expires_in: 3600, userName: server.username });
    const json = await send(server, '/v8/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ grant_type: 'password', username: server.username, password: server.password }),
    });
    expect(json.status).toBe(200);
  });

  it.each([
    [{ password: 'wrong' }, 'invalid_grant'],
    [{ username: 'EXAMPLE\\somebody' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 'invalid_grant'],
    [{ grant_type: 'integration' }, 'unsupported_grant_type'],
  ])('refuses %j', async (form, error) => {
    await start();
    const answer = await requestToken(server, form);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error, error_description: expect.any(String) });
  });

  it('says when the token was issued and when it expires', async () => {
    await start({ clock: () => Date.UTC(2026, 2, 2, 8, 15), tokenLifetimeSeconds: 600 });
    expect((await requestToken(server)).json()).toMatchObject({
      expires_in: 600,
      '.issued': '2026-03-02T08:15:00.0000000Z',
      '.expires': '2026-03-02T08:25:00.0000000Z',
    });
  });

  it('lets a token die at its time and a refresh token bring a new pair, once', async () => {
    let now = 0;
    await start({ clock: () => now });
    const first = (await requestToken(server)).json<TokenBody>();
    const read = (token: string) =>
      send(server, '/v8/BackupRepositories', { headers: { Authorization: `Bearer ${token}` } });
    now = 3_599_999;
    expect((await read(first.access_token)).status).toBe(200);
    now = 3_600_000;
    expect((await read(first.access_token)).status).toBe(401);

    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const second = (await requestToken(server, refresh)).json<TokenBody>();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await read(second.access_token)).status).toBe(200);
    expect((await requestToken(server, refresh)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('keeps refresh tokens when it is told to', async () => {
    await start({ refreshRotation: 'reusable' });
    const { refresh_token } = (await requestToken(server)).json<TokenBody>();
    for (let use = 0; use < 2; use++) {
      expect((await requestToken(server, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    }
  });

  it('expires every access token at once and leaves the refresh tokens', async () => {
    await start();
    const { access_token, refresh_token } = (await requestToken(server)).json<TokenBody>();
    server.expireSessions();
    const read = await send(server, '/v8/Organizations', { headers: { Authorization: `Bearer ${access_token}` } });
    expect(read.status).toBe(401);
    expect((await requestToken(server, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  });

  it.each([
    ['v7', 200],
    ['v8', 204],
    ['v6', 404],
  ])('signs out in %s with %i', async (version, status) => {
    await start();
    const { access_token, refresh_token } = (await requestToken(server, {}, version)).json<TokenBody>();
    const headers = { Authorization: `Bearer ${access_token}` };
    expect((await send(server, `/${version}/Token/Logout`, { method: 'POST', headers })).status).toBe(status);
    const ended = status !== 404;
    expect((await send(server, `/${version}/BackupRepositories`, { headers })).status).toBe(ended ? 401 : 200);
    const refresh = { grant_type: 'refresh_token', refresh_token };
    expect((await requestToken(server, refresh, version)).status).toBe(ended ? 400 : 200);
  });

  it('throttles by the second and by the minute when it is told to', async () => {
    let now = 0;
    await start({ throttleToken: true, clock: () => now });
    expect((await requestToken(server)).status).toBe(200);
    const tooSoon = await requestToken(server);
    expect([tooSoon.status, tooSoon.headers['retry-after']]).toEqual([429, '1']);
    for (now = 1000; now < 5000; now += 1000) {
      expect((await requestToken(server)).status).toBe(200);
    }
    const tooMany = await requestToken(server);
    expect([tooMany.status, tooMany.headers['retry-after']]).toEqual([429, '55']);
    now = 60_000;
    expect((await requestToken(server)).status).toBe(200);
  });

  it('wants its cookie back since v7 from a client that did not opt out', async () => {
    await start();
    const answer = await requestToken(server, { disable_antiforgery_token: 'false' });
    const { access_token, refresh_token } = answer.json<TokenBody>();
    const cookie = answer.headers['set-cookie']?.split(';')[0] ?? '';
    const headers = { Authorization: `Bearer ${access_token}` };
    expect((await send(server, '/v8/Organizations', { headers })).status).toBe(403);
    expect((await send(server, '/v8/Organizations', { headers: { ...headers, Cookie: cookie } })).status).toBe(200);
    const refresh = { grant_type: 'refresh_token', refresh_token };
    expect((await requestToken(server, refresh)).status).toBe(403);
    expect((await requestToken(server, refresh, 'v8', { Cookie: cookie })).status).toBe(200);
    expect((await requestToken(server)).headers['set-cookie']).toBeUndefined();
    expect(
      (await requestToken(server, { disable_antiforgery_token: 'false' }, 'v6')).headers['set-cookie'],
    ).toBeUndefined();
  });
});

describe('the versions of VB365', () => {
  it('answers only those it serves, and is recognized without a token', async () => {
    await start({ versions: ['v7'] });
    expect((await send(server, '/v7/ServiceInstance')).status).toBe(401);
    expect((await send(server, '/v8/ServiceInstance')).status).toBe(404);
    expect((await requestToken(server, {}, 'v8')).status).toBe(404);
    const get = await signIn(server, 'v7');
    expect((await get('/v7/ServiceInstance')).json()).toEqual({
      installationId: server.data.installationId,
      version: '7.0.0.2911',
    });
  });

  it('knows no ServiceInstance before v6', async () => {
    await start({ versions: ['v5'] });
    expect((await send(server, '/v5/ServiceInstance')).status).toBe(404);
  });

  it.each([
    ['v6', { message: expect.any(String) }],
    ['v7', { message: expect.any(String), errorCode: null }],
    ['v8', { message: expect.any(String), errorCode: 'ResourceNotFound', stackTrace: null }],
  ])('writes errors in the form of %s', async (version, body) => {
    await start();
    const get = await signIn(server, version);
    const answer = await get(`/${version}/Organizations/unknown`);
    expect(answer.status).toBe(404);
    expect(answer.json()).toEqual(body);
  });

  it('takes paths in any case and keeps the case of ids', async () => {
    await start();
    const get = await signIn(server);
    const { id } = server.data.repositories.at(2);
    const row = server.data.repositories.at(2).organizations.at(3);
    expect((await get(`/V8/backuprepositories/${id}/BACKEDUPORGANIZATIONS`)).status).toBe(200);
    expect(row.id).toMatch(/^[^:]+:[^:]+:[^:]+$/);
    const item = await get(`/v8/BackupRepositories/${id}/organizationdata/${encodeURIComponent(row.id)}`);
    expect(item.json()).toMatchObject({ displayName: row.name, backedUpOrganizationId: row.id });
  });

  it('answers v3 with arrays, quoted numbers and absolute lower-case links', async () => {
    await start({ versions: ['v3'] });
    const get = await signIn(server, 'v3');
    const [repository] = (await get('/v3/BackupRepositories')).json<Record<string, unknown>[]>();
    const { id } = server.data.repositories.at(0);
    expect(repository).toMatchObject({ id, _links: { self: { href: `${server.url}/v3/backuprepositories/${id}` } } });
    expect((await get(`/v3/BackupRepositories/${id}/BackedUpOrganizations`)).json()).toEqual([
      { name: 'Contoso', id: server.data.organizations.at(0).id, usedSpaceBytes: '12884901888' },
      { name: 'Fabrikam', id: server.data.organizations.at(1).id, usedSpaceBytes: '78812649881' },
    ]);
    const used = await get(`/v3/Organizations/${server.data.organizations.at(0).id}/usedRepositories`);
    expect(used.json<unknown[]>()[0]).toEqual({
      usedSpaceBytes: '12884901888',
      isAvailable: 'true',
      Details: 'Repo North',
    });
  });
});

describe('the lists of VB365', () => {
  async function walk(get: (path: string) => Promise<{ json<T>(): T }>, first: string): Promise<Page[]> {
    const pages: Page[] = [];
    for (let path: string | undefined = first; path; path = pages.at(-1)?._links?.next?.href) {
      pages.push((await get(path)).json<Page>());
    }
    return pages;
  }

  it('come in pages of 30 that lead to every row exactly once', async () => {
    await start({ repositories: 100 });
    const pages = await walk(await signIn(server), '/v8/BackupRepositories');
    expect(pages.map(page => [page.offset, page.limit, page.results.length])).toEqual([
      [0, 30, 30],
      [30, 30, 30],
      [60, 30, 30],
      [90, 30, 10],
    ]);
    const ids = pages.flatMap(page => page.results.map(row => row.id));
    expect(ids).toEqual(server.data.repositories.map(row => row.id));
    expect(new Set(ids).size).toBe(100);
    expect(pages[1]?._links).toHaveProperty('prev');
    expect(pages.every(page => page.totalCount === undefined)).toBe(true);
  });

  it('end with a full page where the rows end with it', async () => {
    await start({ repositories: 60 });
    const pages = await walk(await signIn(server), '/v8/BackupRepositories');
    expect(pages.map(page => page.results.length)).toEqual([30, 30]);
  });

  it('tell the total up to v7 only, and clamp the limit to what the server allows', async () => {
    await start({ organizationsPerRepository: 70, maxLimit: 50 });
    const get = await signIn(server);
    const { id } = server.data.repositories.at(0);
    const path = `BackupRepositories/${id}/backedupOrganizations?limit=1000`;
    const v7 = (await get(`/v7/${path}`)).json<Page>();
    expect([v7.totalCount, v7.limit, v7.results.length]).toEqual([70, 50, 50]);
    expect((await get(`/v8/${path}`)).json<Page>().totalCount).toBeUndefined();
  });

  it('are empty past the end and refuse nonsense', async () => {
    await start();
    const get = await signIn(server);
    const past = await get('/v8/Organizations?offset=500');
    expect(past.status).toBe(200);
    expect(past.json<Page>().results).toEqual([]);
    expect((await get('/v8/Organizations?limit=none')).json()).toMatchObject({
      errorCode: 'ParameterValidationFailure',
    });
  });

  it('can come in the other envelope', async () => {
    await start({ envelope: { BackupRepositories: 'page', BackedUpOrganizations: 'array' } });
    const get = await signIn(server, 'v6');
    expect((await get('/v6/BackupRepositories')).json<Page>().results).toHaveLength(4);
    const { id } = server.data.repositories.at(0);
    expect((await get(`/v6/BackupRepositories/${id}/BackedUpOrganizations`)).json<unknown[]>()).toHaveLength(2);
    expect((await get('/v6/Organizations')).json<unknown[]>()).toHaveLength(12);
  });

  it.each([
    ['absolute', /^https:\/\/127\.0\.0\.1:\d+\/v8\/BackupRepositories\?/],
    ['rootRelative', /^\/v8\/BackupRepositories\?/],
    ['relative', /^v8\/BackupRepositories\?/],
    ['otherHost', /^https:\/\/vb365-internal\.example\.com:4443\/v8\/BackupRepositories\?/],
    ['v7', /^\/v7\/BackupRepositories\?/],
  ] as const)('link in the form %s', async (linkForm, expected) => {
    await start({ linkForm });
    const get = await signIn(server);
    expect((await get('/v8/BackupRepositories?limit=1')).json<Page>()._links?.next?.href).toMatch(expected);
  });

  it('can go without links', async () => {
    await start({ omitLinks: true });
    const get = await signIn(server);
    const text = (await get('/v8/BackupRepositories?limit=1')).text;
    expect(text).toContain('Repo North');
    expect(text).not.toContain('_links');
  });

  it('show the backup status of organizations only in the extended view', async () => {
    await start();
    const get = await signIn(server);
    const { id } = server.data.organizations.at(0);
    expect((await get(`/v8/Organizations/${id}`)).json()).not.toHaveProperty('isBackedup');
    expect((await get(`/v8/Organizations/${id}?extendedView=true`)).json()).toMatchObject({ isBackedup: true });
  });

  it('deny everything but its own organization to a tenant', async () => {
    await start({ role: 'tenant' });
    const get = await signIn(server);
    expect((await get('/v8/BackupRepositories')).status).toBe(403);
    expect((await get('/v8/Organization')).json()).toMatchObject({ name: 'Contoso' });
  });
});

describe('the data of VB365', () => {
  it('begins with what the pictures of the product show', async () => {
    await start();
    const { repositories, organizations } = server.data;
    expect([repositories.length, organizations.length]).toEqual([4, 12]);
    expect(repositories.at(0).name).toBe('Repo North');
    expect(repositories.at(0).organizations.map(row => row.name)).toEqual(['Contoso', 'Fabrikam']);
    expect(repositories.at(1)).toMatchObject({ name: 'Repo S3', isObjectStorage: true });
    expect(repositories.map(row => row.organizations.length)).toContain(0);
  });

  it('holds the awkward cases', async () => {
    await start();
    const { repositories } = server.data;
    const [north, s3] = [repositories.at(0), repositories.at(1)];
    expect(s3.organizations.at(0).id).toBe(north.organizations.at(0).id);
    const archive = repositories.at(2);
    expect(archive.organizations.at(0)).toMatchObject({ id: archive.id, organization: undefined });
    expect(archive.organizations.map(row => row.usedSpaceBytes)).toContain(null);
    const get = await signIn(server);
    expect((await get(`/v8/BackupRepositories/${s3.id}`)).json()).toMatchObject({ capacityBytes: null });
  });

  it('agrees with itself in both directions', async () => {
    await start({ repositories: 30, organizations: 25, organizationsPerRepository: index => index % 9 });
    const { repositories, organizations } = server.data;
    const downward = [...repositories]
      .flatMap(repository =>
        repository.organizations.map(row => [row.organization?.id, repository.id, row.usedSpaceBytes]),
      )
      .filter(([organization]) => organization !== undefined);
    const upward = [...organizations].flatMap(row =>
      server.data.usedRepositories(row).map(used => [row.id, used.repository.id, used.usage.usedSpaceBytes]),
    );
    expect(upward.map(String).sort()).toEqual(downward.map(String).sort());
    for (const organization of organizations) {
      expect(server.data.isBackedUp(organization)).toBe(server.data.usedRepositories(organization).length > 0);
    }
  });

  it('of any size is there at once and is the same every time', async () => {
    await start({ repositories: 1_000_000, organizationsPerRepository: 1_000_000 });
    const last = server.data.repositories.at(999_999).organizations.at(999_999);
    expect(server.data.repositories.at(999_999).organizations.at(999_999)).toEqual(last);
    expect(server.data.findOrganization(last.organization?.id ?? '')?.name).toBe(last.name);
  });
});
