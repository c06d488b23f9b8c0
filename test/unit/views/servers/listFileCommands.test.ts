import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { ServerList } from '../../../../src/servers/list/serverList';
import { ListFileCommands } from '../../../../src/views/servers/listFileCommands';
import { KeptMemory } from '../../support';
import { answerLists } from '../vscode';

// What is shown, and the files there are, instead of VS Code.
const { shown, lists, choose, files, Uri } = vi.hoisted(() => ({
  shown: [] as string[],
  /** What lists offer to choose from, and what the user chooses; undefined leaves. */
  lists: [] as { title: string; items: { label: string; description: string; detail: string }[] }[],
  choose: { from: (items: { detail: string }[]): { detail: string }[] | undefined => items },
  files: new Map<string, Uint8Array>(),
  Uri: class {
    readonly path: string;
    constructor(path: string) {
      this.path = path;
    }
    with({ path }: { path: string }) {
      return new Uri(path);
    }
    toString() {
      return this.path;
    }
  },
}));
type Uri = InstanceType<typeof Uri>;

vi.mock('vscode', async () => {
  const show = async (message: string, options?: { detail?: string }, ...buttons: string[]) => {
    shown.push(message, ...(options?.detail === undefined ? [] : [options.detail]));
    return buttons[0];
  };
  const vscode = await import('../vscode');
  return {
    ...vscode,
    Uri,
    window: {
      createQuickPick: () => vscode.window.createQuickPick(),
      ...{ showInformationMessage: show, showWarningMessage: show, showErrorMessage: show },
    },
    workspace: {
      fs: {
        stat: async ({ path }: Uri) => {
          const bytes = files.get(path);
          if (!bytes) {
            throw new Error(`there is no ${path}`);
          }
          return { size: bytes.length };
        },
        readFile: async ({ path }: Uri) => files.get(path),
        writeFile: async ({ path }: Uri, bytes: Uint8Array) => void files.set(path, bytes),
        rename: async (from: Uri, to: Uri) => {
          files.set(to.path, files.get(from.path) ?? new Uint8Array());
          files.delete(from.path);
        },
      },
    },
  };
});

const pin = 'AB:'.repeat(32).slice(0, -1);
const otherPin = 'CD:'.repeat(32).slice(0, -1);
const link = '[Fix it](command:workbench.action.openSettings)';
const file = new Uri('/contoso.backup-tenancy.json');
let list: ServerList;
let warnings: string[];
let commands: ListFileCommands;

beforeEach(() => {
  shown.length = 0;
  lists.length = 0;
  choose.from = items => items;
  answerLists<(typeof lists)[number]['items'][number]>((items, { title }) => {
    lists.push({ title, items: [...items] });
    return choose.from([...items]);
  });
  files.clear();
  list = new ServerList(new KeptMemory());
  warnings = [];
  commands = new ListFileCommands(list, { warn: (text: string) => warnings.push(text) });
});

function server(id: string, facts: Partial<SavedServer> = {}): SavedServer {
  return { id, product: 'vb365', name: id, url: `https://${id}.example.com:4443`, userName: 'admin', ...facts };
}

async function importFile(...servers: unknown[]): Promise<void> {
  files.set(file.path, new TextEncoder().encode(JSON.stringify({ version: 1, servers })));
  await commands.importServers(file);
}

test('names of entries and certificates are no links that run a command', async () => {
  const named = (id: string) => ({ ...server(id), name: link });
  await list.add(server('contoso', { trustedFingerprint: pin }));
  await importFile(
    { ...named('contoso'), trustedFingerprint: otherPin },
    { ...named('fabrikam'), trustedFingerprint: pin },
    { ...named('northwind'), url: 'http://northwind.example.com' },
  );
  const [report] = shown;
  expect(report?.match(/Fix it/g)).toHaveLength(2);
  expect(shown.join('\n')).not.toContain('](');
  expect(warnings).toHaveLength(1);
});

