import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEnterpriseManager, startVb365 } from '../../sample-servers';
import { selfSigned, startHttps } from '../http/support';
import { labels, World } from '../support';
import { type Fault, run } from './fault';
import { printReport, report } from './report';
import { enterpriseManager, Scene, subjects, vb365 } from './scene';

printReport();

const day = 24 * 60 * 60 * 1000;
const json = { 'Content-Type': 'application/json' };

/** Whether a request opens or renews a session. */
const isSignIn = ({ method, url = '' }: IncomingMessage) => method === 'POST' && /\/token$|sessionMngr/i.test(url);

/** The server forgets its sessions and answers attempts to open another one with something else. */
function atSignIn(answer: (response: ServerResponse) => void): NonNullable<Fault['begin']> {
  return scene => {
    scene.server.expireSessions();
    scene.server.intercept = (request, response) => {
      if (!isSignIn(request)) {
        return false;
      }
      answer(response);
      return true;
    };
  };
}

const faults: readonly Fault[] = [
  {
    fault: 'the session has ended',
    begin: ({ server }) => server.expireSessions(),
    outcome: { rows: 'same' },
  },
  {
    fault: 'signing in is throttled',
    begin: atSignIn(response =>
      response.writeHead(429, { ...json, 'Retry-After': '9' }).end('{"message":"Quota exceeded"}'),
    ),
    end: () => {
      vi.setSystemTime(Date.now() + 9000);
    },
    outcome: { kind: 'throttled', says: /Try again in 9 seconds\.$/ },
  },
  ...['99999999999', '86400'].map(seconds => ({
    fault: `signing in is throttled for ${seconds} seconds`,
    begin: atSignIn(response => response.writeHead(429, { ...json, 'Retry-After': seconds }).end('{}')),
    end: () => {
      vi.setSystemTime(Date.now() + 3_600_000);
    },
    outcome: { kind: 'throttled', says: /Try again in a minute\.$/ },
  })),
  {
    fault: 'signing in is throttled for no time',
    begin: atSignIn(response => response.writeHead(429, { ...json, 'Retry-After': '0' }).end('{}')),
    outcome: { kind: 'throttled', says: /Try again in a moment\.$/ },
  },
  {
    fault: 'signing in is not found',
    begin: atSignIn(response => response.writeHead(404).end()),
    outcome: { kind: 'noSignIn', says: /answered the sign-in with status 404\. Is the address right/ },
  },
  {
    fault: 'signing in fails on the server',
    begin: atSignIn(response => response.writeHead(500).end()),
    outcome: { kind: 'serverFailed', says: /status 500 and no explanation\.$/ },
  },
  {
    fault: 'signing in is answered with a web page',
    begin: atSignIn(response => response.writeHead(200).end('<html><body>Sign in</body></html>')),
    outcome: { kind: 'webPage', says: /sent a web page instead of data/ },
  },
  {
    fault: 'signing in is answered with nothing',
    begin: atSignIn(response => response.writeHead(200).end()),
    outcome: { kind: 'malformedBody', says: /not valid JSON/ },
  },
  {
    fault: 'signing in gives what fits into no header',
    begin: atSignIn(response =>
      response
        .writeHead(200, { ...json, 'X-RestSvcSessionId': 'a b' })
        .end('{"access_token":"line\\nline","expires_in":3600}'),
    ),
    outcome: { kind: 'unexpectedShape', says: /something other than (an access token|a session id|LogonSession)/ },
  },
  {
    fault: 'an error that quotes the password or token',
    begin: scene => {
      scene.server.expireSessions();
      scene.server.intercept = (request, response) => {
        const sent = scene.server.requests.at(-1);
        if (!isSignIn(request) || !sent) {
          return false;
        }
        const form = new URLSearchParams(sent.body);
        const said = `Bad ${form.get('password') ?? form.get('refresh_token') ?? scene.server.password}`;
        response.writeHead(500, json).end(JSON.stringify({ message: said, Message: said, error_description: said }));
        return true;
      };
    },
    outcome: { kind: 'serverFailed', says: /status 500: Bad …$/ },
  },
  {
    fault: 'the connection breaks while signing in',
    begin: scene => atSignIn(() => scene.line.reset())(scene),
    outcome: { kind: 'unreachable', says: /^The connection to .+ was lost\.$/ },
  },
  {
    fault: 'the new session is refused as well',
    begin: scene => scene.answer(response => response.writeHead(401).end()),
    outcome: { kind: 'sessionRefused', says: /does not accept the session it has just opened\.$/ },
  },
  {
    fault: 'the clock was put a day ahead',
    begin: () => {
      vi.setSystemTime(Date.now() + day);
    },
    outcome: { rows: 'same' },
  },
];

