import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Certificate, createCertificate, startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const workbench = useWorkbench();
let certificate: Certificate;
let vb365: Awaited<ReturnType<typeof startVb365>>;
let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;

beforeAll(async () => {
  certificate = await createCertificate();
  vb365 = await startVb365({ certificate });
  // The other files browse release 12.
  enterpriseManager = await startEnterpriseManager({ release: 13 });
});

afterAll(async () => {
  await Promise.all([vb365.close(), enterpriseManager.close()]);
});

test('adds a server, asked step by step, and opens it with the session of the wizard', async () => {
  await workbench().openView();
  await addServer(workbench(), vb365);
  expect(await workbench().row('127.0.0.1')).toMatchObject({
    level: 1,
    description: 'VB365 8.0.2.159 · API v8',
  });
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
});

test('says over the tree how old the oldest open list is', async () => {
  await expect.poll(() => workbench().viewDescription()).toMatch(/^as of \d/);
  await workbench().screenshot('out/screenshots/as-of.png');
  await workbench().collapse('127.0.0.1');
  await expect.poll(() => workbench().viewDescription()).toBe('');
  await workbench().expand('127.0.0.1');
  await expect.poll(() => workbench().viewDescription()).toMatch(/^as of \d/);
});

test('shows a certificate that has changed as a row, and goes on once it is trusted', async () => {
  const { port, fingerprint } = vb365;
  await vb365.close();
  certificate = await createCertificate();
  vb365 = await startVb365({ port, certificate });
  await workbench().contextMenu('127.0.0.1', 'Refresh');
  expect(await workbench().row('Certificate has changed')).toMatchObject({ level: 2 });
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('certificate has changed');
  expect(vb365.requests).toHaveLength(0);
  await workbench().screenshot('out/screenshots/error-certificate.png');
  await workbench().inlineAction('Certificate has changed', 'Trust Certificate…');
  const dialog = await workbench().dialog();
  const detail = (await dialog.detail()).replaceAll(/\s/g, '');
  expect(detail).toContain(fingerprint);
  expect(detail).toContain(vb365.fingerprint);
  await workbench().screenshot('out/screenshots/trust-dialog.png');
  await dialog.press('Trust the New Certificate for This Server');
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('VB365 8.0.2.159 · API v8');
});

test('opens repositories and the organizations in each', async () => {
  await workbench().expand('Backup Repositories');
  await workbench().expand('Repo North');
  expect(await workbench().row('Contoso')).toMatchObject({ level: 4, expanded: false });
});

