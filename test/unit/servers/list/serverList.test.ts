import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { dissolve, folderNames, isWithin, move, shift } from '../../../../src/servers/list/arrange';
import type { SavedFolder, SavedServer } from '../../../../src/servers/list/savedServer';
import { ServerList, serversKey } from '../../../../src/servers/list/serverList';
import { readStored } from '../../../../src/servers/list/storedList';
import { KeptMemory } from '../../support';

const pin = 'AB:'.repeat(32).slice(0, -1);

let memory: KeptMemory;
let list: ServerList;
let changes: number;

beforeEach(() => {
  memory = new KeptMemory();
  list = new ServerList(memory);
  changes = 0;
  list.onDidChange.listen(() => changes++);
});

function server(id: string, facts: Partial<SavedServer> = {}): SavedServer {
  return { id, product: 'vb365', name: id, url: `https://${id}.example.com:4443`, userName: 'admin', ...facts };
}

/** The list as it is in the tree: `folder(…) server`. */
function shown(): string {
  const below = (folder: string | undefined): string =>
    [
      ...list.folders.filter(({ parent }) => parent === folder).map(({ id, name }) => `${name}(${below(id)})`),
      ...list.servers.filter(each => each.folder === folder).map(({ id }) => id),
    ].join(' ');
  return below(undefined);
}

async function fill(): Promise<{ a: string; b: string }> {
  const a = await list.addFolder('A');
  const b = await list.addFolder('B', a);
  for (const [id, folder] of [
    ['s1', a],
    ['s2', a],
    ['s3', b],
    ['s4', undefined],
    ['s5', undefined],
  ] as const) {
    await list.add(server(id, { folder }));
  }
  expect(shown()).toBe('A(B(s3) s1 s2) s4 s5');
  return { a, b };
}

const servers = (...ids: string[]) => ({ folders: [], servers: ids });
const folders = (...ids: string[]) => ({ folders: ids, servers: [] });

test('a write looks at each server of a long list a few times at most', async () => {
  memory.values.set(serversKey, { schema: 1, servers: Array.from({ length: 500 }, (_, index) => server(`s${index}`)) });
  let looks = 0;
  await list.edit(({ folders, servers: all }) => ({
    folders,
    servers: all.map(each =>
      Object.defineProperty({ ...each }, 'id', {
        enumerable: true,
        get: () => {
          looks++;
          return each.id;
        },
      }),
    ),
  }));
  expect(list.servers).toHaveLength(500);
  expect(looks).toBeLessThan(20 * 500);
});

test('is stored where each version looks for it', async () => {
  await list.add(server('s1'));
  expect([...memory.values.keys()]).toEqual(['backupTenancy.servers', 'backupTenancy.serversSeen']);
});

test('a change of a server or a folder changes no other', async () => {
  const { a } = await fill();
  const before = list.content;
  await list.change('s2', { name: 'two', userName: 'other' });
  await list.renameFolder(a, 'First');
  const changed = { ...before.servers.find(({ id }) => id === 's2'), name: 'two', userName: 'other' };
  expect(list.servers).toEqual(before.servers.map(each => (each.id === 's2' ? changed : each)));
  expect(list.folders).toEqual(before.folders.map(each => (each.id === a ? { ...each, name: 'First' } : each)));
});

test('a server that another computer has removed is not forgotten when this one adds another', async () => {
  await list.add(server('s1'));
  memory.values.set(serversKey, { schema: 1, servers: [] });
  await list.add(server('s2'));
  expect(list.removedElsewhere).toEqual(['s1']);
});