describe.each(subjects)('$product', subject => {
  test.each(faults)('$fault', async fault => {
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await run(fault, subject);
  });

  test('a server is removed while its list is loading', async () => {
    const scene = await Scene.start(subject);
    const { world, root, parent } = scene;
    const held = new Promise<void>(resolve => scene.answer(() => resolve()));
    const refreshed = world.inventory.refresh(parent);
    await held;
    const started = performance.now();
    await world.servers.remove(root.item.id);
    await refreshed;
    const milliseconds = performance.now() - started;
    report({ fault: 'the server is removed while loading', product: subject.product, outcome: 'gone', milliseconds });
    expect(milliseconds).toBeLessThan(2000);
    expect(world.inventory.servers).toEqual([]);
    expect(world.secrets.values.size).toBe(0);
    expect(JSON.stringify([...world.memory.values])).not.toContain(root.item.id);
    scene.expectNoSecrets();
  });

  test('a server is removed while it is signing in', async () => {
    const scene = await Scene.start(subject);
    const { world, root, parent, server } = scene;
    server.expireSessions();
    const held = new Promise<void>(resolve => {
      server.intercept = request => {
        if (isSignIn(request)) {
          resolve();
        }
        return isSignIn(request);
      };
    });
    const refreshed = world.inventory.refresh(parent);
    await held;
    const started = performance.now();
    await world.servers.remove(root.item.id);
    await refreshed;
    const milliseconds = performance.now() - started;
    report({
      fault: 'the server is removed while signing in',
      product: subject.product,
      outcome: 'gone',
      milliseconds,
    });
    expect(milliseconds).toBeLessThan(2000);
    expect(world.secrets.values.size).toBe(0);
  });

  test('VS Code is closed while lists are loading', async () => {
    const scene = await Scene.start(subject);
    const { world, parent } = scene;
    const held = new Promise<void>(resolve => scene.answer(() => resolve()));
    const refreshed = world.inventory.refresh(parent);
    await held;
    const started = performance.now();
    await world.connections.close();
    await refreshed;
    const milliseconds = performance.now() - started;
    report({
      fault: 'VS Code is closed while loading',
      product: subject.product,
      outcome: scene.failure?.kind ?? 'rows',
      milliseconds,
    });
    expect(milliseconds).toBeLessThan(2000);
    expect(scene.failure?.kind).toBe('cancelled');
    scene.expectNoSecrets();
  });
});

describe.each(subjects)('$product, with every connection taken by lists that hang', subject => {
  test.each(['the user signs out', 'VS Code is closed'])('%s: the session is ended at once', async how => {
    const scene = await Scene.start(subject);
    const { world, root, parent, server } = scene;
    const siblings = (parent.parent?.branch?.nodes ?? []).filter(node => node.branch);
    for (const node of siblings) {
      await world.open(node);
    }
    let held = 0;
    server.intercept = ({ method }) => method === 'GET' && ++held > 0;
    const isSignOut = (request: { method: string; path: string }) =>
      request.method === 'DELETE' || /\/logout$/i.test(request.path);
    const loads = Promise.all(siblings.map(node => world.inventory.refresh(node)));
    await vi.waitFor(() => expect(held).toBe(4));

    const started = performance.now();
    await (how === 'VS Code is closed' ? world.connections.exit() : world.servers.signOut(root.item.id));
    const milliseconds = performance.now() - started;
    report({ fault: `${how} while lists hang`, product: subject.product, outcome: 'ended', milliseconds });
    expect(milliseconds).toBeLessThan(1500);
    const isEnded =
      subject.endsSession === 'onExit' || (subject.endsSession === 'onSignOut' && how === 'the user signs out');
    expect(server.requests.filter(isSignOut)).toHaveLength(isEnded ? 1 : 0);
    await world.connections.close();
    await loads;
    scene.expectNoSecrets();
  });
});

test('a token that lives for no time at all is used until it is refused', async () => {
  const scene = await Scene.start(vb365);
  const { server } = scene;
  server.expireSessions();
  server.intercept = (request, response) => {
    if (isSignIn(request)) {
      const end = response.end.bind(response) as (body: Buffer) => ServerResponse;
      response.end = ((body: Buffer) =>
        end(Buffer.from(body.toString().replace('"expires_in":3600', '"expires_in":0   ')))) as typeof response.end;
    }
    return false;
  };
  const before = server.requests.length;
  await scene.refresh();
  const milliseconds = await scene.refresh();
  await scene.refresh();
  report({ fault: 'a token lifetime of zero', product: 'vb365', outcome: scene.failure?.kind ?? 'rows', milliseconds });
  expect(scene.labels).toEqual(scene.before);
  expect(server.requests.slice(before).filter(({ method }) => method === 'POST')).toHaveLength(1);
  scene.expectNoSecrets();
});

