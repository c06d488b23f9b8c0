import { beforeEach, expect, test, vi } from 'vitest';
import { consoleAddressOf } from '../../../../src/servers/list/consoleAddress';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import type { Servers } from '../../../../src/servers/servers';
import { World } from '../../support';

const shown = vi.hoisted(() => ({ opened: [] as string[], warnings: [] as string[], answer: undefined as unknown }));

vi.mock('vscode', async () => {
  const stand = await import('../vscode');
  return {
    ...stand,
    Uri: { parse: (text: string) => text },
    env: { openExternal: async (address: string) => void shown.opened.push(address) },
    window: {
      ...stand.window,
      showInformationMessage: async (text: string) => void shown.warnings.push(text),
      showWarningMessage: async (text: string, { detail }: { detail: string }) => {
        shown.warnings.push(`${text} ${detail}`);
        return shown.answer;
      },
    },
  };
});

const { WebConsoles } = await import('../../../../src/views/servers/webConsole');

async function open(product: string, facts: Partial<SavedServer> = {}, consoles = consolesOf(new World().servers)) {
  const server = { id: 'a', product, name: 'prod', url: 'https://backup.example.com:1234', userName: 'ada', ...facts };
  await consoles.open(server);
}

function consolesOf(servers: Servers) {
  return new WebConsoles(servers);
}

beforeEach(() => {
  shown.opened.length = 0;
  shown.warnings.length = 0;
  shown.answer = undefined;
});

test.each([
  ['service-provider-console', {}, 'https://backup.example.com:1234'],
  ['enterprise-manager', {}, 'https://backup.example.com:9443'],
  ['backup-replication', { version: '13.0.1.180' }, 'https://backup.example.com'],
])('%s is opened at the address that is documented', async (product, facts, address) => {
  await open(product, facts);
  expect(shown).toMatchObject({ opened: [address], warnings: [] });
});

test.each([
  ['vb365', {}],
  ['backup-replication', { version: '12.3.2.3617' }],
  ['backup-replication', {}],
  ['a later product', {}],
  ['vb365', { webConsole: 'http://portal.example.com' }],
  ['vb365', { webConsole: 'vscode://x/y' }],
  ['vb365', { webConsole: 'https://a:b@portal.example.com' }],
])('%s with %j has no address that is documented: the user is asked for one', async (product, facts) => {
  await open(product, facts);
  expect(shown.opened).toEqual([]);
  expect(shown.warnings).toEqual(['No web console is known for prod. Set its address.']);
});

test('what was set goes first, and another host is shown before it is opened, once', async () => {
  const consoles = consolesOf(new World().servers);
  await open('enterprise-manager', { webConsole: 'https://backup.example.com/em' }, consoles);
  expect(shown).toMatchObject({ opened: ['https://backup.example.com/em'], warnings: [] });
  const facts = { webConsole: 'https://portal.example.com' };
  await open('enterprise-manager', facts, consoles);
  expect(shown.opened).toHaveLength(1);
  expect(shown.warnings.join()).toContain('another host than the server itself:\nhttps://portal.example.com');
  shown.answer = 'Open';
  await open('enterprise-manager', facts, consoles);
  await open('enterprise-manager', facts, consoles);
  expect(shown.opened.slice(1)).toEqual(['https://portal.example.com', 'https://portal.example.com']);
  expect(shown.warnings).toHaveLength(2);
});

test.each([
  ['portal.example.com:9443', 'https://portal.example.com:9443'],
  ['https://PORTAL.example.com/', 'https://portal.example.com'],
  ['https://portal.example.com/a/b?c=d#e', 'https://portal.example.com/a/b'],
  ['https://[::1]:9443/x', 'https://[::1]:9443/x'],
])('takes the address %s', (text, address) => {
  expect(consoleAddressOf(text)).toBe(address);
});

test.each([
  'http://portal.example.com',
  'javascript:alert(1)',
  'vscode://command',
  'file:///etc/passwd',
  'https://ada:secret@portal.example.com',
  'https://$(id).example.com',
  'https://portal.example.com/$(id)',
  'https://portal.example.com/%0Aid',
  "https://portal.example.com/'x'",
  '',
])('takes no address like %s', text => {
  expect(consoleAddressOf(text)).toBeUndefined();
});