test('the number of exported servers is told in words that fit', async () => {
  await list.add(server('contoso'));
  await commands.exportServers(file);
  await list.add(server('fabrikam'));
  await commands.exportServers(file);
  expect(shown).toEqual([
    'One server exported, without passwords and tokens.',
    // It was not the user who chose the file.
    'Replace this file?',
    expect.stringContaining(file.path),
    '2 servers exported, without passwords and tokens.',
  ]);
  expect([...files.keys()]).toEqual([file.path]);
});

describe('a file that is hostile to servers that are in the list', () => {
  const evil = {
    ...{ name: 'Fabrikam $(pass)', noProxy: true, trustedFingerprint: otherPin },
    microsoft365: { clientId: '00000000-0000-0000-0000-00000000beef', tenant: 'evil.onmicrosoft.com' },
  };
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

  beforeEach(async () => {
    for (const id of ids) {
      await list.add(server(id));
    }
  });

  test('changes nothing unasked, and all of what it would change is listed', async () => {
    const before = list.content;
    choose.from = () => [];
    await importFile(...ids.map(id => ({ ...server(id), ...evil })));
    expect(list.content).toEqual(before);
    expect(lists.map(({ title }) => title)).toEqual(['Import Servers: Changes']);
    const changes = lists[0]?.items ?? [];
    expect(changes).toHaveLength(3 * ids.length);
    expect(changes.slice(-3)).toMatchObject([
      { label: 'g', description: 'g.example.com:4443 · admin', detail: 'Name: g → Fabrikam $\u200b(pass)' },
      { detail: 'Connect without a proxy: off → on' },
      { detail: `Microsoft 365 account: – → evil.onmicrosoft.com, ${evil.microsoft365.clientId}` },
    ]);
    expect(shown.join()).toContain('The file names a different certificate for');
  });

  test('hides no change behind the beginning of a long value', async () => {
    const tenant = `contoso-${'a'.repeat(80)}`;
    const long = server('long', {
      name: 'n'.repeat(280),
      label: { text: 'l'.repeat(80) },
      microsoft365: { clientId: 'c', tenant: `${tenant}.onmicrosoft.com` },
    });
    await list.add(long);
    await importFile({
      ...long,
      name: `${long.name}!`,
      folder: ['f'.repeat(80), 'inner'],
      label: { text: `${long.label?.text}!` },
      microsoft365: { clientId: 'c', tenant: `${tenant}.example.com` },
    });
    const details = lists.flatMap(({ items }) => items.map(({ detail }) => detail));
    expect(details).toEqual([
      `Name: ${long.name} → ${long.name}!`,
      `Folder: Top Level → ${'f'.repeat(80)} / inner`,
      `Microsoft 365 account: ${tenant}.onmicrosoft.com, c → ${tenant}.example.com, c`,
      `Label: ${long.label?.text} → ${long.label?.text}!`,
    ]);
  });

  test('plants no certificate for one that has none, whatever is agreed to', async () => {
    await importFile(...ids.map(id => ({ ...server(id), ...evil })));
    expect(list.servers.map(({ name, noProxy }) => [name, noProxy])).toEqual(ids.map(() => [evil.name, true]));
    expect(list.servers.every(({ trustedFingerprint }) => trustedFingerprint === undefined)).toBe(true);
  });

  test('is not taken at all if the user leaves', async () => {
    const before = list.content;
    choose.from = () => undefined;
    await importFile({ ...server('a'), ...evil }, server('new', { trustedFingerprint: pin }));
    expect(list.content).toEqual(before);
    expect(shown).toEqual([]);
  });
});

test('every certificate of a file is listed with its whole fingerprint, and trusted where it was chosen', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `new${index}`);
  choose.from = items => items.slice(-1);
  await importFile(...ids.map(id => ({ ...server(id), trustedFingerprint: pin })));
  expect(lists[0]?.items.map(({ label, description, detail }) => [label, description, detail])).toEqual(
    ids.map(id => [id, `${id}.example.com:4443`, 'ABABABAB '.repeat(8).trim()]),
  );
  expect(list.servers.map(({ trustedFingerprint }) => trustedFingerprint)).toEqual([
    ...ids.slice(1).map(() => undefined),
    pin,
  ]);
});
