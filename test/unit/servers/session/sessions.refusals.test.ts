import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Node } from '../../../../src/inventory/tree/node';
import {
  createCertificate,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { named } from '../../support';
import { Computer, endings, isSignIn, signIns, type Window } from '../computer';

const certificate = await createCertificate();
const json = { 'Content-Type': 'application/json' };

const products = [
  {
    product: 'vb365',
    start: () => startVb365({ certificate, repositories: 40 }),
    group: 'Backup Repositories',
    refuse: (response: ServerResponse) => response.writeHead(400, json).end('{"error":"invalid_grant"}'),
    isList: (url = '') => /BackedUpOrganizations/.test(url),
  },
  {
    product: 'enterprise-manager',
    start: () => startEnterpriseManager({ certificate, tenants: 60 }),
    group: 'Cloud Tenants',
    refuse: (response: ServerResponse) => response.writeHead(401).end(),
    isList: (url = '') => /subtenants|resources/i.test(url),
  },
  {
    product: 'backup-replication',
    start: () => startBackupReplication({ certificate, repositories: 40 } as never),
    group: 'Backup Repositories',
    refuse: (response: ServerResponse) => response.writeHead(400, json).end('{"error":"invalid_grant"}'),
    isList: undefined,
  },
  {
    product: 'service-provider-console',
    start: () => startServiceProviderConsole({ certificate, companies: 40 } as never),
    group: 'Companies',
    refuse: (response: ServerResponse) => response.writeHead(400, json).end('{"error":"invalid_grant"}'),
    isList: undefined,
  },
] as const;

async function scene({ product, start }: (typeof products)[number]) {
  const server = await forThisTest<SampleServer<unknown>>(start());
  const computer = new Computer();
  const window = computer.window();
  await window.add(product, server);
  return { server, computer, window, id: window.root.item.id };
}

/** Rows below a heading whose own rows take a request. */
async function lists(window: Window, group: string): Promise<readonly Node[]> {
  const rows = await window.openPath(window.root, group);
  return rows
    .filter(row => row.type === 'node')
    .filter(({ item }) => (item.kind === 'tenant' ? item.hasSubtenants : item.hasChildren));
}

function failuresOf(nodes: readonly Node[]): ReadonlySet<string | undefined> {
  return new Set(nodes.map(node => node.openedBranch?.failure?.kind));
}

describe.each(products)('$product', product => {
  test('gets nothing more once session and password are refused, in whichever window', async () => {
    const { server, computer, window, id } = await scene(product);
    await window.open(window.root);
    server.expireSessions();
    server.intercept = (request, response) => {
      if (isSignIn(request)) {
        product.refuse(response);
      }
      return isSignIn(request);
    };
    const before = signIns(server);
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set(['credentialsRefused']));
    // With a refresh token that is one more, which is good for one use.
    expect(signIns(server) - before).toBe(product.product === 'enterprise-manager' ? 1 : 2);
    const asked = server.requests.length;
    for (let round = 0; round < 3; round++) {
      await window.inventory.refresh(window.root);
    }
    const other = computer.window();
    await other.open(other.root);
    expect(failuresOf([window.root, other.root])).toEqual(new Set(['credentialsRefused']));
    expect(server.requests).toHaveLength(asked);
    server.intercept = undefined;
    await window.servers.signIn(window.saved(id), server.password, false, never);
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set([undefined]));
  });

  test('gets an ended session once if there is no password, in whichever window, until somebody signs in', async () => {
    const { server, computer, window, id } = await scene(product);
    await window.servers.signIn(window.saved(id), server.password, false, never);
    await window.open(window.root);
    server.expireSessions();
    server.intercept = (request, response) => {
      if (isSignIn(request)) {
        product.refuse(response);
      }
      return isSignIn(request);
    };
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set(['signedOut']));
    const asked = server.requests.length;
    await window.inventory.refresh(window.root);
    const other = computer.window();
    await other.open(other.root);
    await window.heard();
    expect(failuresOf([window.root, other.root])).toEqual(new Set(['signedOut']));
    expect(server.requests).toHaveLength(asked);
    server.intercept = undefined;
    await window.servers.signIn(window.saved(id), server.password, false, never);
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set([undefined]));
  });

  test('whose sign-in fails otherwise after the refresh token was refused does not get that token again', async () => {
    const { server, window } = await scene(product);
    await window.open(window.root);
    server.expireSessions();
    const sent: string[] = [];
    server.intercept = (request, response) => {
      const isOne = isSignIn(request);
      if (isOne) {
        const grant = new URLSearchParams(server.requests.at(-1)?.body).get('grant_type') ?? 'password';
        sent.push(grant);
        grant === 'password' ? response.writeHead(503).end() : product.refuse(response);
      }
      return isOne;
    };
    await window.inventory.refresh(window.root);
    await window.inventory.refresh(window.root);
    expect(sent.filter(grant => grant === 'refresh_token')).toHaveLength(
      product.product === 'enterprise-manager' ? 0 : 1,
    );
  });

  test.each([402, 403, 422, 423])(
    'that answers a sign-in with %s gets the password once, and says why',
    async status => {
      const { server, window } = await scene(product);
      server.intercept = (request, response) => {
        if (isSignIn(request)) {
          response
            .writeHead(status, json)
            .end('{"message":"Operators only","Message":"Operators only","errors":[{"message":"Operators only"}]}');
        }
        return isSignIn(request);
      };
      await window.open(window.root);
      await window.inventory.refresh(window.root);
      await window.inventory.refresh(window.root);
      expect(signIns(server)).toBe(1);
      expect(window.root.openedBranch?.failure?.kind).toBe('credentialsRefused');
      // Said once: what is not sent again gets no new answer.
      await expect(
        window.servers.signIn(window.saved(window.root.item.id), 'another', false, never),
      ).rejects.toMatchObject({
        kind: 'credentialsRefused',
        message: expect.stringContaining('Operators only') as string,
      });
    },
  );

  test('that refuses whatever session comes gets one', async () => {
    const { server, window } = await scene(product);
    server.intercept = (request, response) => {
      const refused =
        !isSignIn(request) &&
        [product.product === 'enterprise-manager' ? 'x-restsvcsessionid' : 'authorization'].some(
          name => request.headers[name] !== undefined,
        );
      if (refused) {
        response.writeHead(401).end();
      }
      return refused;
    };
    await window.open(window.root);
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set(['sessionRefused']));
    expect(signIns(server)).toBe(1);
    // It may have been in trouble: a minute later it is tried once more.
    const later = performance.now() + 61_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => later);
    onTestFinished(() => clock.mockRestore());
    server.intercept = undefined;
    server.expireSessions();
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set([undefined]));
    expect(signIns(server)).toBe(2);
  });
});

