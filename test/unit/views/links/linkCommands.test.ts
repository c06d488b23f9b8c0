import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Node } from '../../../../src/inventory/tree/node';
import { LinkCommands } from '../../../../src/views/links/linkCommands';
import type { Proposal } from '../../../../src/views/servers/serverWizard';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';

/** What was shown, and what the user answers. */
const dialogs = vi.hoisted(() => ({
  shown: [] as { text: string; modal: boolean; detail: string }[],
  answer: undefined as string | undefined,
}));

vi.mock('vscode', async () => {
  const show = async (text: string, options?: { modal?: boolean; detail?: string }, ...buttons: unknown[]) => {
    dialogs.shown.push({ text, modal: options?.modal ?? false, detail: options?.detail ?? '' });
    return buttons.find(each => each === dialogs.answer);
  };
  return {
    ...(await import('../vscode')),
    window: { showWarningMessage: show, showErrorMessage: show, showInformationMessage: show },
  };
});

let fail: boolean;
let loads: number;
let proposed: Proposal[];
let revealed: Node[];
let links: LinkCommands;

beforeEach(() => {
  dialogs.shown.length = 0;
  dialogs.answer = undefined;
  fail = false;
  loads = 0;
  proposed = [];
  revealed = [];
  const inventory = new Inventory(
    {
      children: async () => {
        loads++;
        if (fail) {
          throw new Error('planted');
        }
        return { items: [tenant('a', { name: 'Northwind', hasChildren: false })] };
      },
    },
    new KeptLog(),
  );
  inventory.setServers([
    serverOf('one', { name: 'em-prod', userName: 'svc-browse' }),
    serverOf('two', { name: HOSTILE_NAMES[0] ?? '', url: 'https://other.example.com:9398' }),
  ]);
  links = new LinkCommands(
    inventory,
    async node => void revealed.push(node),
    async each => proposed.push(each),
  );
});

const add = {
  path: '/add',
  query:
    'product=vb365&url=vbo.example.com&name=m365-prod&username=EXAMPLE\\svc&password=s3cret-word&trustedFingerprint=AA:BB',
};

test('a server that a link proposes is shown to the user first, and nothing happens without consent', async () => {
  await links.follow(add);
  expect(dialogs.shown).toHaveLength(1);
  expect(dialogs.shown[0]).toMatchObject({ modal: true, text: 'A link asks you to add a backup server.' });
  for (const told of ['vbo.example.com:4443', 'Veeam Backup for Microsoft 365', 'm365-prod', 'EXAMPLE\\svc']) {
    expect(dialogs.shown[0]?.detail).toContain(told);
  }
  expect(proposed).toEqual([]);
});

test('what a link proposes imitates no further lines of the question', async () => {
  const padding = '\u3000'.repeat(100);
  await links.follow({ path: '/add', query: `url=evil.example.com&name=x${padding}Address: good.example.com` });
  expect(dialogs.shown[0]?.detail.split('\n').slice(0, 2)).toEqual([
    'Address: evil.example.com',
    'Name: x Address: good.example.com',
  ]);
});

test('it is proposed in the wizard then, without password and fingerprint', async () => {
  dialogs.answer = 'Continue';
  await links.follow(add);
  expect(proposed).toEqual([{ address: 'vbo.example.com:4443', name: 'm365-prod', userName: 'EXAMPLE\\svc' }]);
  expect(JSON.stringify([dialogs.shown, proposed])).not.toMatch(/s3cret-word|AA:BB/);
});

test('a link shows an item, with what lies above it loaded', async () => {
  dialogs.answer = 'Continue';
  await links.follow({ path: '/open', query: 'server=https://em.example.com:9398&key=one/tenant:a' });
  expect(revealed.map(({ key }) => key)).toEqual(['one/tenant:a']);
  await links.follow({ path: '/open', query: 'server=em-prod&key=of-another-computer/tenant:a' });
  expect(revealed.map(({ key }) => key)).toEqual(['one/tenant:a', 'one/tenant:a']);
  // What is loaded is shown without a question.
  expect(dialogs.shown).toHaveLength(1);
});

test('a link to what is not loaded asks before a server is signed in to and its lists are loaded', async () => {
  await links.follow({ path: '/open', query: 'server=em-prod&key=one/tenant:a' });
  expect(dialogs.shown).toMatchObject([{ modal: true, text: 'A link asks you to show an item of em-prod.' }]);
  expect(dialogs.shown[0]?.detail).toMatch(/^Address: em\.example\.com:9398\nUser: .+/);
  expect(loads).toBe(0);
  expect(revealed).toEqual([]);
});

test('a link to a server that cannot be asked says why, and nothing else', async () => {
  fail = true;
  dialogs.answer = 'Continue';
  await links.follow({ path: '/open', query: 'server=em-prod&key=one/tenant:a' });
  expect(dialogs.shown.slice(1).map(({ text }) => text)).toEqual([
    expect.stringMatching(/This extension ran into an internal error/),
  ]);
});

test.each([
  ['server=nobody&key=zero/tenant:a', /the server “nobody”, which is not in your list/],
  ['server=[x](command:y)&key=zero/tenant:a', /the server “\[x\]\u200b\(command:y\)”/],
  ['server=em-prod&key=one/tenant:gone', /^The linked item was not found on em-prod\.$/],
  ['server=em-prod', /^Backup Tenancy cannot handle this link\.$/],
])('a link that leads nowhere says so: %s', async (query, message) => {
  dialogs.answer = 'Continue';
  await links.follow({ path: '/open', query });
  expect(dialogs.shown.at(-1)?.text).toMatch(message);
  expect(revealed).toEqual([]);
});
