import type { ServerResponse } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { AgentTools } from '../../../src/agents/tools';
import { IdIndex } from '../../../src/inventory/search/idIndex';
import { startEnterpriseManager, startVb365 } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { never } from '../never';
import { World } from '../support';
import { altered } from './altered';

let world: World;
let tools: AgentTools;

beforeEach(() => {
  world = new World();
  tools = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections);
});

async function vb365(options: Parameters<typeof startVb365>[0] = {}) {
  const sample = await forThisTest(startVb365(options));
  await world.add('vb365', sample);
  return sample;
}

test('no secret comes out of any tool', async () => {
  const one = await vb365({ hostileNames: true });
  const two = await forThisTest(startEnterpriseManager());
  const { item } = await world.add('enterprise-manager', two);
  one.intercept = (_request, response) => planted(response);
  two.intercept = (_request, response) => planted(response);
  const refused = await forThisTest(startVb365());
  const failing = await vb365();
  const third = await world.add('vb365', refused, { password: 'planted-wrong-password' });
  // Servers that quote what they were sent.
  const quoting = (response: ServerResponse, status: number, quoted: unknown) => {
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ message: `bad ${quoted}` }));
    return true;
  };
  refused.intercept = ({ method }, response) => method === 'POST' && quoting(response, 400, 'planted-wrong-password');
  failing.intercept = ({ method, url, headers }, response) =>
    method === 'GET' && /BackupRepositories|Health/.test(url ?? '') && quoting(response, 500, headers.authorization);
  for (const [key, value] of world.secrets.values) {
    if (key.includes(item.id)) {
      world.secrets.values.set(key, JSON.stringify({ ...JSON.parse(value), passphrase: 'planted-passphrase' }));
    }
  }
  const answers: Record<string, string[]> = {};
  const errors: Record<string, string[]> = {};
  const keep = async (tool: string, input: object): Promise<readonly { key: string }[]> => {
    try {
      const text = await tools.run(`backupTenancy_${tool}`, input, never);
      answers[tool] = [...(answers[tool] ?? []), text];
      const { servers, items, children } = JSON.parse(text);
      return servers ?? items ?? children ?? [];
    } catch (error) {
      errors[tool] = [...(errors[tool] ?? []), `${error} ${error instanceof Error ? error.stack : ''}`];
      return [];
    }
  };
  const walk = async (key: string): Promise<void> => {
    await keep('get_item', { key });
    for (const child of (await keep('list_children', { key })).slice(0, 3)) {
      await walk(child.key);
    }
  };
  await keep('find', { query: 'a', limit: 200 });
  for (const { key } of await keep('list_servers', {})) {
    await walk(key);
  }
  await keep('list_servers', {});
  expect(Object.keys(answers).sort()).toEqual(['find', 'get_item', 'list_children', 'list_servers']);
  expect(Object.keys(errors).sort()).toEqual(['get_item', 'list_children']);
  const everything = JSON.stringify([answers, errors]);
  // In there are failures, too, and the words of servers that fail.
  expect(everything).toContain('status 500');
  expect(everything).not.toContain('bad …');
  const secrets = [one, two, failing].flatMap(({ password, username, requests }) => [
    password,
    username,
    `${username}:${password}`,
    ...requests.flatMap(({ headers }) =>
      [headers.authorization ?? [], headers['x-restsvcsessionid'] ?? []].flat().map(each => each.replace(/^\w+ /, '')),
    ),
  ]);
  secrets.push('planted-wrong-password', 'planted-passphrase', plantedInBodies, ...storedSecrets());
  expect(secrets.filter(secret => secret.length > 20).length).toBeGreaterThan(2);
  for (const secret of secrets) {
    for (const written of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      // The answers are JSON, and JSON again in here.
      expect(everything).not.toContain(JSON.stringify(written).slice(1, -1));
    }
    expect(everything).not.toContain(Buffer.from(secret).toString('base64'));
  }
  expect(third.openedBranch?.failure?.message).toBeTruthy();
});

const plantedInBodies = 'planted-in-a-body';

/** Has an answer tell secrets in every object, as servers do of accounts. */
function planted(response: ServerResponse): false {
  const password = plantedInBodies;
  const secrets = {
    ...{ password, Password: password, clientSecret: password, token: password, passphrase: password },
    account: { userName: 'backup', password },
  };
  return altered(response, object => ({ ...secrets, ...object }));
}

/** All texts in the secret store, however deep. */
function storedSecrets(): string[] {
  const texts = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(texts)
        : [];
  return [...world.secrets.values.values()]
    .flatMap(text => texts(JSON.parse(text)))
    .filter(text => text.length >= 6 && !isKnownToAll(text));
}

/** What owns a secret is stored beside it, and is no secret. */
function isKnownToAll(text: string): boolean {
  return world.list.servers.some(({ url, product, id }) => text.includes(url) || text === product || text === id);
}
