import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import manifest from '../../../package.json';
import { McpServer } from '../../../src/agents/mcpServer';
import { AgentTools } from '../../../src/agents/tools';
import { IdIndex } from '../../../src/inventory/search/idIndex';
import { startEnterpriseManager } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { World } from '../support';

const tools = manifest.contributes.languageModelTools.map(({ name, displayName, modelDescription, inputSchema }) => ({
  name,
  title: displayName,
  description: modelDescription,
  inputSchema,
}));

let world: World;
let errors: unknown[];

beforeEach(() => {
  world = new World();
  errors = [];
});

type Run = (tool: string, input: unknown, signal: AbortSignal) => Promise<string>;

async function start(run?: Run): Promise<McpServer> {
  const agentTools = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections);
  const server = await McpServer.start({
    version: '1.2.3',
    tools,
    run: run ?? ((tool, input, signal) => agentTools.run(tool, input, signal)),
    onError: error => errors.push(error),
  });
  onTestFinished(() => server.stop());
  return server;
}

async function clientOf({ url, token }: Pick<McpServer, 'url' | 'token'>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(() => client.close());
  const requestInit = { headers: { Authorization: `Bearer ${token}` } };
  // The SDK's own types do not agree about an optional member.
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }) as never);
  return client;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** As a program sends it that may lie about everything. */
