import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import manifest from '../../../../package.json';
import { products } from '../../../../src/products/registry';
import { usualAccountKind } from '../../../../src/products/signIn';
import { vb365 } from '../../../../src/products/vb365/info';
import { type FileContent, largestFile, readFile, writeFile } from '../../../../src/servers/list/exportedList';
import { carryOut, newCertificates, planImport } from '../../../../src/servers/list/importList';
import { labelColors, type SavedServer } from '../../../../src/servers/list/savedServer';
import { savedSignIns } from '../../../../src/servers/list/serverFacts';
import { readStored, type StoredList } from '../../../../src/servers/list/storedList';
import { startVb365 } from '../../../sample-servers';
import { World } from '../../support';

const schemaFile = join(import.meta.dirname, '../../../../media/servers.schema.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const documented = new Ajv({ strict: false }).compile(schema);

const pin = 'AB:'.repeat(32).slice(0, -1);
const otherPin = 'CD:'.repeat(32).slice(0, -1);
const entry = {
  name: 'Contoso M365',
  product: 'vb365',
  url: 'https://m365.example.com:4443',
  userName: 'CONTOSO\\backup',
};
const microsoft365 = {
  clientId: '00000000-0000-0000-0000-000000000001',
  tenant: 'contoso.onmicrosoft.com',
  authority: 'https://login.microsoftonline.us',
};
const empty: StoredList = { folders: [], servers: [] };

function saved(id: string, facts: Partial<SavedServer> = {}): SavedServer {
  return { id, ...entry, ...facts };
}

/** As if the user had agreed to all of it, or to no certificate. */
function importInto(list: StoredList, file: FileContent, trusted: boolean) {
  const plan = planImport(list, file);
  const changes = new Set(plan.changes);
  const certificates = new Set(trusted ? newCertificates(plan) : []);
  const updated = new Set(plan.changes.map(({ server }) => server)).size;
  return {
    list: carryOut(list, plan, { changes, certificates }),
    added: plan.added.length,
    updated,
    unchanged: plan.known - updated,
    skipped: plan.skipped,
    keptCertificates: plan.keptCertificates,
  };
}

function read(...servers: unknown[]): FileContent {
  const content = readFile(JSON.stringify({ version: 1, servers }));
  if (typeof content === 'string') {
    throw new Error(content);
  }
  return content;
}

describe('an exported file', () => {
  const list: StoredList = {
    folders: [
      { id: 'a', name: 'Customers' },
      { id: 'b', name: 'North / East', parent: 'a' },
    ],
    servers: [
      saved('1', { folder: 'b', label: { text: 'production', color: 'red' }, apiVersion: 'v8', version: '8.0.2.159' }),
      saved('2', { url: 'https://em.example.com', product: 'enterprise-manager', trustedFingerprint: pin }),
      saved('3', {
        ...{ url: 'https://em.example.com', product: 'enterprise-manager', accountKind: 'tenant' },
        ...{
          noProxy: true,
          webConsole: 'https://portal.example.com/em',
          clientCertificate: { pfx: '/home/contoso/client.pfx' },
        },
      }),
      saved('4', { userName: 'admin@contoso.onmicrosoft.com', microsoft365 }),
    ],
  };

  test('is what the schema documents', () => {
    const file: unknown = JSON.parse(writeFile(list));
    expect(documented(file), JSON.stringify(documented.errors)).toBe(true);
    expect(file).toEqual({
      version: 1,
      servers: [
        {
          ...entry,
          apiVersion: 'v8',
          folder: ['Customers', 'North / East'],
          label: { text: 'production', color: 'red' },
        },
        { ...entry, product: 'enterprise-manager', url: 'https://em.example.com:443', trustedFingerprint: pin },
        {
          ...{ ...entry, product: 'enterprise-manager', url: 'https://em.example.com:443' },
          ...{ accountKind: 'tenant', noProxy: true, webConsole: 'https://portal.example.com/em' },
        },
        { ...entry, userName: 'admin@contoso.onmicrosoft.com', microsoft365 },
      ],
    });
  });

  test('is imported as it was', () => {
    const { list: copy, added } = importInto(empty, readFile(writeFile(list)) as FileContent, true);
    expect(added).toBe(4);
    expect(writeFile(copy)).toBe(writeFile(list));
    expect(copy.servers.map(({ url }) => url)).toEqual(list.servers.map(({ url }) => url));
    const again = importInto(copy, readFile(writeFile(list)) as FileContent, true);
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 4, skipped: [] });
    expect(again.list).toBe(copy);
  });

  test('holds no secret, whatever is stored beside the list or in it', async () => {
    const { server, world, node } = await World.with('vb365', startVb365());
    await world.open(node);
    await world.list.change(node.item.id, { password: 'hidden-1', session: { token: 'hidden-2' } } as never);
    const file = writeFile(world.list.content);
    const secrets = JSON.stringify([...world.secrets.values.values()]).match(/[^"\\]{12,}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(1);
    for (const secret of [server.password, 'hidden-1', 'hidden-2', ...secrets]) {
      expect(file).not.toContain(secret);
    }
    expect(file).toContain(server.url);
  });

  test('has an editor that knows its schema, with all products and colours', () => {
    expect(manifest.contributes.jsonValidation).toEqual([
      { fileMatch: '*.backup-tenancy.json', url: './media/servers.schema.json' },
    ]);
    const { product, label, accountKind, microsoft365: microsoft } = schema.properties.servers.items.properties;
    expect(product.enum).toEqual(products.map(({ id }) => id));
    const kinds = products.flatMap(({ savedAccountKinds = [] }) => savedAccountKinds.map(({ id }) => id));
    expect(new Set(accountKind.enum)).toEqual(new Set([usualAccountKind, ...kinds]));
    expect(label.properties.color.enum).toEqual(labelColors);
    for (const { way, fields } of savedSignIns) {
      const { properties } = schema.properties.servers.items.properties[way];
      expect(Object.keys(properties).sort()).toEqual(Object.keys(fields).sort());
    }
    expect(microsoft.properties.authority.enum).toEqual(vb365.savedSignIns[0].fields.authority.choices);
  });
});

describe('reading a file', () => {
  test.each([
    ['nothing', '', 'not valid JSON'],
    ['half of one', '{"version":1,"servers":[', 'not valid JSON'],
    ['a number', '7', 'not a list of servers'],
    ['null', 'null', 'not a list of servers'],
    ['an array', '[]', 'not a list of servers'],
    ['servers of another type', '{"version":1,"servers":{"length":1}}', 'not a list of servers'],
    ['a later version', '{"version":2,"servers":[]}', 'later version'],
    ['version 0', '{"version":0,"servers":[]}', 'not a list of servers'],
    ['half a version', '{"version":0.5,"servers":[]}', 'not a list of servers'],
    ['one version and a half', '{"version":1.5,"servers":[]}', 'not a list of servers'],
    ['a version of another type', '{"version":"2","servers":[]}', 'not a list of servers'],
    ['a version without end', '{"version":1e999,"servers":[]}', 'not a list of servers'],
    ['a huge file', ' '.repeat(largestFile + 1), 'too large'],
    ['deep nesting', '['.repeat(1_000_000), 'not valid JSON'],
    ['too many', JSON.stringify({ version: 1, servers: Array(5001).fill(null) }), 'more than'],
  ])('says what is wrong with %s', (_, text, sentence) => {
    expect(readFile(text)).toContain(sentence);
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'not an object'],
    ['an array', [entry], 'not an object'],
    ['a name of another type', { ...entry, name: ['x'] }, 'its name'],
    ['an empty name', { ...entry, name: '\u202e \n' }, 'its name'],
    ['a huge name', { ...entry, name: 'x'.repeat(100_000) }, 'its name'],
    ['no user', { ...entry, userName: undefined }, 'its user name'],
    ['an unknown product', { ...entry, product: 'toString' }, 'product is not supported'],
    ['a product of another type', { ...entry, product: { id: 'vb365' } }, 'product is not supported'],
    ['plain HTTP', { ...entry, url: 'http://m365.example.com:4443' }, 'not an https address'],
    ['a file', { ...entry, url: 'file:///etc/passwd' }, 'not an https address'],
    ['a password in the address', { ...entry, url: 'https://a:hunter2@m365.example.com' }, 'not an https address'],
    ['a path for a version', { ...entry, apiVersion: 'v8/../../x' }, 'API version'],
    ['another version than any product has', { ...entry, apiVersion: '8.0' }, 'API version'],
    ['a number for a version', { ...entry, apiVersion: 8 }, 'API version'],
    ['a short fingerprint', { ...entry, trustedFingerprint: 'AB:CD' }, 'fingerprint'],
    ['a folder of another type', { ...entry, folder: 'Customers' }, 'its folder'],
    ['a folder without end', { ...entry, folder: Array(1000).fill('x') }, 'its folder'],
    ['a label of another type', { ...entry, label: 'production' }, 'its label'],
    ['an unknown colour', { ...entry, label: { color: 'constructor' } }, 'its label'],
    ['an unknown kind of account', { ...entry, accountKind: 'root' }, 'kind of account'],
    ['a kind of account that the product does not have', { ...entry, accountKind: 'tenant' }, 'kind of account'],
    ['a web console without TLS', { ...entry, webConsole: 'http://portal.example.com' }, 'web console'],
    ['a web console with a password', { ...entry, webConsole: 'https://a:hunter2@portal.example.com' }, 'web console'],
    ['a word for the proxy', { ...entry, noProxy: 'yes' }, '"noProxy"'],
    ['a Microsoft 365 account of another type', { ...entry, microsoft365: 'contoso' }, 'Microsoft 365'],
    ['half a Microsoft 365 account', { ...entry, microsoft365: { tenant: 'contoso' } }, 'Microsoft 365'],
    [
      'a sign-in service that is not one of Microsoft',
      { ...entry, microsoft365: { ...microsoft365, authority: 'https://login.example.com' } },
      'Microsoft 365',
    ],
    ['a prototype', JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(entry).slice(1)}`), 'it has an unknown field'],
    ['a constructor', { ...entry, constructor: {} }, 'it has an unknown field'],
  ])('passes over an entry with %s, and takes the others', (_, bad, reason) => {
    const content = read(bad, { ...entry, name: 'good' });
    expect(content.servers.map(({ name }) => name)).toEqual(['good']);
    expect(content.refused).toHaveLength(1);
    expect(content.refused[0]?.reason).toContain(reason);
    expect(JSON.stringify(content)).not.toContain('hunter2');
  });

  test('takes a byte order mark, and addresses and fingerprints in any common spelling', () => {
    const text = JSON.stringify({
      version: 1,
      servers: [
        { ...entry, url: 'https://M365.example.com/', trustedFingerprint: pin.replaceAll(':', '').toLowerCase() },
      ],
    });
    expect(readFile(`\uFEFF${text}`)).toMatchObject({ servers: [{ url: entry.url, trustedFingerprint: pin }] });
  });

  test('calls a refused entry by its name or number, never by its address or another text of it', () => {
    const address = 'https://a:hunter2@m365.example.com';
    const titles = read(
      { ...entry, url: address, name: 'Contoso\n\u202eM365' },
      { ...entry, url: address, name: undefined },
      { ...entry, url: 'https:a:hunter2@m365.example.com', name: ' ' },
      { ...entry, url: `${address}?hunter3`, name: { text: 'hunter4' } },
      address,
      { ...entry, url: address, name: `Contoso ${'x'.repeat(200)}` },
    ).refused.map(({ entry: title }) => title);
    expect(titles.slice(0, 5)).toEqual(['Contoso M365', 'entry 2', 'entry 3', 'entry 4', 'entry 5']);
    expect(titles[5]).toMatch(/^Contoso x+…$/);
    expect(titles[5]).toHaveLength(60);
  });

  test('does not read passwords, and says so', () => {
    const content = read(
      { ...entry, password: 'hunter2', accessToken: 'hunter3' },
      { ...entry, userName: 'b', label: { text: 'x', secret: 'hunter4' } },
      { ...entry, userName: 'c' },
    );
    expect(content.withSecrets).toBe(2);
    expect(content.servers).toHaveLength(3);
    expect(JSON.stringify(content)).not.toContain('hunter');
    expect(JSON.stringify(importInto(empty, content, true))).not.toContain('hunter');
  });
});

describe('importing', () => {
  const list: StoredList = {
    folders: [{ id: 'a', name: 'Customers' }],
    servers: [saved('1', { version: '8.0', trustedFingerprint: pin }), saved('2', { userName: 'other', folder: 'a' })],
  };

  test('adds, updates, counts, and removes nothing', () => {
    const content = read(
      { ...entry, name: 'Renamed', apiVersion: 'v8', folder: ['Customers', 'North'], label: { text: 'test' } },
      { ...entry, name: 'New', url: 'https://new.example.com:4443', folder: ['Customers'] },
      { ...entry, name: 'Again' },
      7,
    );
    const result = importInto(list, content, false);
    expect(result).toMatchObject({ added: 1, updated: 1, unchanged: 0 });
    expect(result.skipped.map(({ entry: name, reason }) => `${name}: ${reason}`)).toEqual([
      'entry 4: it is not an object',
      'Again: it is in the file twice',
    ]);
    const [north] = result.list.folders.slice(1);
    expect(north).toMatchObject({ name: 'North', parent: 'a' });
    expect(result.list.servers).toMatchObject([
      { id: '1', name: 'Renamed', apiVersion: 'v8', version: '8.0', folder: north?.id, label: { text: 'test' } },
      { id: '2' },
      { name: 'New', folder: 'a' },
    ]);
  });

  test('leaves alone what the file does not tell', () => {
    const labelled: StoredList = {
      ...list,
      servers: [saved('1', { folder: 'a', label: { color: 'red' }, apiVersion: 'v7' })],
    };
    expect(importInto(labelled, read(entry), false)).toMatchObject({ updated: 0, unchanged: 1 });
    const moved = importInto(labelled, read({ ...entry, folder: [] }), false);
    expect(moved.list.servers[0]).toMatchObject({ folder: undefined, label: { color: 'red' }, apiVersion: 'v7' });
  });

  test('keeps a tenant and an administrator of one name apart', () => {
    const manager = { ...entry, product: 'enterprise-manager', url: 'https://em.example.com:9398' };
    const content = read(
      { ...manager, name: 'Tenant', accountKind: 'tenant' },
      { ...manager, name: 'Administrator', accountKind: 'administrator' },
      { ...manager, name: 'Unsaid' },
    );
    const known: StoredList = { folders: [], servers: [{ ...saved('1'), ...manager, name: 'Administrator' }] };
    const result = importInto(known, content, false);
    expect(result).toMatchObject({ added: 1, updated: 0, unchanged: 1, skipped: [{ entry: 'Unsaid' }] });
    expect(result.list.servers).toMatchObject([
      { id: '1', name: 'Administrator' },
      { name: 'Tenant', accountKind: 'tenant' },
    ]);
    expect(importInto(result.list, content, false)).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
  });

  test.each([{ noProxy: true }, { microsoft365 }, { microsoft365: { ...microsoft365, authority: undefined } }])(
    'takes over %j, and leaves what is of this computer',
    facts => {
      const clientCertificate = { pfx: '/home/contoso/client.pfx' };
      const mine: StoredList = {
        folders: [],
        servers: [saved('1', { clientCertificate, microsoft365: { clientId: 'x', tenant: 'y' } })],
      };
      const content = read({ ...entry, ...facts, clientCertificate: { pfx: '/home/fabrikam/client.pfx' } });
      const result = importInto(mine, content, false);
      expect(result).toMatchObject({ added: 0, updated: 1 });
      expect(result.list.servers[0]).toMatchObject({ ...JSON.parse(JSON.stringify(facts)), clientCertificate });
      expect(importInto(result.list, content, false)).toMatchObject({ updated: 0, unchanged: 1 });
    },
  );

  test('trusts a certificate of the file for a server that it adds alone, and only when the user has agreed', () => {
    const content = read(
      { ...entry, trustedFingerprint: otherPin },
      { ...entry, userName: 'other', trustedFingerprint: pin },
      { ...entry, userName: 'new', trustedFingerprint: pin },
    );
    expect(newCertificates(planImport(list, content)).map(({ userName }) => userName)).toEqual(['new']);
    const pins = (trusted: boolean) =>
      importInto(list, content, trusted).list.servers.map(({ trustedFingerprint }) => trustedFingerprint);
    expect(pins(false)).toEqual([pin, undefined, undefined]);
    expect(pins(true)).toEqual([pin, undefined, pin]);
    expect(planImport(list, content).keptCertificates).toEqual([entry.name, entry.name]);
  });

  test('lists every change of a known server, and makes those alone that the user has agreed to', () => {
    const content = read({
      ...{ ...entry, name: 'Renamed', apiVersion: 'v7', noProxy: true, microsoft365, folder: ['New'] },
      webConsole: 'https://portal.example.com',
      label: { color: 'red' },
    });
    const plan = planImport(list, content);
    expect(plan.changes.map(({ fact, before, after }) => [fact, before[fact], after[fact]])).toEqual([
      ['name', entry.name, 'Renamed'],
      ['folder', [], ['New']],
      ['apiVersion', undefined, 'v7'],
      ['noProxy', false, true],
      ['webConsole', undefined, 'https://portal.example.com'],
      ['microsoft365', undefined, microsoft365],
      ['label', undefined, { text: undefined, color: 'red' }],
    ]);
    const carriedOut = (...facts: string[]) =>
      carryOut(list, plan, {
        changes: new Set(plan.changes.filter(({ fact }) => facts.includes(fact))),
        certificates: new Set(),
      });
    expect(carriedOut()).toBe(list);
    expect(carriedOut('apiVersion', 'label')).toEqual({
      folders: list.folders,
      servers: [{ ...list.servers[0], apiVersion: 'v7', label: { color: 'red' } }, list.servers[1]],
    });
    expect(carriedOut('folder').folders.at(-1)).toMatchObject({ name: 'New' });
  });

  test.each(['backup-replication', 'service-provider-console'])(
    'changes nothing of a known server of %s that is not listed, and pins nothing for it',
    product => {
      const apiVersion = product === 'backup-replication' ? '1.3-rev2' : 'v3';
      const mine: StoredList = { folders: [], servers: [saved('1', { product })] };
      const known = { ...entry, product };
      const content = read(
        { ...known, name: 'Renamed', noProxy: true, apiVersion, folder: ['New'], trustedFingerprint: otherPin },
        // Another port, address, account or kind of account is another server.
        { ...known, url: 'https://m365.example.com:9999', trustedFingerprint: otherPin },
        { ...known, url: 'https://evil.example.com:4443' },
        { ...known, userName: 'other' },
        ...(product === 'service-provider-console' ? [{ ...known, accountKind: 'apiKey', userName: '' }] : []),
      );
      const plan = planImport(mine, content);
      expect(plan.changes.map(({ server, fact }) => `${server.id} ${fact}`)).toEqual([
        ...['1 name', '1 folder', '1 apiVersion', '1 noProxy'],
      ]);
      expect(plan.keptCertificates).toEqual(['Renamed']);
      expect(newCertificates(plan).map(({ url }) => url)).toEqual(['https://m365.example.com:9999']);
      const declined = carryOut(mine, plan, { changes: new Set(), certificates: new Set() });
      expect(declined.servers[0]).toEqual(mine.servers[0]);
      expect(declined.servers.slice(1).map(({ trustedFingerprint }) => trustedFingerprint ?? 'none')).toEqual(
        plan.added.map(() => 'none'),
      );
      const agreed = carryOut(mine, plan, {
        changes: new Set(plan.changes),
        certificates: new Set(newCertificates(plan)),
      });
      expect(agreed.servers[0]).toMatchObject({ id: '1', name: 'Renamed', noProxy: true, apiVersion, url: entry.url });
      expect(agreed.servers[0]?.trustedFingerprint).toBeUndefined();
      expect(plan.added).toHaveLength(product === 'service-provider-console' ? 4 : 3);
    },
  );

  test('leaves what has changed while the user was asked', () => {
    const content = read(
      { ...entry, name: 'Renamed', noProxy: true },
      { ...entry, name: 'Renamed, too', userName: 'other' },
      { ...entry, userName: 'new' },
    );
    const plan = planImport(list, content);
    const now: StoredList = {
      folders: list.folders,
      servers: [
        { ...(list.servers[0] as SavedServer), name: 'Renamed elsewhere' },
        { ...(list.servers[1] as SavedServer), url: 'https://elsewhere.example.com:4443' },
        saved('3', { userName: 'new' }),
        saved('4', { userName: 'added elsewhere' }),
      ],
    };
    const { servers } = carryOut(now, plan, { changes: new Set(plan.changes), certificates: new Set() });
    expect(servers).toEqual([{ ...now.servers[0], noProxy: true }, ...now.servers.slice(1)]);
  });

  test('of anything ends without an exception, with servers as they may be, and without secrets', () => {
    const secretKey = fc.constantFrom('password', 'Passwort_pass', 'refreshToken', 'clientSecret', 'pwd', 'apiKey');
    const likely = fc.record(
      {
        name: fc.oneof(fc.string(), fc.jsonValue()),
        product: fc.oneof(fc.constantFrom('vb365', 'enterprise-manager'), fc.jsonValue()),
        url: fc.oneof(fc.webUrl(), fc.constant(entry.url), fc.jsonValue()),
        userName: fc.oneof(fc.string(), fc.jsonValue()),
        apiVersion: fc.oneof(fc.constant('v8'), fc.jsonValue()),
        trustedFingerprint: fc.oneof(fc.constant(pin), fc.jsonValue()),
        accountKind: fc.oneof(fc.constantFrom('administrator', 'tenant'), fc.jsonValue()),
        webConsole: fc.oneof(fc.webUrl(), fc.jsonValue()),
        noProxy: fc.oneof(fc.boolean(), fc.jsonValue()),
        microsoft365: fc.oneof(
          fc.constant({ ...microsoft365, clientSecret: 'hunter2' }),
          fc.record({ clientId: fc.string(), tenant: fc.string() }),
          fc.jsonValue(),
        ),
        folder: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
        label: fc.oneof(
          fc.record({ text: fc.string(), color: fc.constantFrom(...labelColors), token: fc.constant('hunter2') }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: ['name', 'product', 'url', 'userName'] },
    );
    const withSecret = fc.tuple(likely, secretKey).map(([fields, key]) => ({ ...fields, [key]: 'hunter2' }));
    const file = fc.record({
      version: fc.constant(1),
      servers: fc.array(fc.oneof(likely, withSecret, fc.jsonValue())),
    });
    const text = fc.oneof({ weight: 4, arbitrary: file.map(value => JSON.stringify(value)) }, fc.json(), fc.string());
    fc.assert(
      fc.property(text, fc.boolean(), (given, trusted) => {
        const content = readFile(given);
        if (typeof content === 'string') {
          return;
        }
        const result = importInto(list, content, trusted);
        expect(JSON.stringify(result)).not.toContain('hunter2');
        expect(result.added + result.updated + result.unchanged + result.skipped.length).toBe(
          content.servers.length + content.refused.length,
        );
        expect(result.list.servers.map(({ id }) => id).slice(0, 2)).toEqual(['1', '2']);
        // Nothing has come in that would be passed over as nonsense later.
        const stored = JSON.parse(JSON.stringify({ schema: 1, ...result.list }));
        expect(readStored(stored).servers).toHaveLength(result.list.servers.length);
        const exported: unknown = JSON.parse(writeFile(result.list));
        expect(documented(exported), JSON.stringify(documented.errors)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