describe('reading', () => {
  test('takes lists without folders', () => {
    memory.values.set(serversKey, { schema: 1, servers: [server('s1')] });
    expect(list.servers).toMatchObject([{ id: 's1' }]);
    expect(list.folders).toEqual([]);
  });

  test('reads what is stored once, and again when another window has written', async () => {
    let reads = 0;
    const stored = (...ids: string[]) => ({
      schema: 1,
      get servers() {
        reads++;
        return ids.map(id => server(id));
      },
    });
    memory.values.set(serversKey, stored('s1', 's2'));
    expect([list.find('s1')?.id, list.find('s2')?.id, list.find('s3')?.id]).toEqual(['s1', 's2', undefined]);
    expect(list.content.servers).toBe(list.servers);
    expect(reads).toBe(1);

    memory.values.set(serversKey, stored('s3'));
    expect([list.find('s1')?.id, list.find('s3')?.id]).toEqual([undefined, 's3']);
    expect(reads).toBe(2);
  });

  test('makes no members for facts that are not there, as reading a long list takes ten times as long with them', () => {
    const stored = server('s1', { version: '8.0', folder: undefined });
    memory.values.set(serversKey, { schema: 1, servers: [stored, { ...server('s2'), label: 1, folder: 'gone' }] });
    expect(list.servers.map(each => Object.keys(each))).toEqual([
      Object.keys(stored),
      [...Object.keys(server('s2')), 'label', 'folder'],
    ]);
    expect(list.servers[1]).toEqual(server('s2'));
  });

  test('puts what is in an unknown folder at the top level', () => {
    memory.values.set(serversKey, {
      schema: 1,
      folders: [{ id: 'a', name: 'A', parent: 'gone' }],
      servers: [server('s1', { folder: 'gone' }), server('s2', { folder: 'a' })],
    });
    expect(shown()).toBe('A(s2) s1');
  });

  test('opens cycles', () => {
    memory.values.set(serversKey, {
      schema: 1,
      folders: [
        { id: 'a', name: 'A', parent: 'b' },
        { id: 'b', name: 'B', parent: 'c' },
        { id: 'c', name: 'C', parent: 'a' },
        { id: 'd', name: 'D', parent: 'd' },
        { id: 'e', name: 'E', parent: 'b' },
      ],
      servers: [server('s1', { folder: 'b' })],
    });
    expect(shown()).toBe('A(C(B(E() s1))) D()');
  });

  test('passes over what is no server or folder, and labels of nonsense', () => {
    memory.values.set(serversKey, {
      schema: 1,
      folders: [null, 7, { id: 'a' }, { id: '', name: 'x' }, { id: 'a', name: 'A' }, { id: 'a', name: 'twice' }],
      servers: [
        null,
        'x',
        [],
        { id: 's0' },
        server('s0', { url: 'not an address' }),
        server('s1', { label: { text: ' ', color: 'pink' } as never }),
        server('s2', { label: { text: 'test', color: 'blue', more: 1 } as never }),
        server('s2', { name: 'twice' }),
      ],
    });
    expect(list.folders).toEqual([{ id: 'a', name: 'A' }]);
    expect(list.servers.map(({ name, label }) => [name, label])).toEqual([
      ['s1', undefined],
      ['s2', { text: 'test', color: 'blue' }],
    ]);
  });

  test.each([
    'http://s0.example.com:4443',
    'https://s0.example.com:4443/path',
    'https://user:word@s0.example.com:4443',
    'https://s0.example.com:4443?x',
    'file:///s0',
    's0.example.com',
  ])('does not show a server at %s', url => {
    memory.values.set(serversKey, { schema: 1, servers: [server('s0', { url }), server('s1')] });
    expect(shown()).toBe('s1');
  });

  test.each(['https://s0.example.com', 'https://s0.example.com:443', 'https://[::1]:4443'])('shows one at %s', url => {
    memory.values.set(serversKey, { schema: 1, servers: [server('s0', { url })] });
    expect(shown()).toBe('s0');
  });

  test('takes a server without those of its facts that are nonsense', () => {
    const microsoft365 = { clientId: 'x', tenant: 'contoso.onmicrosoft.com' };
    const url = 'https://vbo.example.com:4443';
    const clientCertificate = { pfx: '/home/contoso/client.pfx', address: url };
    const good: Partial<SavedServer> = {
      ...{ url, apiVersion: 'v8', version: '8.0', trustedFingerprint: pin, certificateExpires: '2030-01-01' },
      ...{ accountKind: 'tenant', noProxy: true, webConsole: 'https://portal.example.com', clientCertificate },
      microsoft365: { ...microsoft365, authority: 'https://login.microsoftonline.us' },
    };
    const nonsense = [
      ...['8', 'v8/../v7', 'v8?x=', '/v8', 'v1_7_', ' v8', '', 'v8\n'].map(apiVersion => ({ apiVersion })),
      ...[{ apiVersion: 8 }, { version: {} }, { trustedFingerprint: ['AB'] }, { certificateExpires: 7 }],
      // Whoever writes them may count on it that they are copied into a command, or that a file is looked for.
      ...['AB', pin.toLowerCase(), `${pin}\n`, '$(touch x)'].map(trustedFingerprint => ({ trustedFingerprint })),
      ...[
        '\\\\host.example.com\\share\\x.pfx',
        '//host.example.com/x.pfx',
        '/\\host/x.pfx',
        '\\??\\UNC\\host\\x',
        'x.pfx',
        '',
      ]
        .flatMap(path => [{ pfx: path }, { cert: path }, { cert: '/home/contoso/client.pem', key: path }])
        .map(files => ({ clientCertificate: files })),
      ...['https://vbo.example.com', 'https://other.example.com:4443', 7].map(address => ({
        clientCertificate: { ...clientCertificate, address },
      })),
      ...[{ accountKind: 'root' }, { accountKind: {} }, { noProxy: 'yes' }, { noProxy: null }],
      { webConsole: 7 },
      ...[{ clientCertificate: '/x' }, { clientCertificate: { pfx: 7 } }, { clientCertificate: ['/x'] }],
      ...[{ microsoft365: true }, { microsoft365: { clientId: 'x' } }, { microsoft365: { clientId: 7, tenant: 'y' } }],
      ...[{ microsoft365: { ...microsoft365, authority: 'http://login.example.com' } }],
      ...[
        'login.microsoftonline.us',
        'https://login.example.com',
        'https://login.example.com/x',
        'https://a:b@login.example.com',
        '',
        7,
        null,
      ].map(authority => ({ microsoft365: { ...microsoft365, authority } })),
    ];
    memory.values.set(serversKey, {
      schema: 1,
      servers: nonsense.map((facts, index) => ({ ...server(`s${index}`), ...good, ...facts })),
    });
    expect(list.servers).toEqual(
      nonsense.map((facts, index) => ({
        ...{ ...server(`s${index}`), ...good },
        ...Object.fromEntries(Object.keys(facts).map(key => [key, undefined])),
      })),
    );
  });

  test('takes a version as it is of a product that it does not know', async () => {
    const [known, unknown] = [server('s1', { apiVersion: '1.1-rev0' }), server('s2', { apiVersion: '1.1-rev0' })];
    memory.values.set(serversKey, { schema: 1, servers: [known, { ...unknown, product: 'later' }] });
    await list.add(server('s3'));
    expect(list.servers.map(({ id, apiVersion }) => [id, apiVersion])).toEqual([
      ['s1', undefined],
      ['s2', '1.1-rev0'],
      ['s3', undefined],
    ]);
  });

  test('takes a version only in the form that its product writes it', () => {
    const versions = [
      ['vb365', 'v8'],
      ['vb365', 'v1_7'],
      ['enterprise-manager', 'v1_7'],
    ] as const;
    const servers = versions.map(([product, apiVersion], index) => server(`s${index}`, { product, apiVersion }));
    memory.values.set(serversKey, { schema: 1, servers });
    expect(list.servers.map(({ apiVersion }) => apiVersion)).toEqual(['v8', undefined, 'v1_7']);
  });

  test('keeps facts that it does not know', async () => {
    memory.values.set(serversKey, { schema: 1, servers: [{ ...server('s1'), later: { on: true } }] });
    await list.add(server('s2'));
    expect(list.find('s1')).toMatchObject({ later: { on: true } });
  });

  test('makes a tree of anything', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
    const folder = fc.record({ id, name: fc.string(), parent: fc.option(id, { nil: undefined }) });
    const stored = fc.record({
      schema: fc.constant(1),
      folders: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(folder, fc.jsonValue()))),
      servers: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
    });
    fc.assert(
      fc.property(fc.oneof(stored, fc.jsonValue()), value => {
        const read = readStored(value);
        expect(new Set(read.folders.map(each => each.id)).size).toBe(read.folders.length);
        for (const each of read.folders) {
          // Ends at the top level, whatever was stored.
          expect(folderNames(read.folders, each.id).at(-1)).toBe(each.name);
          expect(isWithin(read.folders, each.parent, each.id)).toBe(false);
        }
      }),
    );
  });
});

