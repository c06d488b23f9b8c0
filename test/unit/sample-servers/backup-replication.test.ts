import { afterEach, describe, expect, it } from 'vitest';
import {
  type BackupReplicationData,
  type BackupReplicationOptions,
  REVISIONS,
  type Revision,
  type SampleServer,
  startBackupReplication,
} from '../../sample-servers';
import { bodiesOf } from '../../sample-servers/backup-replication/revisions';
import { type Answer, requestVbrToken, send, signInToVbr, type TokenBody } from './client';

let server: SampleServer<BackupReplicationData>;

async function start(options: Partial<BackupReplicationOptions> = {}): Promise<void> {
  server = await startBackupReplication(options);
}

afterEach(() => server.close());

const STATES = 'backupInfrastructure/repositories/states';

function read(accessToken: string, path = STATES, revision = '1.3-rev2'): Promise<Answer> {
  return send(server, `/api/v1/${path}`, {
    headers: { Authorization: `Bearer ${accessToken}`, 'x-api-version': revision },
  });
}

describe('the revisions of Backup & Replication', () => {
  it('are negotiated without credentials: the time in one that is served, a list in others', async () => {
    await start({ newestRevision: '1.2-rev1', clock: () => Date.UTC(2026, 2, 2, 8, 15) });
    const at = (revision: string) => send(server, '/api/v1/serverTime', { headers: { 'x-api-version': revision } });
    expect((await at('1.2-rev1')).json()).toEqual({
      serverTime: '2026-03-02T09:15:00.0000000+01:00',
      timeZone: expect.any(String),
    });
    const refusal = await at('1.3-rev2');
    expect(refusal.status).toBe(400);
    expect(refusal.json()).toEqual({
      errorCode: 'BadRequest',
      message:
        'Unsupported RESTAPI version. The following versions are supported: v1.0-rev1, v1.0-rev2, v1.1-rev0, v1.1-rev1, v1.1-rev2, v1.2-rev0, v1.2-rev1',
    });
  });

  it('are demanded from every request, before credentials are looked at', async () => {
    await start();
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const [path, method] of [
      ['/api/oauth2/token', 'POST'],
      ['/api/oauth2/logout', 'POST'],
      ['/api/v1/serverTime', 'GET'],
      [`/api/v1/${STATES}`, 'GET'],
    ] as const) {
      const without = await send(server, path, { method, headers: form });
      expect(without.status, path).toBe(400);
      expect(without.json().message).toMatch(/^Unsupported RESTAPI version/);
      const odd = await send(server, path, { method, headers: { ...form, 'x-api-version': 'v1.3-rev2' } });
      expect(odd.status, path).toBe(400);
    }
    expect((await requestVbrToken(server, {}, '1.0-rev0')).status).toBe(400);
  });

  it('are refused without a list when it is told to', async () => {
    await start({ refusal: 'bare' });
    const refusal = await send(server, '/api/v1/serverTime', { headers: { 'x-api-version': '1.4-rev0' } });
    expect(refusal.status).toBe(400);
    expect(refusal.json()).toEqual({
      errorCode: 'NotImplemented',
      message: 'The specified API version is not supported.',
    });
  });

  it('can be others than the known ones', async () => {
    await start({ revisions: ['1.4-rev0', '1.10-rev1'] });
    expect((await send(server, '/api/v1/serverTime', { headers: { 'x-api-version': '1.10-rev1' } })).status).toBe(200);
    expect((await send(server, '/api/v1/serverTime', { headers: { 'x-api-version': '1.3-rev2' } })).status).toBe(400);
    expect(['1.0-rev1', '1.2-rev7', '1.10-rev1', '1.1-rev1'].map(bodiesOf)).toEqual([
      '1.1-rev0',
      '1.2-rev1',
      '1.3-rev2',
      '1.1-rev1',
    ]);
  });

  it.each(REVISIONS)('tell the build of %s', async revision => {
    await start({ newestRevision: revision });
    const get = await signInToVbr(server, revision);
    const builds = [
      '12.0.0.1420',
      '12.1.0.2131',
      '12.2.0.334',
      '12.3.0.310',
      '12.3.1.1139',
      '13.0.0.4967',
      '13.0.1.180',
    ];
    expect((await get('serverInfo')).json().buildVersion).toBe([...builds, '13.1.0.411'][REVISIONS.indexOf(revision)]);
  });

  it('have the resources of their time', async () => {
    await start();
    const statusIn = async (path: string, revision: Revision) =>
      (await (await signInToVbr(server, revision))(path)).status;
    expect(await statusIn('license', '1.1-rev0')).toBe(404);
    expect(await statusIn('license', '1.2-rev0')).toBe(200);
    // There it reads as the id of a proxy.
    expect(await statusIn('backupInfrastructure/proxies/states', '1.2-rev1')).toBe(400);
    expect(await statusIn('backupInfrastructure/proxies/states', '1.3-rev0')).toBe(200);
    expect(await statusIn('inventory/entraId/tenants', '1.1-rev2')).toBe(404);
    expect(await statusIn('inventory/entraId/tenants', '1.2-rev1')).toBe(200);
  });
});

