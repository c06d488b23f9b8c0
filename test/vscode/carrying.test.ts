import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { readLink } from '../../src/views/links/readLink';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, run } from './support';

interface Exported {
  readonly file: string;
  readonly rows: number;
  readonly incomplete: readonly { readonly path: string; readonly message: string }[];
}

describe('taking along in VS Code', () => {
  let vb365: Awaited<ReturnType<typeof startVb365>>;
  let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
  let vb365Id: string;
  let enterpriseManagerId: string;
  let folder: string;

  before(async () => {
    vb365 = await startVb365({ hostileNames: true });
    enterpriseManager = await startEnterpriseManager({ tenants: 30 });
    vb365Id = await addServer('vb365', vb365, 'carrying-m365');
    enterpriseManagerId = await addServer('enterprise-manager', enterpriseManager, 'carrying-em');
    folder = await mkdtemp(join(tmpdir(), 'carrying-'));
  });

  after(async () => {
    await Promise.all([vb365.close(), enterpriseManager.close()]);
    await rm(folder, { recursive: true });
  });

  it('exports a server that nobody has opened yet, for a script', async () => {
    const tenants = [...enterpriseManager.data.tenants];
    const file = join(folder, 'em.json');
    const { rows, incomplete, ...rest } = await run<Exported>('exportList', {
      items: [enterpriseManagerId],
      format: 'json',
      file,
    });
    assert.deepEqual(rest, { file });
    assert.deepEqual(incomplete, []);
    const records: { kind: string; id: string; key: string; path: string[] }[] = JSON.parse(
      await readFile(file, 'utf8'),
    );
    assert.equal(records.length, rows);
    assert.deepEqual(
      records.filter(({ kind }) => kind === 'tenant').map(({ id }) => id),
      tenants.map(({ id }) => id),
    );
    const subtenants = tenants.flatMap(tenant => [...tenant.subtenants]);
    assert.equal(records.filter(({ kind }) => kind === 'subtenant').length, subtenants.length);
    assert.deepEqual(records.find(({ kind }) => kind === 'subtenant')?.path, [
      ...['carrying-em', 'Cloud Tenants', 'Northwind', 'nw-user-01'],
    ]);
  });

  it('writes a file that a Uri names, and leaves nothing beside it', async () => {
    const file = vscode.Uri.file(join(folder, 'm365.csv'));
    const { rows, incomplete } = await run<Exported>('exportList', { items: [vb365Id], format: 'csv', file });
    const text = await readFile(file.fsPath, 'utf8');
    assert.deepEqual(incomplete, []);
    assert.ok(text.startsWith('\uFEFFserver,product,kind,'));
    assert.equal(rows, text.split('\r\n').length - 2);
    // The worst of the names is a cell, and none that is computed.
    assert.match(text, /,"'=HYPERLINK\(""http:\/\/example.com""/);
    assert.deepEqual((await readdir(folder)).sort(), ['em.json', 'm365.csv']);
  });

  it('leaves the file that is there if it cannot be written, and says so', async () => {
    const file = join(folder, 'missing', 'file.csv');
    await writeFile(join(folder, 'missing'), 'a file, not a folder');
    await assert.rejects(run('exportList', { items: [vb365Id], format: 'csv', file }));
    assert.equal(await readFile(join(folder, 'missing'), 'utf8'), 'a file, not a folder');
    assert.ok(!(await readdir(folder)).some(name => name.endsWith('.tmp')));
  });

  it('refuses what a script gets wrong with a word to its author', async () => {
    const good = { items: [vb365Id], format: 'csv', file: join(folder, 'x.csv') };
    await assert.rejects(run('exportList', { ...good, format: 'xlsx' }), /format must be one of csv, json, markdown/);
    await assert.rejects(run('exportList', { ...good, items: ['nowhere'] }), /there is no item nowhere/);
    await assert.rejects(run('exportList', { ...good, items: [`${vb365Id}/group:x`] }), /there is no item/);
    await assert.rejects(run('exportList', { ...good, items: [7] }), /items must be keys or ids/);
    await assert.rejects(run('exportList', { ...good, file: 7 }), /file must be a path or a Uri/);
    await assert.rejects(run('exportList', { ...good, file: 'tenants.csv' }), /path of file must be absolute/);
    await assert.rejects(run('copyAs', 'yaml', vb365Id), /the form must be one of id, urn, name/);
  });

  it('copies in each form for a script and answers with the text', async () => {
    const tenant = enterpriseManager.data.tenants.at(0);
    const key = `${enterpriseManagerId}/group:tenants/tenant:${tenant.id}`;
    assert.equal(await run('copyAs', 'path', key), 'carrying-em / Cloud Tenants / Northwind');
    const command = await run<string>('copyAs', 'curl', key);
    assert.equal(await vscode.env.clipboard.readText(), command);
    assert.ok(command.includes(`'${enterpriseManager.url}/api/cloud/tenants/${tenant.id}?format=Entity'`));
    assert.ok(command.includes(enterpriseManager.fingerprint));
    const records: unknown = JSON.parse(await run<string>('copyAs', 'json', key, enterpriseManagerId));
    assert.ok(Array.isArray(records) && records.length === 2);
    assert.equal(await run('copyAs', 'id', enterpriseManagerId), undefined);
  });

  it('links to an item with a text that leads back to it', async () => {
    const tenant = enterpriseManager.data.tenants.at(0);
    const key = `${enterpriseManagerId}/group:tenants/tenant:${tenant.id}`;
    const text = await run<string>('copyAs', 'markdown', key);
    const [, label, link = ''] = /^\[(.*)\]\((.*)\)$/.exec(text) ?? [];
    assert.equal(label, 'Northwind');
    const { scheme, authority, path, query } = vscode.Uri.parse(link);
    assert.deepEqual(
      [scheme, authority, path],
      [...[vscode.env.uriScheme, 'backup-tenancy.backup-tenancy-explorer', '/open']],
    );
    assert.deepEqual(readLink({ path, query }), { type: 'open', server: enterpriseManager.url, key });
  });

  it('puts no secret into anything', async () => {
    const texts = await Promise.all([
      readFile(join(folder, 'em.json'), 'utf8'),
      readFile(join(folder, 'm365.csv'), 'utf8'),
      ...['json', 'curl', 'powershell', 'markdown'].map(form =>
        run<string>('copyAs', form, enterpriseManager.data.tenants.at(0).id),
      ),
    ]);
    const sent = [vb365, enterpriseManager].flatMap(({ requests }) =>
      requests.flatMap(({ headers }) => [headers.authorization ?? [], headers['x-restsvcsessionid'] ?? []].flat()),
    );
    const secrets = [vb365.password, ...sent.map(value => value.replace(/^(Bearer|Basic) /, ''))];
    assert.ok(secrets.length > 5);
    for (const text of texts) {
      assert.ok(!secrets.some(secret => text.includes(secret)));
      assert.ok(!text.includes('svc-browse'));
    }
  });
});