describe('what cannot be read', () => {
  const strange = [
    null,
    { id: 'later', kind: 'cluster' },
    server('plain', { url: 'http://plain.example.com' }),
  ] as const;
  const stored = () => memory.values.get(serversKey) as { folders: { id: string }[]; servers: { id: string }[] };

  test('stays where it is when the rest is written', async () => {
    memory.values.set(serversKey, {
      schema: 1,
      folders: [strange[1], { id: 'a', name: 'A' }, 7, { id: 'b', name: 'B' }],
      servers: [strange[0], server('s1'), strange[1], server('s2'), strange[2]],
      tags: ['x'],
    });
    await list.change('s1', { name: 'Renamed' });
    expect(stored()).toMatchObject({
      folders: [strange[1], { id: 'a' }, 7, { id: 'b' }],
      servers: [strange[0], { id: 's1', name: 'Renamed' }, strange[1], { id: 's2' }, strange[2]],
      tags: ['x'],
    });
    await list.remove('s2');
    await list.add(server('s3'));
    expect(stored().servers).toMatchObject([strange[0], { id: 's1' }, strange[1], strange[2], { id: 's3' }]);
    await list.remove('s1');
    await list.edit(all => dissolve(all, 'a'));
    expect(stored().servers).toMatchObject([...strange, { id: 's3' }]);
    expect(stored().folders).toMatchObject([strange[1], 7, { id: 'b' }]);
    expect(shown()).toBe('B() s3');
  });

  test('is not what is there twice: a removed server does not come back', async () => {
    memory.values.set(serversKey, {
      schema: 1,
      servers: [server('s1'), server('s2'), server('s1', { name: 'twice' }), strange[1]],
    });
    await list.change('s2', { name: 'Renamed' });
    expect(stored().servers).toMatchObject([{ id: 's1' }, { id: 's2' }, strange[1]]);
    await list.remove('s1');
    expect(shown()).toBe('s2');
  });

  test('is never lost, and the rest is in the order that it was given', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('s1', 's2', 's3').map(id => server(id)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anything), async entries => {
        memory.values.set(serversKey, { schema: 1, folders: [], servers: entries });
        const readable = list.servers.map(({ id }) => id);
        const strangers = entries.filter(each => !JSON.stringify(each).includes('example.com'));
        await list.edit(({ folders: all, servers: some }) => ({
          folders: all,
          servers: [...some, server('new')].reverse(),
        }));
        expect(list.servers.map(({ id }) => id)).toEqual(['new', ...readable.reverse()]);
        const left = stored().servers.filter(each => !JSON.stringify(each).includes('example.com'));
        expect(left.map(each => JSON.stringify(each)).sort()).toEqual(
          strangers.map(each => JSON.stringify(each)).sort(),
        );
      }),
    );
  });
});

