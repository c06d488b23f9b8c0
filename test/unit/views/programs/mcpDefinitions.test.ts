import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { McpDefinitions } from '../../../../src/views/programs/mcpDefinitions';

let isWanted: boolean;
const changed = new Set<() => void>();

vi.mock('vscode', () => ({
  workspace: {
    getConfiguration: () => ({ get: (name: string) => name === 'backupTenancy.mcpServer.enabled' && isWanted }),
    onDidChangeConfiguration: (listener: () => void) => {
      changed.add(listener);
      return { dispose: () => changed.delete(listener) };
    },
  },
  l10n: { t: (text: string) => text },
  Uri: { parse: (text: string) => new URL(text) },
  McpHttpServerDefinition: class {
    constructor(
      readonly label: string,
      readonly uri: URL,
      readonly headers: Record<string, string>,
      readonly version: string,
    ) {}
  },
}));

function want(value: boolean): void {
  isWanted = value;
  for (const listener of changed) {
    listener();
  }
}

function make(): McpDefinitions {
  const run = () => Promise.reject(new Error('run'));
  const made = new McpDefinitions({ version: '1', tools: [], run, onError: () => undefined });
  onTestFinished(() => made.dispose());
  return made;
}

/** Where VS Code finds the server, and whether it lets VS Code in. */
async function resolved(definitions: McpDefinitions) {
  const [definition] = definitions.definitions();
  const found = definition && (await definitions.resolve(definition));
  const { href } = new URL(String(found?.uri));
  const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
  const headers = { ...found?.headers, 'content-type': 'application/json' };
  const ping = async () => (await fetch(href, { method: 'POST', body, headers })).status;
  return { href, headers, ping };
}

beforeEach(() => {
  isWanted = true;
});

test('what VS Code keeps of it has neither port nor token', () => {
  expect(JSON.stringify(make().definitions())).toBe(
    '[{"label":"Backup Tenancy","uri":"http://127.0.0.1/","headers":{},"version":"1"}]',
  );
});

test('it runs when VS Code wants to start it, once, and as long as the setting is on', async () => {
  const definitions = make();
  const [first, again] = [await resolved(definitions), await resolved(definitions)];
  expect(again.href).toBe(first.href);
  expect(again.headers).toEqual(first.headers);
  expect(await first.ping()).toBe(200);
  want(true);
  expect(await first.ping()).toBe(200);
  want(false);
  await expect.poll(() => first.ping().catch(() => 'closed')).toBe('closed');
  const [definition] = definitions.definitions();
  expect(definition && (await definitions.resolve(definition))).toBeUndefined();
  want(true);
  const next = await resolved(definitions);
  expect(await next.ping()).toBe(200);
  expect(next.headers).not.toEqual(first.headers);
  definitions.dispose();
  await expect.poll(() => next.ping().catch(() => 'closed')).toBe('closed');
});
