import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { useWorkbench } from './use-workbench';

// One person adding and changing servers, in this order: the window is the same for all tests of this file.
const workbench = useWorkbench();
let vb365: Awaited<ReturnType<typeof startVb365>>;
let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;

beforeAll(async () => {
  vb365 = await startVb365();
  enterpriseManager = await startEnterpriseManager();
});

afterAll(async () => {
  await Promise.all([vb365.close(), enterpriseManager.close()]);
});

test('says what is wrong with an address, and lets it be corrected', async () => {
  const { quickInput } = workbench();
  await workbench().openView();
  await workbench().titleAction('Add Server');
  await quickInput.step('Add Server (1/5): Address');
  await picture('address');
  await answer('two words');
  await expect.poll(() => quickInput.message()).toContain('Enter a host, host:port, or an https address');
  await answer('127.0.0.1:1');
  await expect.poll(() => quickInput.message()).toContain('127.0.0.1:1 refused the connection');
  await picture('address-unreachable');
  expect(await quickInput.value()).toBe('127.0.0.1:1');
});

test('stops looking for a server that is silent', async () => {
  const { quickInput } = workbench();
  const silent = await startEnterpriseManager();
  silent.intercept = () => true;
  await answer(silent.url);
  await (await workbench().dialog()).press(trust);
  await expect.poll(() => silent.requests.length).toBeGreaterThan(0);
  await expect.poll(() => quickInput.message()).toContain('Looking for a backup server');
  await picture('address-busy');
  await quickInput.button('Stop');
  await expect.poll(() => quickInput.message()).toContain('Host name');
  expect(await quickInput.value()).toBe(silent.url);
  await silent.close();
});

test('shows the certificate of a pasted address, and sends nothing before it is trusted', async () => {
  const { quickInput } = workbench();
  await answer(`${vb365.url}/v8/BackupRepositories?limit=30`);
  const dialog = await workbench().dialog();
  const detail = await dialog.detail();
  expect(detail.replaceAll(/\s/g, '')).toContain(vb365.fingerprint);
  expect(detail).toContain('it is self-signed');
  expect(detail).toContain('Issued for: CN=sample-server.example.com');
  expect(vb365.requests).toEqual([]);
  await picture('certificate');
  await dialog.press('Cancel');
  await expect.poll(() => quickInput.message()).toContain('is not trusted. Nothing was sent there.');
  expect(vb365.requests).toEqual([]);
  await quickInput.accept();
  await (await workbench().dialog()).press(trust);
  await quickInput.step('Add Server (2/5): Account');
  expect(await quickInput.message()).toContain('Veeam Backup for Microsoft 365 (API v8)');
  await picture('account');
});

test('keeps what was typed when going back and forth', async () => {
  const { quickInput } = workbench();
  await answer(vb365.username);
  await quickInput.step('Add Server (3/5): Password');
  await quickInput.type('wrong');
  expect(await quickInput.isPassword()).toBe(true);
  await picture('password');
  await quickInput.button('Back');
  await quickInput.step('Account');
  expect(await quickInput.value()).toBe(vb365.username);
  await quickInput.button('Back');
  await quickInput.step('Address');
  expect(await quickInput.value()).toBe(`${vb365.url}/v8/BackupRepositories?limit=30`);
  await quickInput.accept();
  // The certificate was trusted a moment ago: nobody asks again.
  await quickInput.step('Account');
  await quickInput.accept();
  await quickInput.step('Password');
  expect(await quickInput.value()).toBe('wrong');
  await quickInput.accept();
});

test('tries the server before it is saved, and asks again for a password that is refused', async () => {
  const { quickInput } = workbench();
  await quickInput.step('Add Server (4/5): Remember');
  await picture('remember');
  await quickInput.pick('Do not remember the password');
  await quickInput.step('Add Server (5/5): Name');
  expect(await quickInput.value()).toBe('127.0.0.1');
  await picture('name');
  await answer('m365-prod');
  await quickInput.step('Password');
  await expect.poll(() => quickInput.message()).toContain('does not accept this user name and password');
  await picture('password-refused');
  expect(await workbench().rows()).toEqual([]);
  // The same again is not sent.
  await quickInput.accept();
  await expect.poll(() => quickInput.message()).toContain("so it won't be sent again.");
  expect(logins()).toBe(1);
  await answer(vb365.password);
  await quickInput.closed();
  expect(await workbench().row('m365-prod')).toMatchObject({ level: 1, description: 'VB365 8.0.2.159 · API v8' });
  expect(logins()).toBe(2);
});