describe.each(products.filter(({ isList }) => isList !== undefined))('$product, with many lists', product => {
  test.each(['one after another', 'all at once'])(
    'whose lists always answer 401, %s, causes one more sign-in',
    async how => {
      const { server, window } = await scene(product);
      const nodes = await lists(window, product.group);
      expect(nodes.length).toBeGreaterThanOrEqual(30);
      server.intercept = (request, response) => {
        const refused = product.isList?.(request.url) === true && request.method === 'GET';
        if (refused) {
          response.writeHead(401).end();
        }
        return refused;
      };
      const before = signIns(server);
      if (how === 'all at once') {
        await Promise.all(nodes.map(node => window.open(node)));
      } else {
        for (const node of nodes) {
          await window.open(node);
        }
      }
      expect(failuresOf(nodes)).toEqual(new Set(['sessionRefused']));
      expect(signIns(server) - before).toBe(1);
    },
  );

  test('shows the lists that take the next session although one takes none', async () => {
    const { server, window } = await scene(product);
    const [odd, ...others] = (await lists(window, product.group)) as [Node, ...Node[]];
    await window.open(odd);
    server.expireSessions();
    const id = encodeURIComponent(odd.item.id);
    server.intercept = (request, response) => {
      const refused = request.url?.includes(id) === true && request.method === 'GET';
      if (refused) {
        response.writeHead(401).end();
      }
      return refused;
    };
    await Promise.all([window.inventory.refresh(odd), ...others.map(node => window.open(node))]);
    expect(failuresOf([odd])).toEqual(new Set(['sessionRefused']));
    expect(failuresOf(others)).toEqual(new Set([undefined]));
  });

  test('keeps no session that another one has replaced', async () => {
    const { server, window, id } = await scene(product);
    await window.open(window.root);
    expect(endings(server)).toBe(0);
    await window.servers.signIn(window.saved(id), server.password, true, never);
    await vi.waitFor(() => expect(endings(server)).toBe(1));
    expect(server.requests.at(-1)?.status).toBe(204);
    await window.inventory.refresh(window.root);
    expect(failuresOf([window.root])).toEqual(new Set([undefined]));
  });
});

test('a session of Enterprise Manager that a list refuses is ended when the password has opened another', async () => {
  const { server, window } = await scene(products[1]);
  const [node] = await lists(window, 'Cloud Tenants');
  server.intercept = (request, response) => {
    const refused = products[1].isList(request.url);
    if (refused) {
      response.writeHead(401).end();
    }
    return refused;
  };
  await window.open(node as Node);
  await vi.waitFor(() => expect(endings(server)).toBe(1));
  await vi.waitFor(() => expect(server.requests.find(({ method }) => method === 'DELETE')?.status).toBe(204));
  expect(named(window.inventory.childrenOf(window.root), 'Cloud Tenants').openedBranch?.failure).toBeUndefined();
});