test('many lists that find signing in throttled ask once', async () => {
  const scene = await Scene.start(vb365, { server: { repositories: 20 } });
  const { world, server } = scene;
  const before = server.requests.length;
  await atSignIn(response => response.writeHead(429).end())(scene);
  const parents = world.inventory.childrenOf(scene.parent.parent ?? scene.root).filter(row => row.type === 'node');
  await Promise.all(parents.map(parent => (parent === scene.parent ? scene.refresh() : world.open(parent))));
  expect(parents).toHaveLength(20);
  expect(parents.map(parent => parent.openedBranch?.failure?.kind)).toEqual(Array(20).fill('throttled'));
  expect(server.requests.slice(before).filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(4);
});

describe('another product on the port is named', () => {
  const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    'Veeam Backup & Replication': ({ url = '' }, response) =>
      url.startsWith('/api/v1/')
        ? response.writeHead(200, json).end('{"serverTime":"2026-03-02T09:15:00.7300443+01:00"}')
        : response.writeHead(404).end(),
    'Veeam Backup & Replication in another version': ({ url = '' }, response) =>
      url.startsWith('/api/v1/')
        ? response
            .writeHead(400, json)
            .end('{"errorCode":"NotImplemented","message":"The specified API version is not supported."}')
        : response.writeHead(404).end(),
    'Veeam Service Provider Console': ({ url = '' }, response) =>
      url.startsWith('/api/v3/')
        ? response.writeHead(401, json).end('{"errors":[]}')
        : response.writeHead(520, json).end('{}'),
    'a web server': (_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>'),
    'a web server that wants a Windows account': (_request, response) =>
      response.writeHead(401, { 'WWW-Authenticate': ['Negotiate', 'NTLM'] }).end(),
    'a web server that forbids everything': (_request, response) =>
      response.writeHead(403, { 'Content-Type': 'text/html' }).end('<!doctype html><html></html>'),
  };

  async function sentence(product: string, server: Parameters<World['add']>[1]) {
    const world = new World();
    const node = await world.add(product, server);
    const started = performance.now();
    expect(labels(await world.open(node))).toEqual(['(failure)']);
    const failure = node.openedBranch?.failure;
    return { failure, milliseconds: performance.now() - started };
  }

  test.each(
    subjects.flatMap(({ product }) =>
      Object.keys(answers)
        .filter(name => !(product === 'backup-replication' && name.startsWith('Veeam Backup & Replication')))
        .filter(name => !(product === 'service-provider-console' && name === 'Veeam Service Provider Console'))
        .map(name => ({ product, name })),
    ),
  )('$name where $product was meant', async ({ product, name }) => {
    const server = await startHttps(selfSigned, (request, response) => answers[name]?.(request, response));
    const { failure, milliseconds } = await sentence(product, {
      url: server.origin,
      username: 'svc',
      password: 'never sent',
      fingerprint: selfSigned.fingerprint,
    });
    report({ fault: `${name} on the port`, product, outcome: failure?.kind ?? 'rows', milliseconds });
    expect(failure?.kind).toBe('wrongProduct');
    expect(failure?.message).toMatch(
      name.startsWith('Veeam')
        ? new RegExp(`is ${name.replace(/ in another.*/, '')}, not Veeam`)
        : /does not look like Veeam/,
    );
    expect(server.requests.every(({ method, headers }) => method === 'GET' && !headers.authorization)).toBe(true);
  });

  test.each(subjects.flatMap(({ product }) => [408, 409, 421, 500, 520].map(status => ({ product, status }))))(
    'status $status from everything where $product was meant',
    async ({ product, status }) => {
      const server = await startHttps(selfSigned, (_request, response) => response.writeHead(status).end());
      const { failure, milliseconds } = await sentence(product, {
        url: server.origin,
        username: 'svc',
        password: 'never sent',
        fingerprint: selfSigned.fingerprint,
      });
      report({ fault: `status ${status} from everything`, product, outcome: failure?.kind ?? 'rows', milliseconds });
      expect(failure).toMatchObject({ kind: 'serverFailed', status });
      expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
    },
  );

  test('Enterprise Manager where VB365 was meant, and the reverse', async () => {
    const manager = await startEnterpriseManager({ certificate: { ...selfSigned } });
    const other = await startVb365({ certificate: { ...selfSigned } });
    onTestFinished(async () => {
      await manager.close();
      await other.close();
    });
    for (const [subject, server, found] of [
      [vb365, manager, 'Veeam Backup Enterprise Manager, not Veeam Backup for Microsoft 365'],
      [enterpriseManager, other, 'Veeam Backup for Microsoft 365, not Veeam Backup Enterprise Manager'],
    ] as const) {
      const { failure, milliseconds } = await sentence(subject.product, server);
      report({
        fault: 'the other product on the port',
        product: subject.product,
        outcome: failure?.kind ?? 'rows',
        milliseconds,
      });
      expect(failure?.message).toContain(`is ${found}. Is it the right port?`);
      expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
    }
  });
});
