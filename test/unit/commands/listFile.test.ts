import { beforeEach, expect, test, vi } from 'vitest';
import { ListFileCommands } from '../../../src/commands/listFile';
import type { SavedServer } from '../../../src/servers/savedServer';
import { ServerList } from '../../../src/servers/serverList';
import { KeptMemory } from '../support';

// What is shown, and the files there are, instead of VS Code.
const { shown, files, Uri } = vi.hoisted(() => ({
  shown: [] as string[],
  files: new Map<string, Uint8Array>(),
  Uri: class {
    readonly path: string;
    constructor(path: string) {
      this.path = path;
    }
    with({ path }: { path: string }) {
      return new Uri(path);
    }
  },
}));
type Uri = InstanceType<typeof Uri>;

vi.mock('vscode', () => {
  const show = async (message: string, options?: { detail?: string }, ...buttons: string[]) => {
    shown.push(message, ...(options?.detail === undefined ? [] : [options.detail]));
    return buttons[0];
  };
  return {
    Uri,
    l10n: {
      t: (message: string, ...values: unknown[]) =>
        message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
    },
    window: { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show },
    workspace: {
      fs: {
        stat: async ({ path }: Uri) => ({ size: files.get(path)?.length ?? 0 }),
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
  const [, certificates, report] = shown;
  expect(certificates).toContain('Fix it');
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
    '2 servers exported, without passwords and tokens.',
  ]);
  expect([...files.keys()]).toEqual([file.path]);
});
