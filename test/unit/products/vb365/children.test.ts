import { describe, expect, test } from 'vitest';
import { Node } from '../../../../src/inventory/tree/node';
import type { Heading, ItemKind, Job, Organization, ProtectedObject, UsedRepository } from '../../../../src/items/item';
import { product } from '../../../../src/products/vb365';
import { startVb365, type Vb365Options } from '../../../sample-servers';
import { never } from '../../never';
import { items, labels, named, World } from '../../support';
import { answeringApi } from '../answeringApi';

const versions = ['v3', 'v4', 'v5', 'v6', 'v7', 'v8'] as const;

async function start(options: Partial<Vb365Options> = {}) {
  return await World.with('vb365', startVb365(options));
}

function group(contains: ItemKind, scope: Heading['scope']): Heading {
  return { kind: 'group', id: contains, name: contains, contains, hasChildren: true, scope };
}

describe.each(versions)('API %s', version => {
  test('shows whose data a repository holds of an organization', async () => {
    const { server, world, node } = await start({ versions: [version] });
    const path = ['Backup Repositories', 'Repo North', 'Contoso'];
    await world.openPath(node, 'Backup Repositories', 'Repo North');
    const asked = server.requests.length;
    expect(labels(await world.openPath(node, ...path))).toEqual(['Users', 'Groups', 'Sites', 'Teams']);
    expect(server.requests.length).toBe(asked);
    const repository = server.data.repositories.at(0);
    const kinds = { Users: 'user', Groups: 'group', Sites: 'site' } as const;
    for (const [name, kind] of Object.entries(kinds)) {
      const rows = await world.openPath(node, ...path, name);
      expect(labels(rows)).toEqual(server.data.protectedOf(repository, 0, kind).map(each => each.name));
      for (const item of items<ProtectedObject>(rows)) {
        expect(item).toMatchObject({ repositoryId: repository.id, organizationId: repository.organizations.at(0).id });
        expect(item.url ?? item.email).toMatch(/contoso\.example\.com/);
      }
    }
    const [user] = items<ProtectedObject>(await world.openPath(node, ...path, 'Users'));
    expect(user).toMatchObject({ accountType: 'User', email: 'user1@contoso.example.com' });
    expect(user?.parts?.map(({ what }) => what)).toEqual(['mailbox', 'oneDrive']);
    // The later of the two; v8 tells none.
    expect(user?.lastBackup).toBe(version === 'v8' ? undefined : '2026-03-01T02:14:30Z');
  });

  test('shows teams, or says that it has none', async () => {
    const { server, world, node } = await start({ versions: [version] });
    const rows = await world.openPath(node, 'Backup Repositories', 'Repo North', 'Fabrikam', 'Teams');
    if (version === 'v3' || version === 'v4') {
      expect(labels(rows)).toEqual(['(empty)']);
      expect(rows[0]?.type === 'empty' && rows[0].parent.openedBranch?.note).toContain(version);
      return;
    }
    const repository = server.data.repositories.at(0);
    expect(labels(rows)).toEqual(server.data.protectedOf(repository, 1, 'team').map(each => each.name));
  });

  test('shows nothing of others that are in the same repository, the removed ones included', async () => {
    const { server, world, node } = await start({ versions: [version], usersPerOrganization: 3 });
    const repository = server.data.repositories.at(2);
    const organizations = await world.openPath(node, 'Backup Repositories', 'Repo Archive');
    for (const [row, organization] of organizations.entries()) {
      const users = organization instanceof Node ? await world.openPath(organization, 'Users') : [];
      expect(items(users).map(({ id }) => id)).toEqual(
        server.data.protectedOf(repository, row, 'user').map(({ id }) => id),
      );
    }
    expect(organizations).toHaveLength(5);
  });

  test('shows the repositories that an organization uses, by two requests', async () => {
    const { server, world, node } = await start({ versions: [version] });
    expect(labels(await world.openPath(node, 'Organizations', 'Contoso'))).toEqual([
      'Used Repositories',
      'Backup Jobs',
    ]);
    const asked = server.requests.length;
    const rows = await world.openPath(node, 'Organizations', 'Contoso', 'Used Repositories');
    expect(server.requests.length - asked).toBe(2);
    const used = server.data.usedRepositories(server.data.organizations.at(0));
    expect(labels(rows)).toEqual(['Repo North', 'Repo S3']);
    expect(items<UsedRepository>(rows)).toMatchObject(
      used.map(({ repository, usage }) => ({ id: repository.id, usedBytes: usage.usedSpaceBytes, available: true })),
    );
  });

  test('shows the jobs of an organization with their last result', async () => {
    const { server, world, node } = await start({ versions: [version], jobsPerOrganization: 3 });
    const rows = await world.openPath(node, 'Organizations', 'Northwind', 'Backup Jobs');
    const northwind = server.data.organizations.at(2);
    expect(labels(rows)).toEqual(server.data.jobsOf(northwind).map(({ name }) => name));
    expect(items<Job>(rows)[0]).toMatchObject({
      organizationId: northwind.id,
      type: 'EntireOrganization',
      enabled: true,
      lastResult: 'Failed',
    });
    expect(items<Job>(rows).map(({ repositoryId }) => repositoryId)).not.toContain(undefined);
  });

  test('shows proxies', async () => {
    const { world, node } = await start({ versions: [version], proxies: 3 });
    const rows = await world.openPath(node, 'Backup Proxies');
    expect(items(rows)).toMatchObject([
      { name: 'proxy01.example.com', online: true, port: 9193 },
      { online: false },
      { online: true, maintenance: version === 'v8' ? true : undefined },
    ]);
  });

  test('tells of its license, and of its health where it can', async () => {
    const { server, world, node } = await start({ versions: [version] });
    await world.open(node);
    const details = await world.connections.details(node.item.id, node.item, never);
    const labelsOfDetails = details.map(({ label }) => label);
    expect(details).toContainEqual({ label: 'License expires', value: '2027-01-31T00:00:00Z', unit: 'expiry' });
    expect(details).toContainEqual({ label: 'Licensed users', value: 5000, unit: 'count' });
    expect(labelsOfDetails.includes('Health')).toBe(version === 'v8');
    server.intercept = (request, response) => {
      const refused = /License/i.test(request.url ?? '');
      if (refused) {
        response.writeHead(403).end();
      }
      return refused;
    };
    const allowed = await world.connections.details(node.item.id, node.item, never);
    expect(allowed.map(({ label }) => label)).toEqual(labelsOfDetails.filter(label => label.startsWith('Health')));
  });

  test('tells how many users of an organization are licensed, as far as it has that', async () => {
    const { world, node } = await start({ versions: [version] });
    const rows = await world.openPath(node, 'Organizations');
    const [organization] = items<Organization>(rows);
    const details = organization ? await world.connections.details(node.item.id, organization, never) : [];
    const counts = details.filter(({ unit }) => unit === 'count').map(({ label }) => label);
    expect(counts).toEqual(version < 'v6' ? [] : ['Licensed users', 'New users']);
  });

  test('tells of its license where it cannot tell of its health, and fails only where it tells nothing', async () => {
    const { server, world, node } = await start({ versions: [version] });
    await world.open(node);
    const tell = async () => await world.connections.details(node.item.id, node.item, never);
    const all = await tell();
    let broken = /\/Health/i;
    server.intercept = (request, response) => {
      const isBroken = broken.test(request.url ?? '');
      if (isBroken) {
        response.writeHead(500).end();
      }
      return isBroken;
    };
    const left = all.filter(({ label }) => !label.startsWith('Health'));
    const health = version === 'v8' ? [{ label: 'Health', value: 'status 500', unit: undefined }] : [];
    expect(await tell()).toEqual([...health, ...left]);
    broken = /\/(?:Health|License)/i;
    await expect(tell()).rejects.toMatchObject({ kind: 'serverFailed' });
  });

  test('asks for the state of the backup in the details alone', async () => {
    const { server, world, node } = await start({ versions: [version] });
    const organization = named(await world.openPath(node, 'Organizations'), 'Contoso').item;
    expect(server.requests.filter(({ path }) => path.includes('extendedView'))).toEqual([]);
    const details = await world.connections.details(node.item.id, organization, never);
    expect(details).toContainEqual({ label: 'Backup', value: 'backed up', unit: undefined });
    expect(details.some(({ unit }) => unit === 'moment')).toBe(true);
  });
});

