import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Node } from '../../../../src/inventory/tree/node';
import type { Vb365Data } from '../../../sample-servers';
import { type SampleServer, startVb365, type Vb365Options } from '../../../sample-servers';
import { never } from '../../never';
import { items, labels, named, World } from '../../support';

// Before v8, one list holds the objects of all organizations in a repository.

const olderVersions = ['v3', 'v4', 'v5', 'v6', 'v7'] as const;
const organizations = 6;

async function start(options: Partial<Vb365Options> = {}) {
  const { server, world, node } = await World.with(
    'vb365',
    startVb365({ versions: ['v7'], organizationsPerRepository: organizations, maxLimit: 10, ...options }),
  );
  const rows = await world.openPath(node, 'Backup Repositories', 'Repo North');
  return { server, world, node, rows: rows.filter(row => row.type === 'node') };
}

function asked(server: SampleServer<Vb365Data>, list = 'UserData'): number {
  return server.requests.filter(({ path }) => path.includes(list)).length;
}

async function usersOf(world: World, organization: Node | undefined): Promise<readonly string[]> {
  if (!organization) {
    throw new Error('no organization');
  }
  const [users] = await world.open(organization);
  if (users?.type !== 'node') {
    throw new Error('no users');
  }
  await world.open(users);
  await world.inventory.complete(users, never);
  return items(world.inventory.childrenOf(users)).map(({ id }) => id);
}

function expectedOf(server: SampleServer<Vb365Data>, row: number): string[] {
  return server.data.protectedOf(server.data.repositories.at(0), row, 'user').map(({ id }) => id);
}

describe.each(olderVersions)('the users of %s', version => {
  test('take one walk through the repository for all its organizations', async () => {
    const { server, world, rows } = await start({ versions: [version], usersPerOrganization: 7 });
    for (const [row, organization] of rows.entries()) {
      expect(await usersOf(world, organization)).toEqual(expectedOf(server, row));
    }
    const isPaged = version === 'v6' || version === 'v7';
    expect(asked(server)).toBe(isPaged ? Math.ceil((organizations * 7) / 10) : 1);
  });

  test('come once where all are asked for at the same time', async () => {
    const { server, world, rows } = await start({ versions: [version], usersPerOrganization: 7 });
    const all = await Promise.all(rows.map(organization => usersOf(world, organization)));
    expect(all).toEqual(rows.map((_, row) => expectedOf(server, row)));
    expect(asked(server)).toBeLessThanOrEqual(Math.ceil((organizations * 7) / 10));
  });
});

test('the last organization of a repository makes the walk that the others are read from', async () => {
  const { server, world, rows } = await start({ usersPerOrganization: 20 });
  expect(await usersOf(world, rows.at(-1))).toEqual(expectedOf(server, organizations - 1));
  expect(asked(server)).toBe(12);
  expect(await usersOf(world, rows[0])).toEqual(expectedOf(server, 0));
  expect(await usersOf(world, rows[3])).toEqual(expectedOf(server, 3));
  expect(asked(server)).toBe(12);
});

test('each object tells of its own organization and repository', async () => {
  const { server, world, rows } = await start();
  for (const [row, organization] of rows.entries()) {
    await usersOf(world, organization);
    const users = named(await world.open(organization), 'Users');
    for (const item of items(world.inventory.childrenOf(users))) {
      expect(item).toMatchObject({
        repositoryId: server.data.repositories.at(0).id,
        organizationId: server.data.repositories.at(0).organizations.at(row).id,
      });
    }
  }
});

test('kinds and repositories have walks of their own', async () => {
  const { server, world, node, rows } = await start();
  await usersOf(world, rows[0]);
  expect(labels(await world.openPath(rows[0] as Node, 'Groups'))).not.toContain('(failure)');
  expect(asked(server, 'GroupData')).toBeGreaterThan(0);
  const before = asked(server);
  const elsewhere = await world.openPath(node, 'Backup Repositories', 'Repo S3');
  await usersOf(world, named(elsewhere, 'Contoso'));
  expect(asked(server)).toBeGreaterThan(before);
});

test('a refresh reads anew, and the others from that', async () => {
  const { server, world, rows } = await start({ usersPerOrganization: 5 });
  const pages = 3;
  await usersOf(world, rows[0]);
  await usersOf(world, rows[1]);
  await usersOf(world, rows.at(-1));
  expect(asked(server)).toBe(pages);
  const users = named(await world.open(rows.at(-1) as Node), 'Users');
  await world.inventory.refresh(users);
  expect(asked(server)).toBe(2 * pages);
  await world.inventory.refresh(named(await world.open(rows[0] as Node), 'Users'));
  expect(asked(server)).toBe(2 * pages);
  await usersOf(world, rows[2]);
  expect(asked(server)).toBe(2 * pages);
  await world.inventory.refresh(users);
  expect(asked(server)).toBe(3 * pages);
});