async function send({ url, token }: McpServer, { method = 'POST', path, headers, body = ping }: Sent = {}) {
  const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = httpRequest(new URL(path ?? url, url), { method, headers: given as Record<string, string> });
    request.once('error', reject);
    request.once('response', response => {
      let text = '';
      response.setEncoding('utf8').on('data', chunk => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.end(method === 'GET' ? undefined : body);
  });
}

function textOf({ content }: Readonly<Record<string, unknown>>): string {
  return (content as readonly { readonly text: string }[])[0]?.text ?? '';
}

test("the protocol's own client finds the tools of the manifest, and reads a server with them", async () => {
  const sample = await forThisTest(startEnterpriseManager());
  await world.add('enterprise-manager', sample);
  const client = await clientOf(await start());
  expect(client.getServerVersion()).toEqual({ name: 'backup-tenancy-explorer', version: '1.2.3' });
  expect((await client.listTools()).tools).toEqual(tools.map(tool => expect.objectContaining(tool)));
  await client.ping();
  const servers = JSON.parse(textOf(await client.callTool({ name: 'backupTenancy_list_servers', arguments: {} })));
  expect(servers.servers).toMatchObject([{ kind: 'server', name: 'enterprise-manager', state: 'idle' }]);
  expect(sample.requests).toEqual([]);
  const found = await client.callTool({
    name: 'backupTenancy_find',
    arguments: { query: 'Northwind', kind: 'tenant' },
  });
  expect(JSON.parse(textOf(found)).items[0]).toMatchObject({ kind: 'tenant', name: 'Northwind' });
  expect(sample.requests.length).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test('what a model asks in the wrong way is said to it, and what is broken to nobody', async () => {
  const client = await clientOf(await start());
  const wrong = await client.callTool({ name: 'backupTenancy_find', arguments: {} });
  expect(wrong).toMatchObject({ isError: true });
  expect(textOf(wrong)).toBe('query must be a string, and is missing.');
  await expect(client.callTool({ name: 'backupTenancy_delete' })).rejects.toThrow('no such tool');
  expect(errors).toEqual([]);
  const broken = await clientOf(await start(() => Promise.reject(new Error('/home/contoso/key.pem'))));
  const call = broken.callTool({ name: 'backupTenancy_list_servers' });
  await expect(call).rejects.toThrow(/internal error\.$/);
  expect(errors).toEqual([new Error('/home/contoso/key.pem')]);
});

test('nobody comes in without the token, which is as long as a key and another one for each server', async () => {
  const [server, other] = [await start(), await start()];
  expect(Buffer.from(server.token, 'base64url').length).toBe(32);
  expect((await send(server)).status).toBe(200);
  for (const token of [undefined, '', 'Bearer', `Bearer ${other.token}`, `Bearer ${server.token}x`, server.token]) {
    expect((await send(server, { headers: { authorization: token } })).status, token).toBe(401);
  }
  await expect(clientOf({ url: server.url, token: other.token })).rejects.toThrow();
  expect(errors).toEqual([]);
});

test('a page in a browser does not come in, whatever name leads to this computer, and even with the token', async () => {
  const server = await start();
  const { host, port } = new URL(server.url);
  for (const origin of ['https://evil.example.com', `http://${host}`, 'null', '']) {
    expect((await send(server, { headers: { origin } })).status, origin).toBe(403);
  }
  for (const wrong of [`localhost:${port}`, `evil.example.com:${port}`, '127.0.0.1', `[::1]:${port}`]) {
    expect((await send(server, { headers: { host: wrong } })).status, wrong).toBe(403);
  }
  // A browser asks before it sends a token.
  const preflight = { origin: 'https://evil.example.com', authorization: undefined };
  expect((await send(server, { method: 'OPTIONS', headers: preflight })).status).toBe(403);
});

test('anything but one request of the protocol is refused', async () => {
  const server = await start();
  expect((await send(server, { path: '/' })).status).toBe(404);
  expect((await send(server, { method: 'GET' })).status).toBe(405);
  expect((await send(server, { method: 'DELETE' })).status).toBe(405);
  expect((await send(server, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  expect((await send(server, { headers: { 'mcp-protocol-version': '1999-01-01' } })).status).toBe(400);
  expect((await send(server, { body: '{' })).status).toBe(400);
  const [oddId, oddMethod] = [ping.replace('"id":1', '"id":{}'), ping.replace('"ping"', '2')];
  const noMethod = '{"jsonrpc":"2.0","id":1}';
  for (const body of ['[]', '1', '{}', oddId, oddMethod, noMethod]) {
    expect(JSON.parse((await send(server, { body })).text), body).toMatchObject({ id: null, error: { code: -32600 } });
  }
  const secondPage = ping.replace('"ping"', '"tools/list","params":{"cursor":"2"}');
  expect(JSON.parse((await send(server, { body: secondPage })).text)).toMatchObject({ id: 1, error: { code: -32602 } });
  const unknown = await send(server, { body: ping.replace('ping', 'resources/list') });
  expect(JSON.parse(unknown.text)).toMatchObject({ id: 1, error: { code: -32601 } });
  const note = await send(server, { body: '{"jsonrpc":"2.0","method":"notifications/initialized"}' });
  expect(note).toEqual({ status: 202, text: '' });
  expect(errors).toEqual([]);
});

test('a body is read to a limit', async () => {
  const server = await start();
  const long = (bytes: number) => ping.replace('}', `,"params":{"x":"${'x'.repeat(bytes)}"}}`);
  expect((await send(server, { body: long(60_000) })).status).toBe(200);
  // The rest is not read, so it may not even be possible to send it.
  const status = await send(server, { body: long(5_000_000) }).then(
    answer => answer.status,
    () => 413,
  );
  expect(status).toBe(413);
});

test('only so many calls go on at once, and all end with the server', async () => {
  const signals: AbortSignal[] = [];
  const server = await start(async (_tool, _input, signal) => {
    signals.push(signal);
    return await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"backupTenancy_list_servers"}}';
  const calls = Array.from({ length: 8 }, () => send(server, { body }).catch(() => undefined));
  await expect.poll(() => signals.length).toBe(8);
  expect((await send(server, { body })).status).toBe(503);
  server.stop();
  await Promise.all(calls);
  await expect.poll(() => signals.every(({ aborted }) => aborted)).toBe(true);
  await expect(send(server)).rejects.toThrow();
  expect(errors).toEqual([]);
});

const listServers = { name: 'backupTenancy_list_servers' };

function request(id: number | string, method: string, params?: object): object {
  return { jsonrpc: '2.0', id, method, params };
}

test('several requests in one body are answered in the version of the protocol that has that', async () => {
  const server = await start();
  const note = { jsonrpc: '2.0', method: 'notifications/initialized' };
  const body = JSON.stringify([request(1, 'ping'), note, request('b', 'tools/call', listServers), 7]);
  for (const version of [undefined, '2025-03-26']) {
    const answer = await send(server, { body, headers: { 'mcp-protocol-version': version } });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      expect.objectContaining({ id: 'b', result: { content: [expect.anything()] } }),
      expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) }),
    ]);
  }
  expect(await send(server, { body: JSON.stringify([note, note]) })).toEqual({ status: 202, text: '' });
  const many = JSON.stringify(Array.from({ length: 100 }, (_, id) => request(id, 'ping')));
  for (const refused of [
    { body: many },
    { body: JSON.stringify([request(1, 'initialize')]) },
    { body, headers: { 'mcp-protocol-version': '2025-06-18' } },
  ]) {
    expect((await send(server, refused)).text).toContain('-32600');
  }
});

test('a caller can cancel its own call, whatever ids others use', async () => {
  const signals: AbortSignal[] = [];
  const server = await start(async (_tool, _input, signal) => {
    signals.push(signal);
    return await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const calls = [];
  for (const client of [await clientOf(server), await clientOf(server)]) {
    client.onerror = error => errors.push(error);
    const given = new AbortController();
    const answer = client.callTool(listServers, undefined, { signal: given.signal }).catch(() => 'cancelled');
    calls.push({ given, answer });
    await expect.poll(() => signals.length).toBe(calls.length);
  }
  calls[0]?.given.abort();
  await expect.poll(() => signals[0]?.aborted).toBe(true);
  expect(await calls[0]?.answer).toBe('cancelled');
  expect(signals[1]?.aborted).toBe(false);
  calls[1]?.given.abort();
  await expect.poll(() => signals[1]?.aborted).toBe(true);
  expect(errors).toEqual([]);
});

test('a connection that sends nothing more is closed within seconds', async () => {
  const { hostname, port } = new URL((await start()).url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write('POST /mcp HTTP/1.1\r\nHost: ');
  socket.resume();
  await once(socket, 'close');
}, 12_000);