describe('before v8, when a list holds the objects of all organizations', () => {
  test('passes over pages that have nothing of the organization', async () => {
    const options = { versions: ['v7'], usersPerOrganization: 350, organizationsPerRepository: 4, maxLimit: 100 };
    const { server, world, node } = await start(options);
    const repository = server.data.repositories.at(0);
    const third = repository.organizations.at(2);
    const rows = await world.openPath(node, 'Backup Repositories', 'Repo North', third.name, 'Users');
    expect(items(rows).map(({ id }) => id)).toEqual(server.data.protectedOf(repository, 2, 'user').map(({ id }) => id));
  });

  test('comes to an end where the organization has nothing at all', async () => {
    const { server, world, node } = await start({ versions: ['v7'], usersPerOrganization: 0 });
    const rows = await world.openPath(node, 'Backup Repositories', 'Repo North', 'Contoso', 'Users');
    expect(labels(rows)).toEqual(['(empty)']);
    expect(server.requests.filter(({ path }) => path.includes('UserData'))).toHaveLength(1);
  });

  test('gives up where the same page comes for ever', async () => {
    const results = [{ id: 'x', displayName: 'Somebody else', backedUpOrganizationId: 'another' }];
    const page = { offset: 0, limit: 1, results, _links: { next: { href: 'x' } } };
    const api = answeringApi('v7', { '/v7/BackupRepositories/r/UserData': page });
    const asked = product.children(
      api,
      group('protectedUser', { repositoryId: 'r', organizationId: 'o' }),
      undefined,
      never,
    );
    await expect(asked).rejects.toMatchObject({ kind: 'endlessList' });
    expect(api.paths).toHaveLength(2);
  });

  test.each([
    ['contoso.example.com:7a7a0000-0000-4000-8000-000000000001:00000000-0000-0000-0000-000000000000'],
    ['7A7A0000-0000-4000-8000-000000000001'],
  ])('knows the organization by the id %s', async organizationId => {
    const own = '7a7a0000-0000-4000-8000-000000000001';
    const results = [
      { id: 'u1', displayName: 'Avery', organizationId: own },
      { id: 'u2', displayName: 'Robin', organizationId: 'fabrikam:8b:00000000-0000-0000-0000-000000000000' },
    ];
    const api = answeringApi('v6', { '/v6/BackupRepositories/r/UserData': { offset: 0, limit: 500, results } });
    const page = await product.children(
      api,
      group('protectedUser', { repositoryId: 'r', organizationId }),
      undefined,
      never,
    );
    expect(page.items.map(({ name }) => name)).toEqual(['Avery']);
  });

  test('says so where it is not told whose an object is', async () => {
    const api = answeringApi('v5', { '/v5/BackupRepositories/r/UserData': [{ id: 'u1', displayName: 'Avery' }] });
    const asked = product.children(
      api,
      group('protectedUser', { repositoryId: 'r', organizationId: 'o' }),
      undefined,
      never,
    );
    await expect(asked).rejects.toMatchObject({ kind: 'unexpectedShape' });
  });

  test.each([
    ['v5', '(empty)'],
    ['v7', '(failure)'],
  ])('takes a missing list of %s for %s', async (version, row) => {
    const { server, world, node } = await start({ versions: [version] });
    server.intercept = (request, response) => {
      const isList = /GroupData/i.test(request.url ?? '');
      if (isList) {
        response.writeHead(404).end();
      }
      return isList;
    };
    const rows = await world.openPath(node, 'Backup Repositories', 'Repo North', 'Contoso', 'Groups');
    expect(labels(rows)).toEqual([row]);
  });
});