test('what was read is good for others for five minutes', async () => {
  const { server, world, rows } = await start({ usersPerOrganization: 5 });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  await usersOf(world, rows.at(-1));
  expect(asked(server)).toBe(3);
  vi.setSystemTime(Date.now() + 4 * 60_000);
  await usersOf(world, rows[0]);
  expect(asked(server)).toBe(3);
  vi.setSystemTime(Date.now() + 2 * 60_000);
  await usersOf(world, rows[1]);
  expect(asked(server)).toBeGreaterThan(3);
});

test('an account gets nothing that another one has read', async () => {
  const { server, world, node, rows } = await start();
  await usersOf(world, rows[0]);
  const before = asked(server);
  await world.servers.signOut(node.item.id);
  await world.servers.signIn(world.saved(node.item.id), server.password, true, never);
  await usersOf(world, rows[1]);
  expect(asked(server)).toBeGreaterThan(before);
});

/** Holds back the answers to requests for users; gives what was held back. */
function held(server: SampleServer<Vb365Data>): ServerResponse[] {
  const responses: ServerResponse[] = [];
  server.intercept = (request, response) => {
    const isUsers = /UserData/.test(request.url ?? '');
    if (isUsers) {
      responses.push(response);
    }
    return isUsers;
  };
  return responses;
}

test('one that is given up does not end the walk that another one waits for', async () => {
  const { server, world, rows } = await start({ usersPerOrganization: 1 });
  const [contoso, fabrikam] = [rows[0] as Node, rows[1] as Node];
  const first = named(await world.open(contoso), 'Users');
  const second = named(await world.open(fabrikam), 'Users');
  const waiting = held(server);
  world.inventory.childrenOf(first);
  world.inventory.childrenOf(second);
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  world.inventory.cancel(first);
  server.intercept = undefined;
  const [response] = waiting;
  const repository = server.data.repositories.at(0);
  const results = [...server.data.protectedIn(repository, 'user')].map(({ id, name, owner }) => ({
    id,
    displayName: name,
    backedUpOrganizationId: owner.id,
  }));
  response?.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ results, limit: 500 }));
  await world.inventory.settled(second);
  expect(items(world.inventory.childrenOf(second)).map(({ id }) => id)).toEqual(expectedOf(server, 1));
  expect(asked(server)).toBe(1);
  expect(labels(world.inventory.childrenOf(first))).toEqual(['(failure)']);
  await world.inventory.refresh(first);
  expect(items(world.inventory.childrenOf(first)).map(({ id }) => id)).toEqual(expectedOf(server, 0));
});

test('a walk that nobody waits for any more is given up on the line, and begins anew when it is wanted', async () => {
  const { server, world, rows } = await start({ usersPerOrganization: 1 });
  const users = named(await world.open(rows[0] as Node), 'Users');
  const waiting = held(server);
  world.inventory.childrenOf(users);
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  const closed = new Promise(resolve => waiting[0]?.once('close', resolve));
  server.intercept = undefined;
  world.inventory.collapsed(users);
  // At once, as a person who opens it again.
  world.inventory.childrenOf(users);
  await world.inventory.settled(users);
  await closed;
  expect(items(world.inventory.childrenOf(users)).map(({ id }) => id)).toEqual(expectedOf(server, 0));
});

test('a failure is not kept', async () => {
  const { server, world, rows } = await start();
  const users = named(await world.open(rows[0] as Node), 'Users');
  server.intercept = (request, response) => {
    const isUsers = /UserData/.test(request.url ?? '');
    if (isUsers) {
      response.writeHead(500).end();
    }
    return isUsers;
  };
  expect(labels(await world.open(users))).toEqual(['(failure)']);
  server.intercept = undefined;
  await world.inventory.refresh(users);
  expect(items(world.inventory.childrenOf(users)).map(({ id }) => id)).toEqual(expectedOf(server, 0));
});

test('two pages that take turns for ever end it', async () => {
  const { server, world, rows } = await start();
  server.intercept = (request, response) => {
    const offset = /UserData\?.*offset=(\d+)/.exec(request.url ?? '')?.[1];
    if (offset === undefined) {
      return false;
    }
    const id = Number(offset) % 2;
    const results = [{ id: `u${id}`, displayName: 'Somebody else', backedUpOrganizationId: `another-${id}` }];
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ offset: Number(offset), limit: 1, results, _links: { next: { href: 'x' } } }));
    return true;
  };
  const users = named(await world.open(rows[0] as Node), 'Users');
  await world.open(users);
  expect(users.openedBranch?.failure).toMatchObject({ kind: 'endlessList' });
  expect(asked(server)).toBe(3);
});