describe('a list of a later version', () => {
  const later = { schema: 2, servers: { s1: {} }, folders: 'other' };
  beforeEach(() => memory.values.set(serversKey, later));

  test('is left as it is, and said so', async () => {
    expect(list.isFromLaterVersion).toBe(true);
    expect(list.servers).toEqual([]);
    for (const change of [
      () => list.add(server('s1')),
      () => list.addFolder('A'),
      () => list.edit(all => move(all, servers('s1'), { folder: undefined })),
      () => list.remove('s1'),
    ]) {
      await expect(change()).rejects.toThrow('was written by a later version of this extension and was left unchanged');
    }
    expect(memory.values.get(serversKey)).toEqual(later);
  });
});

describe('two windows', () => {
  let other: ServerList;
  beforeEach(() => {
    other = new ServerList(memory);
  });

  test('do not overwrite what the other one adds', async () => {
    const a = await list.addFolder('A');
    await Promise.all([
      list.add(server('s1', { folder: a })),
      other.add(server('s2')),
      other.renameFolder(a, 'Renamed'),
      list.add(server('s3')),
      other.edit(all => move(all, servers('s1'), { folder: undefined })),
    ]);
    expect(shown()).toBe('Renamed() s2 s3 s1');
    expect(other.content).toEqual(list.content);
  });

  test('show what the other one has changed when they look', async () => {
    await other.add(server('s1'));
    expect(changes).toBe(0);
    list.checkForChanges();
    expect(changes).toBe(1);
    list.checkForChanges();
    expect(changes).toBe(1);
  });

  test('do not take their own change for one of the other', async () => {
    await list.add(server('s1'));
    expect(changes).toBe(1);
    list.checkForChanges();
    expect(changes).toBe(1);
  });

  test('cannot bring back what the other one has removed', async () => {
    await list.add(server('s1'));
    await other.remove('s1');
    await list.change('s1', { name: 'back' });
    await list.edit(all => move(all, servers('s1'), { folder: undefined }));
    expect(shown()).toBe('');
  });

  test('put nothing into a folder that the other one has removed', async () => {
    const { a } = await fill();
    await other.edit(all => dissolve(all, a));
    await list.edit(all => move(all, servers('s4'), { folder: a }));
    await list.addFolder('New', a);
    expect(shown()).toBe('B(s3) New() s1 s2 s4 s5');
  });
});