test('copies an ID from the row, from its menu, and by Ctrl+C', async () => {
  const [contoso, fabrikam] = vb365.data.repositories.at(0).organizations.slice(0, 2);
  await workbench().inlineAction('Contoso', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(contoso?.id);
  await workbench().contextMenu('Fabrikam', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(fabrikam?.id);
  await workbench().contextMenu('Fabrikam', 'Copy Name');
  await expect.poll(() => workbench().clipboard()).toBe('Fabrikam');
  await workbench().select('Contoso');
  await workbench().select('Fabrikam', ['ControlOrMeta']);
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(`${contoso?.id}\n${fabrikam?.id}`);
});

test('copies by the keyboard what has the focus, wherever the selection is', async () => {
  const repository = vb365.data.repositories.at(0);
  await workbench().select('Contoso');
  await workbench().press('ArrowDown');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(repository.organizations.at(1).id);
  await workbench().press('ArrowUp');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(repository.organizations.at(0).id);
  await workbench().press('ArrowUp');
  await workbench().press('ControlOrMeta+c');
  await expect.poll(() => workbench().clipboard()).toBe(repository.id);
  expect(await workbench().row('Repo North')).toMatchObject({ expanded: true, selected: false });
  expect(await workbench().row('Contoso')).toMatchObject({ selected: true });
});

test('refreshes the row with the focus by F5, and everything by Ctrl+F5', async () => {
  const repository = vb365.data.repositories.at(0);
  let before = vb365.requests.length;
  const paths = () => vb365.requests.slice(before).map(({ path }) => path.replace(/\?.*/, ''));
  await workbench().press('F5');
  await expect.poll(paths).toEqual([expect.stringContaining(repository.id)]);
  await workbench().idle();
  before = vb365.requests.length;
  await workbench().press('Control+F5');
  await expect.poll(() => paths().some(path => path.endsWith('/BackupRepositories'))).toBe(true);
  await workbench().idle();
});

test('opens tenants and their subtenants', async () => {
  // By its other name, to tell the two apart.
  await addServer(workbench(), { ...enterpriseManager, host: 'localhost' });
  await workbench().collapse('127.0.0.1');
  await workbench().expand('localhost');
  await workbench().expand('Cloud Tenants');
  expect(await workbench().row('Northwind')).toMatchObject({ description: '66 % of 250 GB · vbr01' });
  await workbench().expand('Northwind');
  expect(await workbench().row('Backup Resources')).toMatchObject({ level: 4, expanded: false });
  expect(await workbench().row('nw-user-01')).toMatchObject({ description: '20 % of 10 GB' });
  expect((await workbench().row('nw-user-02')).description).toMatch(/^disabled · .*unlimited$/);
});

test('shows both servers opened down to an organization and a subtenant', async () => {
  await workbench().widenSideBar(420);
  await workbench().expand('127.0.0.1');
  await workbench().row('Contoso');
  await workbench().row('nw-user-01');
  await workbench().screenshot('out/screenshots/browse.png');
});

test('opens what is below an organization', async () => {
  await workbench().collapse('localhost');
  await workbench().expand('Contoso');
  await workbench().expand('Users');
  expect(await workbench().row('Avery Example')).toMatchObject({ level: 6, description: 'user1@contoso.example.com' });
  await workbench().screenshot('out/screenshots/users.png');
  await workbench().collapse('Contoso');
  await workbench().collapse('Backup Repositories');
  await workbench().expand('Organizations');
  await workbench().expand('Northwind');
  await workbench().expand('Used Repositories');
  await workbench().row('Repo Archive');
  await workbench().expand('Backup Jobs');
  expect((await workbench().row('Backup of Northwind')).description).toMatch(/^Failed · /);
  await workbench().screenshot('out/screenshots/organization.png');
  await workbench().collapse('Organizations');
  await workbench().expand('Backup Proxies');
  expect(await workbench().row('proxy02.example.com')).toMatchObject({ description: 'offline' });
});

test('opens the resources of a tenant, and the tenants of a repository', async () => {
  await workbench().collapse('127.0.0.1');
  await workbench().expand('localhost');
  await workbench().expand('Backup Resources');
  expect(await workbench().row('Cloud Volume 1')).toMatchObject({ level: 5, description: '66 % of 250 GB' });
  await workbench().collapse('Cloud Tenants');
  await workbench().expand('Backup Servers');
  await workbench().expand('vbr01');
  await workbench().expand('Cloud Volume 1');
  expect(await workbench().row('Northwind')).toMatchObject({ level: 5, description: '66 % of 250 GB' });
  await workbench().expand('Cloud Gateways');
  await workbench().expand('Hardware Plans');
  await workbench().row('Replica Plan 2');
  await workbench().screenshot('out/screenshots/backup-server.png');
  await workbench().collapse('localhost');
});

test('is signed out in a window without the secrets, and signs in again', async () => {
  // This VS Code keeps secrets in the page's memory alone.
  await workbench().reload();
  await workbench().openView();
  await workbench().expand('127.0.0.1');
  await workbench().inlineAction('Signed out', 'Sign In');
  await workbench().quickInput.step('Sign in to 127.0.0.1');
  await workbench().quickInput.type('wrong');
  await workbench().quickInput.accept();
  await workbench().quickInput.pick('Remember the password');
  await workbench().quickInput.step('Password');
  await expect.poll(() => workbench().quickInput.message()).toContain('does not accept this user name and password');
  await workbench().quickInput.type(vb365.password);
  await workbench().quickInput.accept();
  await workbench().quickInput.closed();
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
});

test('copies an ID from the palette, asking when nothing is selected', async () => {
  await workbench().expand('Backup Repositories');
  await workbench().row('Repo North');
  await workbench().palette('Backup Tenancy: Copy ID');
  await workbench().quickInput.opened();
  await workbench().quickInput.type('Repo North');
  await workbench().quickInput.pick('Repo North');
  await expect.poll(() => workbench().clipboard()).toBe(vb365.data.repositories.at(0).id);
});

test('shows one quiet row for a server that is down, and recovers when it is back', async () => {
  const { port } = vb365;
  await vb365.close();
  await workbench().contextMenu('127.0.0.1', 'Refresh');
  expect(await workbench().row('Connection refused')).toMatchObject({ level: 2 });
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('connection refused');
  // What was there before stays.
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2, expanded: true });
  expect(await workbench().row('Repo North')).toMatchObject({ level: 3 });
  await expect
    .poll(async () => (await workbench().rows()).filter(({ label }) => label === 'Connection refused'))
    .toHaveLength(1);
  await workbench().screenshot('out/screenshots/error-unreachable.png');
  vb365 = await startVb365({ port, certificate });
  await workbench().contextMenu('Connection refused', 'Copy Message');
  await expect.poll(() => workbench().clipboard()).toContain('127.0.0.1');
  expect(await workbench().contextMenuEntries('Connection refused')).toEqual(
    expect.arrayContaining(['Edit Server…', 'Refresh', 'Show Log']),
  );
  await workbench().select('Connection refused');
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('VB365 8.0.2.159 · API v8');
  expect((await workbench().rows()).map(({ label }) => label)).not.toContain('Connection refused');
});

test('asks once for the password when it was changed on the server', async () => {
  const { port } = vb365;
  await vb365.close();
  vb365 = await startVb365({ port, certificate, password: 'another' });
  await workbench().contextMenu('127.0.0.1', 'Refresh');
  expect(await workbench().row('Credentials refused')).toMatchObject({ level: 2 });
  await workbench().screenshot('out/screenshots/error-credentials.png');
  const tries = () =>
    vb365.requests.filter(({ method, body }) => method === 'POST' && body.includes('password')).length;
  expect(tries()).toBe(1);
  await workbench().select('Credentials refused');
  await workbench().quickInput.step('Sign in to 127.0.0.1');
  await workbench().quickInput.type('another');
  await workbench().quickInput.accept();
  await workbench().quickInput.pick('Remember the password');
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('VB365 8.0.2.159 · API v8');
  expect(tries()).toBe(2);
});