describe('signing in to Backup & Replication', () => {
  it('tells the lifetime', async () => {
    await start({ clock: () => Date.UTC(2026, 2, 2, 8, 15) });
    expect((await requestVbrToken(server)).json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      refresh_token: expect.any(String),
      expires_in: 900,
      '.issued': '2026-03-02T08:15:00+00:00',
      '.expires': '2026-03-02T08:30:00+00:00',
    });
  });

  it.each([
    [{ password: 'wrong' }, 401, 'AccessDenied'],
    [{ username: 'EXAMPLE\\somebody' }, 401, 'AccessDenied'],
    [{ grant_type: 'refresh_token', refresh_token: 'unknown' }, 401, 'InvalidToken'],
    [{ grant_type: 'Password', username: 'a', password: 'b' }, 400, 'UnexpectedContent'],
    [{ grant_type: 'password' }, 400, 'UnexpectedContent'],
  ])('refuses %j', async (form, status, errorCode) => {
    await start();
    const answer = await requestVbrToken(server, form);
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ errorCode, message: expect.any(String) });
  });

  it('takes no body but a form', async () => {
    await start();
    const headers = { 'Content-Type': 'application/json', 'x-api-version': '1.3-rev2' };
    const body = JSON.stringify({ grant_type: 'password', username: server.username, password: server.password });
    expect((await send(server, '/api/oauth2/token', { method: 'POST', headers, body })).status).toBe(400);
  });

  it('refuses an account with multi-factor authentication like a wrong password', async () => {
    await start({ mfaEnabled: true });
    const right = await requestVbrToken(server);
    const wrong = await requestVbrToken(server, { password: 'wrong' });
    expect(right.status).toBe(401);
    expect(right.text).toBe(wrong.text);
  });

  it('lets a token die at its time and a refresh token bring a new pair, once', async () => {
    let now = 0;
    await start({ clock: () => now });
    const first = (await requestVbrToken(server)).json<TokenBody>();
    now = 899_999;
    expect((await read(first.access_token)).status).toBe(200);
    now = 900_000;
    const expired = await read(first.access_token);
    expect(expired.status).toBe(401);
    expect(expired.json().errorCode).toBe('ExpiredToken');

    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const second = (await requestVbrToken(server, refresh)).json<TokenBody>();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await read(second.access_token)).status).toBe(200);
    expect((await requestVbrToken(server, refresh)).json().errorCode).toBe('InvalidToken');
  });

  it('lets refresh tokens die after two weeks, short-term ones a quarter of an hour after the access token', async () => {
    let now = 0;
    await start({ clock: () => now });
    const long = (await requestVbrToken(server)).json<TokenBody>().refresh_token;
    const { username, password } = server;
    const form = { grant_type: 'password', username, password, use_short_term_refresh: 'true' };
    const short = (await requestVbrToken(server, form)).json<TokenBody>().refresh_token;
    const statusOf = async (refresh_token: string) =>
      (await requestVbrToken(server, { grant_type: 'refresh_token', refresh_token })).status;
    now = 1_800_000;
    expect(await statusOf(short)).toBe(401);
    now = 14 * 24 * 3600 * 1000;
    expect(await statusOf(long)).toBe(401);
  });

  it('ends a session with both of its tokens', async () => {
    await start();
    const { access_token, refresh_token } = (await requestVbrToken(server)).json<TokenBody>();
    const headers = { Authorization: `Bearer ${access_token}`, 'x-api-version': '1.3-rev2' };
    const logout = () => send(server, '/api/oauth2/logout', { method: 'POST', headers });
    expect((await logout()).status).toBe(200);
    expect((await read(access_token)).status).toBe(401);
    expect((await requestVbrToken(server, { grant_type: 'refresh_token', refresh_token })).status).toBe(401);
    expect((await logout()).status).toBe(401);
  });

  it('keeps refresh tokens when all sessions expire', async () => {
    await start();
    const { access_token, refresh_token } = (await requestVbrToken(server)).json<TokenBody>();
    server.expireSessions();
    expect((await read(access_token)).status).toBe(401);
    expect((await requestVbrToken(server, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  });

  it('forbids everything to a refreshed token when it is told to', async () => {
    await start({ forbidsAfterRefresh: true });
    const { access_token, refresh_token } = (await requestVbrToken(server)).json<TokenBody>();
    expect((await read(access_token)).status).toBe(200);
    const refreshed = await requestVbrToken(server, { grant_type: 'refresh_token', refresh_token });
    expect((await read(refreshed.json<TokenBody>().access_token)).status).toBe(403);
  });

  it('says 401 without a body when it is told to', async () => {
    await start({ emptyUnauthorized: true });
    expect(await read('unknown')).toMatchObject({ status: 401, text: '' });
  });
});

describe('the roles of Backup & Replication', () => {
  const FOR_ADMINISTRATORS = ['serverInfo', 'license'];
  const FOR_ALL = [STATES, 'backupInfrastructure/scaleOutRepositories', 'jobs/states', 'inventory/entraId/tenants'];

  async function statuses(revision: Revision): Promise<number[][]> {
    const get = await signInToVbr(server, revision);
    const all = (paths: string[]) => Promise.all(paths.map(async path => (await get(path)).status));
    return [await all(FOR_ADMINISTRATORS), await all(FOR_ALL)];
  }

  it.each([
    ['administrator', 200],
    ['viewer', 403],
    ['custom', 403],
  ] as const)('let a %s read what is below, and for serverInfo and license say %i', async (role, status) => {
    await start({ role });
    expect(await statuses('1.3-rev2')).toEqual([
      [status, status],
      [200, 200, 200, 200],
    ]);
  });

  it('keep custom roles out of revisions before 1.3-rev2', async () => {
    await start({ role: 'custom', newestRevision: '1.3-rev2' });
    expect((await requestVbrToken(server, {}, '1.3-rev1')).status).toBe(403);
    expect((await requestVbrToken(server, {}, '1.3-rev2')).status).toBe(200);
  });
});

describe('the web console of Backup & Replication', () => {
  const get = (path: string) => send(server, path, { headers: { 'x-api-version': '1.3-rev2' } });

  it('stands beside the API, for every path that the API does not know', async () => {
    await start({ webConsole: 'withApi' });
    for (const path of ['/', '/login', '/api/v1/unknown', '/v8/Token']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers['content-type'], path).toContain('text/html');
    }
    expect((await get('/api/v1/serverTime')).json()).toHaveProperty('serverTime');
  });

  it('is all there is on a port without the API', async () => {
    await start({ webConsole: 'only' });
    expect((await get('/api/v1/serverTime')).text).toMatch(/^<!doctype html>/);
  });

  it('is absent otherwise', async () => {
    await start();
    expect((await get('/')).status).toBe(404);
  });
});