describe('moving', () => {
  test('puts servers and folders at the end of a folder or of the top level', async () => {
    const { a, b } = await fill();
    await list.edit(all => move(all, servers('s4', 's1'), { folder: b }));
    expect(shown()).toBe('A(B(s3 s1 s4) s2) s5');
    await list.edit(all => move(all, { folders: [b], servers: ['s2'] }, { folder: undefined }));
    expect(shown()).toBe('A() B(s3 s1 s4) s5 s2');
    await list.edit(all => move(all, folders(a), { folder: b }));
    expect(shown()).toBe('B(A() s3 s1 s4) s5 s2');
  });

  test('takes along what is in a folder, once', async () => {
    const { a, b } = await fill();
    const c = await list.addFolder('C');
    await list.edit(all => move(all, { folders: [a, b], servers: ['s1', 's3', 's5'] }, { folder: c }));
    expect(shown()).toBe('C(A(B(s3) s1 s2) s5) s4');
  });

  test('never puts a folder into itself', async () => {
    const { a, b } = await fill();
    await list.edit(all => move(all, { folders: [a], servers: ['s4'] }, { folder: b }));
    expect(shown()).toBe('A(B(s3 s4) s1 s2) s5');
    const before = changes;
    await list.edit(all => move(all, folders(a), { folder: a }));
    expect(changes).toBe(before);
  });

  test('onto a server takes its place: above it from below and from elsewhere, behind it from above', async () => {
    await fill();
    await list.edit(all => move(all, servers('s5'), { server: 's4' }));
    expect(shown()).toBe('A(B(s3) s1 s2) s5 s4');
    await list.edit(all => move(all, servers('s5'), { server: 's4' }));
    expect(shown()).toBe('A(B(s3) s1 s2) s4 s5');
    await list.edit(all => move(all, servers('s4', 's5'), { server: 's2' }));
    expect(shown()).toBe('A(B(s3) s1 s4 s5 s2)');
    await list.edit(all => move(all, servers('s1', 's4'), { server: 's2' }));
    expect(shown()).toBe('A(B(s3) s5 s2 s1 s4)');
  });

  test('onto one of themselves, or onto what is gone, changes nothing', async () => {
    await fill();
    const before = changes;
    await list.edit(all => move(all, servers('s4', 's5'), { server: 's5' }));
    await list.edit(all => move(all, servers('s4'), { server: 'gone' }));
    await list.edit(all => move(all, servers('gone'), { folder: undefined }));
    expect(changes).toBe(before);
  });

  test('by a step goes over siblings only, several at once', async () => {
    const { b } = await fill();
    const c = await list.addFolder('C');
    await list.edit(all => shift(all, servers('s4', 's5'), -1));
    expect(shown()).toBe('A(B(s3) s1 s2) C() s4 s5');
    await list.edit(all => shift(all, { folders: [c], servers: ['s5', 's2'] }, -1));
    expect(shown()).toBe('C() A(B(s3) s2 s1) s5 s4');
    await list.edit(all => shift(all, { folders: [b], servers: ['s5', 's2'] }, 1));
    expect(shown()).toBe('C() A(B(s3) s1 s2) s4 s5');
  });

  test('keeps every server once and makes no cycle, whatever is moved where', async () => {
    const ids = ['f1', 'f2', 'f3'];
    const serverIds = ['s1', 's2', 's3', 's4'];
    const things = fc.record({ folders: fc.subarray(ids), servers: fc.subarray(serverIds) });
    const place = fc.oneof(
      fc.record({ folder: fc.constantFrom(undefined, 'gone', ...ids) }),
      fc.record({ server: fc.constantFrom('gone', ...serverIds) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(things, place), { maxLength: 8 }), async moves => {
        memory.values.set(serversKey, {
          schema: 1,
          folders: ids.map((id): SavedFolder => ({ id, name: id })),
          servers: serverIds.map(id => server(id)),
        });
        for (const [what, where] of moves) {
          await list.edit(all => move(all, what, where));
        }
        expect(
          shown()
            .match(/\b[fs]\d/g)
            ?.toSorted(),
        ).toEqual([...ids, ...serverIds]);
      }),
    );
  });
});

test('a removed folder leaves its servers and folders to the one around it', async () => {
  const { a, b } = await fill();
  await list.edit(all => dissolve(all, b));
  expect(shown()).toBe('A(s1 s2 s3) s4 s5');
  await list.edit(all => dissolve(all, a));
  expect(shown()).toBe('s1 s2 s3 s4 s5');
});