test('v8 asks for those of one organization in one repository', async () => {
  const { server, world, node } = await start({ usersPerOrganization: 1200, maxLimit: 500 });
  const repository = server.data.repositories.at(2);
  const organization = repository.organizations.at(3);
  expect(organization.id).toContain(':');
  const rows = await world.openPath(node, 'Backup Repositories', 'Repo Archive', organization.name, 'Users');
  const asked = server.requests.filter(({ path }) => path.includes('ProtectedUsers'));
  expect(asked).toHaveLength(2);
  for (const { path } of asked) {
    const query = new URL(path, server.url).searchParams;
    expect(query.get('backedUpOrganizationId')).toBe(organization.id);
    expect(query.get('repositoryId')).toBe(repository.id);
  }
  expect(rows).toHaveLength(1001);
  expect(rows.at(-1)?.type).toBe('more');
});

describe('what servers write in odd ways', () => {
  const scope = { repositoryId: 'r', organizationId: 'o' };
  const children = async (version: string, bodies: Readonly<Record<string, unknown>>, parent: Heading) =>
    (await product.children(answeringApi(version, bodies), parent, undefined, never)).items;

  test('is read as users', async () => {
    const results = [
      {
        id: 7,
        displayName: null,
        email: 'avery@contoso.example.com',
        isMailboxBackedUp: 'true',
        mailboxBackedUpTime: '0001-01-01T00:00:00',
        oneDriveUrl: 'https://my.contoso.example.com/personal/avery',
        personalSiteUrl: null,
        organizationId: 'o',
      },
      { id: 'same', displayName: 'Robin', organizationId: 'o', mailboxes: null, oneDrives: 'none' },
      { id: 'same', displayName: 'Kim', organizationId: 'o', mailboxBackedUpTime: '2026-03-01T02:11:09+01:00' },
    ];
    const users = await children('v5', { '/v5/BackupRepositories/r/UserData': results }, group('protectedUser', scope));
    expect(users).toMatchObject([
      {
        id: '7',
        name: 'avery@contoso.example.com',
        url: 'https://my.contoso.example.com/personal/avery',
        parts: [{ what: 'mailbox', lastBackup: undefined }],
        lastBackup: undefined,
      },
      { id: 'same', name: 'Robin', parts: [] },
      { id: 'same', name: 'Kim', parts: [{ what: 'mailbox' }], lastBackup: '2026-03-01T02:11:09+01:00' },
    ]);
  });

  test('is read as repositories in use', async () => {
    const bodies = {
      '/v3/Organizations/o/usedRepositories': [
        { usedSpaceBytes: '1132135', isAvailable: 'true', Details: 'Repo North' },
        { usedSpaceBytes: null, isAvailable: 'false', Details: 'Twice' },
      ],
      '/v3/BackupRepositories': [
        { id: 'R1', name: 'Repo North' },
        { id: 'R2', name: 'Twice' },
        { id: 'R3', name: 'Twice' },
      ],
    };
    expect(await children('v3', bodies, group('usedRepository', scope))).toMatchObject([
      { id: 'R1', name: 'Repo North', usedBytes: 1132135, available: true },
      // Either could be meant.
      { id: '', name: 'Twice', usedBytes: undefined, available: false },
    ]);
    const links = { backupRepository: { href: 'https://127.0.0.1:4443/v6/backuprepositories/R1/?x=1' } };
    const unnamed = { '/v6/Organizations/o/usedRepositories': { results: [{ details: 'offline', _links: links }] } };
    expect(await children('v6', unnamed, group('usedRepository', scope))).toMatchObject([
      { id: 'R1', name: 'R1', description: 'offline' },
    ]);
  });

  test('is read as jobs and proxies', async () => {
    const jobs = [{ id: 'j', name: null, isEnabled: 'false', lastRun: '1753-01-01T00:00:00Z', lastStatus: 'Warning' }];
    expect(await children('v4', { '/v4/Organizations/o/Jobs': jobs }, group('job', scope))).toMatchObject([
      { name: 'j', enabled: false, lastRun: undefined, lastResult: 'Warning', organizationId: 'o' },
    ]);
    const proxies = [{ id: 'p', hostName: '', fqdn: 'proxy.example.com', port: '9193' }];
    expect(await children('v7', { '/v7/Proxies': proxies }, group('proxy', {}))).toMatchObject([
      { name: 'proxy.example.com', port: 9193, online: undefined, maintenance: undefined },
    ]);
  });

  test('take their names from one list for all organizations, read again for who wants to know what there is now', async () => {
    const api = answeringApi('v8', {
      '/v8/Organizations/': { offset: 0, limit: 500, results: [{ repositoryId: 'R1' }] },
      '/v8/BackupRepositories': { offset: 0, limit: 500, results: [{ id: 'r1', name: 'Repo North' }] },
    });
    const namesOf = async (organizationId: string) =>
      (await product.children(api, group('usedRepository', { organizationId }), undefined, never)).items.map(
        ({ name }) => name,
      );
    const lists = () => api.paths.filter(path => path.startsWith('/v8/BackupRepositories')).length;
    expect((await Promise.all(['o1', 'o2', 'o3'].map(namesOf))).flat()).toEqual(Array(3).fill('Repo North'));
    expect(await namesOf('o4')).toEqual(['Repo North']);
    expect(lists()).toBe(1);
    await namesOf('o1');
    expect(lists()).toBe(2);
    await namesOf('o2');
    expect(lists()).toBe(2);
  });

  test('names a repository by its id where the repositories cannot be listed', async () => {
    const bodies = { '/v8/Organizations/o/usedRepositories': { results: [{ repositoryId: 'R1' }] } };
    expect(await children('v8', bodies, group('usedRepository', scope))).toMatchObject([{ id: 'R1', name: 'R1' }]);
  });
});