test('has the focus on the row that was added, open, with the session of the wizard', async () => {
  await workbench().focused('m365-prod');
  // VS Code expands the row once it has the focus.
  await expect.poll(() => workbench().row('m365-prod')).toMatchObject({ expanded: true, selected: true });
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2, expanded: false });
  expect(logins()).toBe(2);
  await picture('added');
});

test('browses with the session of the wizard, and copies an ID', async () => {
  await workbench().expand('m365-prod');
  await workbench().expand('Backup Repositories');
  await workbench().expand('Repo North');
  await workbench().inlineAction('Contoso', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(vb365.data.repositories.at(0).organizations.slice(0, 1)[0]?.id);
  expect(logins()).toBe(2);
});

test('leaves without a trace at Escape', async () => {
  const { quickInput } = workbench();
  const before = vb365.requests.length;
  await workbench().titleAction('Add Server');
  await quickInput.step('Address');
  await quickInput.type(vb365.url);
  await quickInput.cancel();
  expect((await workbench().rows()).filter(({ level }) => level === 1)).toHaveLength(1);
  expect(vb365.requests).toHaveLength(before);
});

test('offers recent addresses, and notices a server that is there already', async () => {
  const { quickInput } = workbench();
  await workbench().titleAction('Add Server');
  await quickInput.step('Address');
  await quickInput.button('Recent Addresses');
  await quickInput.step('Recent Addresses');
  await expect
    .poll(async () => (await quickInput.items()).map(({ label }) => label))
    .toEqual([`127.0.0.1:${vb365.port}`]);
  await picture('recent');
  await quickInput.pick(`127.0.0.1:${vb365.port}`);
  await quickInput.step('Add Server (1/5): Address');
  expect(await quickInput.value()).toBe(`127.0.0.1:${vb365.port}`);
  await quickInput.accept();
  await (await workbench().dialog()).press(trust);
  await quickInput.step('Account');
  await answer(vb365.username.toLowerCase());
  await quickInput.step('Already in the List');
  await picture('duplicate');
  await quickInput.pick('Edit m365-prod');
  await edit('m365-prod', 'Address');
  await quickInput.step('Edit m365-prod (1/1): Address');
  await quickInput.button('Back');
  await leave('m365-prod');
});

test('changes the name and the version of the API, and stays signed in', async () => {
  const { quickInput } = workbench();
  const before = logins();
  await workbench().contextMenu('m365-prod', 'Edit Server…');
  await listOf('m365-prod');
  expect(await quickInput.items()).toMatchObject([
    { label: 'Name', description: 'm365-prod' },
    { label: 'Address', description: `127.0.0.1:${vb365.port}` },
    { label: 'Account and password', description: vb365.username },
    { label: 'API version', description: 'v8' },
    { label: 'Web console', description: 'none' },
    { label: 'Connect without a proxy' },
    { label: 'Client certificate…' },
    { label: 'Stop trusting the certificate' },
  ]);
  await picture('edit');
  await edit('m365-prod', 'API version');
  await quickInput.step('API Version');
  await picture('edit-version');
  await quickInput.pick('v7');
  await edit('m365-prod', 'Account and password');
  await quickInput.step('Account');
  await quickInput.accept();
  await quickInput.step('Password');
  expect(await quickInput.message()).toContain('Leave it empty to stay signed in');
  await picture('edit-password');
  await quickInput.accept();
  await edit('m365-prod', 'Name');
  await quickInput.step('Edit m365-prod (1/1): Name');
  await answer('m365-north');
  await leave('m365-north');
  await expect.poll(async () => (await workbench().row('m365-north')).description).toContain('API v7');
  expect(logins()).toBe(before);
});

test('never sends what is stored to another address', async () => {
  const { quickInput } = workbench();
  const other = await startVb365({ password: 'another' });
  await workbench().contextMenu('m365-north', 'Edit Server…');
  await edit('m365-north', 'Address');
  await quickInput.step('Address');
  await answer(other.url);
  await (await workbench().dialog()).press(trust);
  await quickInput.step('Edit m365-north (2/4): Account');
  await quickInput.accept();
  await quickInput.step('Password');
  expect(await quickInput.message()).toContain('is not sent there');
  await quickInput.accept();
  await expect.poll(() => quickInput.message()).toBe('Enter the password.');
  await picture('edit-moved');
  await workbench().press('Escape');
  await leave('m365-north');
  expect(other.requests.every(({ headers, method }) => method === 'GET' && !headers.authorization)).toBe(true);
  await other.close();
});

test('tests a server, and says in one message what was found', async () => {
  await workbench().contextMenu('m365-north', 'Test Server');
  const message = await workbench().notification('m365-north: connected to');
  expect(await message.text()).toContain('Veeam Backup for Microsoft 365 8.0.2.159 (API v7)');
  expect(await message.text()).toMatch(/Backup Repositories: \d+/);
  await picture('test');
});

test('warns loudly when the certificate has changed, with both fingerprints', async () => {
  const { port, fingerprint } = vb365;
  await vb365.close();
  vb365 = await startVb365({ port });
  const { quickInput } = workbench();
  await workbench().contextMenu('m365-north', 'Edit Server…');
  await edit('m365-north', 'Address');
  await quickInput.step('Address');
  await quickInput.accept();
  const dialog = await workbench().dialog();
  expect(await dialog.text()).toBe('Warning: the certificate of m365-north has changed');
  const detail = (await dialog.detail()).replaceAll(/\s/g, '');
  expect(detail).toContain(fingerprint);
  expect(detail).toContain(vb365.fingerprint);
  await picture('certificate-changed');
  await dialog.press('Copy Both Fingerprints');
  await expect.poll(() => workbench().clipboard()).toBe(`${fingerprint}\n${vb365.fingerprint}`);
  expect(vb365.requests).toEqual([]);
  await quickInput.step('Address');
  await workbench().press('Escape');
  await leave('m365-north');
});

test('edits a server that is down', async () => {
  const { quickInput } = workbench();
  await vb365.close();
  await workbench().contextMenu('m365-north', 'Test Server');
  const message = await workbench().notification('refused the connection');
  expect(await message.buttons()).toEqual(['Edit Server…', 'Show Log']);
  await picture('test-unreachable');
  await message.press('Edit Server…');
  await edit('m365-north', 'Address');
  await quickInput.step('Address');
  await quickInput.accept();
  await expect.poll(() => quickInput.message()).toContain('Press Enter again to use this address anyway.');
  await quickInput.accept();
  await edit('m365-north', 'Name');
  await quickInput.step('Name');
  await answer('m365-down');
  await leave('m365-down');
  expect(await workbench().row('m365-down')).toMatchObject({ level: 1 });
});

test('names Enterprise Manager with its newest version', async () => {
  const { quickInput } = workbench();
  await workbench().titleAction('Add Server');
  await quickInput.step('Address');
  await answer(enterpriseManager.url);
  await (await workbench().dialog()).press(trust);
  await quickInput.step('Account');
  expect(await quickInput.message()).toContain('Veeam Backup Enterprise Manager (API v1_7)');
  await quickInput.type('nw-tenant');
  await quickInput.button('Sign in as a Tenant');
  await expect.poll(() => quickInput.message()).toContain('Which tenant? It sees only its own data.');
  expect(await quickInput.value()).toBe('nw-tenant');
  await picture('account-tenant');
  await quickInput.cancel();
});

test('shows all that answers at the usual ports of a host, and asks which one is meant', async () => {
  const { quickInput } = workbench();
  // The whole of 127.0.0.0/8 is this computer: here the usual ports are free.
  const host = '127.0.0.93';
  const servers = [await startVb365({ host, port: 4443 }), await startEnterpriseManager({ host, port: 9398 })];
  await workbench().titleAction('Add Server');
  await quickInput.step('Address');
  await answer(host);
  await quickInput.step('Add Server (2/6): Product');
  expect(await quickInput.items()).toMatchObject([
    { label: 'Probably Veeam Backup for Microsoft 365', description: `${host}:4443` },
    { label: 'Probably Veeam Backup Enterprise Manager', description: `${host}:9398` },
  ]);
  await picture('product');
  await quickInput.pick('Probably Veeam Backup Enterprise Manager');
  const dialog = await workbench().dialog();
  expect(await dialog.detail()).toContain('it was issued for another name');
  await dialog.press(trust);
  await quickInput.step('Add Server (3/6): Account');
  expect(await quickInput.message()).toContain(`${host}:9398`);
  await quickInput.cancel();
  expect(servers[0]?.requests).toEqual([]);
  await Promise.all(servers.map(server => server.close()));
});

test('adds a server to the folder that was clicked', async () => {
  const { quickInput } = workbench();
  await workbench().palette('Backup Tenancy: New Folder…');
  await quickInput.step('New Folder');
  await answer('Customers');
  await quickInput.closed();
  await workbench().contextMenu('Customers', 'Add Server…');
  await quickInput.step('Add Server (1/6): Address');
  await answer(enterpriseManager.url);
  await (await workbench().dialog()).press(trust);
  await quickInput.step('Account');
  await answer(enterpriseManager.username);
  await quickInput.step('Password');
  await answer(enterpriseManager.password);
  await quickInput.pick('Remember the password');
  await quickInput.step('Add Server (5/6): Folder');
  await picture('folder');
  await quickInput.accept();
  await quickInput.step('Name');
  await answer('em-customers');
  await quickInput.closed();
  await workbench().focused('em-customers');
  expect(await workbench().row('em-customers', 'Customers')).toMatchObject({
    level: 2,
    expanded: true,
    selected: true,
  });
  expect(await workbench().row('Cloud Tenants', 'em-customers')).toMatchObject({ level: 3 });
  await picture('added-to-folder');
});

test('removes a server once that is confirmed, and ends its session', async () => {
  await workbench().contextMenu('em-customers', 'Remove Server');
  const dialog = await workbench().dialog();
  expect(await dialog.text()).toBe('Remove em-customers from the list?');
  await picture('remove');
  await dialog.press('Remove');
  await expect.poll(async () => (await workbench().rows()).map(({ label }) => label)).not.toContain('em-customers');
  await expect.poll(() => enterpriseManager.requests.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
});

test('opens the web console at the address that was set, once that was shown', async () => {
  const { quickInput } = workbench();
  await workbench().contextMenu('m365-down', 'Open in Web Console');
  const message = await workbench().notification('No web console is known for m365-down');
  await picture('console-unknown');
  await message.press('Set Address…');
  await quickInput.step('Web Console of m365-down');
  await answer('http://portal.example.com');
  await expect.poll(() => quickInput.message()).toContain('Enter an https address');
  await answer('portal.example.com/restore');
  await quickInput.closed();
  await expect.poll(() => workbench().storedState()).toContain('https://portal.example.com/restore');
  // What was entered in another window may come from anybody's file.
  await workbench().reload();
  await workbench().openView();
  await workbench().contextMenu('m365-down', 'Open in Web Console');
  const dialog = await workbench().dialog();
  expect(await dialog.text()).toBe('Open the web console of m365-down?');
  expect(await dialog.detail()).toContain('https://portal.example.com/restore');
  await picture('console-other-host');
  await dialog.press('Cancel');
});

const trust = 'Trust This Certificate for This Server';

/** Chooses what to change in the list of the server that is being edited. */
async function edit(server: string, what: string): Promise<void> {
  await listOf(server);
  await workbench().quickInput.pick(what);
}

async function leave(server: string): Promise<void> {
  await listOf(server);
  await workbench().quickInput.cancel();
  await workbench().quickInput.closed();
}

async function listOf(server: string): Promise<void> {
  await workbench().quickInput.placeholderIs('Choose what to change');
  await workbench().quickInput.step(`Edit ${server}`);
}

async function answer(text: string): Promise<void> {
  await workbench().quickInput.type(text);
  await workbench().quickInput.accept();
}

function logins(): number {
  return vb365.requests.filter(({ method, path }) => method === 'POST' && /\/Token$/i.test(path)).length;
}

async function picture(name: string): Promise<void> {
  await workbench().screenshot(`out/screenshots/wizard-${name}.png`);
}
