import { writeFile } from 'node:fs/promises';
import * as http from 'node:http';
import * as net from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/processes';
import { createCertificate, startIdentityProvider, startVb365 } from '../sample-servers';
import { useWorkbench } from './use-workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const microsoft = 'login.microsoftonline.com';
const clientId = '6c1f3c1e-0000-4000-8000-000000000001';
const tenant = 'contoso.onmicrosoft.com';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let identity: Awaited<ReturnType<typeof startIdentityProvider>>;
let vb365: Awaited<ReturnType<typeof startVb365>>;
let proxy: Awaited<ReturnType<typeof startProxy>>;

beforeAll(async () => {
  folder = await temporaryFolder('microsoft365');
  const authority = await createCertificate({ commonName: 'sample authority', ca: true });
  await writeFile(authorityFile(), authority.cert);
  const certificate = await createCertificate({ commonName: microsoft, altNames: [microsoft], issuer: authority });
  identity = await startIdentityProvider({ certificate, clientId, tenant, intervalSeconds: 1 });
  vb365 = await startVb365({
    knowsMicrosoftAccount: (client, token) => client === clientId && identity.data.issued.includes(token),
  });
  proxy = await startProxy(identity.port);
});

// The product goes to Microsoft's sign-in service and nowhere else: here the network in between leads to the sample one.
const workbench = useWorkbench(() => ({
  env: { HTTPS_PROXY: proxy.url },
  settings: { 'backupTenancy.caFiles': [authorityFile()] },
}));

afterAll(async () => {
  await Promise.all([vb365.close(), identity.close(), proxy.close()]);
  await folder.remove();
});

test('asks an account of Windows for its password', async () => {
  const { quickInput } = workbench();
  await workbench().openView();
  await workbench().titleAction('Add Server');
  await quickInput.step('Add Server (1/5): Address');
  await answer(vb365.url);
  await (await workbench().dialog()).press('Trust This Certificate for This Server');
  await quickInput.step('Account');
  await answer('EXAMPLE\\svc-browse');
  await quickInput.step('Password');
  expect(await quickInput.message()).not.toContain('Microsoft');
  await quickInput.accept();
  await expect.poll(() => quickInput.message()).toBe('Enter the password.');
  await quickInput.button('Back');
});

test('saves a server without a password where a Microsoft 365 account can sign in', async () => {
  const { quickInput } = workbench();
  await quickInput.step('Account');
  await answer('admin@contoso.onmicrosoft.com');
  await quickInput.step('Add Server (3/5): Password');
  const invitation = 'Leave it empty to sign in with a Microsoft 365 account once the server is saved.';
  expect(await quickInput.message()).toContain(invitation);
  await picture('password');
  // The steps keep their numbers, whatever is typed and taken back.
  await quickInput.type('p');
  await quickInput.type('');
  expect(await quickInput.title()).toBe('Add Server (3/5): Password');
  await quickInput.accept();
  await quickInput.step('Add Server (4/4): Name');
  expect(await quickInput.message()).toContain('then you sign in at Microsoft');
  await answer('m365-contoso');
  expect(await workbench().row('m365-contoso')).toMatchObject({ level: 1, description: 'VB365 · API v8' });
  expect(logins()).toBe(0);
});

test('goes on to sign in with a code that is entered in a browser', async () => {
  const { quickInput } = workbench();
  await answerAccount('', '');
  const { host } = new URL(vb365.url);
  const message = await workbench().notification(
    `To sign in to m365-contoso, enter the code SAMPLE-42 at Microsoft. ${host} then gets the tokens of the application ${clientId} in ${tenant}.`,
  );
  await workbench().notification('enter the code SAMPLE-42 at https://microsoft.example.com/devicelogin');
  await picture('code');
  await message.press('Copy Code and Open Browser');
  const dialog = await workbench().dialog();
  expect(await dialog.detail()).toContain('https://microsoft.example.com/devicelogin');
  await dialog.press('Cancel');
  expect(await workbench().clipboard()).toBe('SAMPLE-42');
  expect(logins()).toBe(0);
  identity.data.answer = 'accepted';
  await workbench().expand('m365-contoso');
  await expect
    .poll(async () => (await workbench().row('m365-contoso')).description, { timeout: 20_000 })
    .toBe('VB365 8.0.2.159 · API v8');
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
  expect(logins()).toBe(1);
  await quickInput.closed();
  expect(proxy.targets).toContain(`${microsoft}:443`);
  expect(proxy.targets.filter(target => target !== `${microsoft}:443`)).toEqual([]);
});

test('offers both ways to sign in again, with the organization and application of the last time', async () => {
  const { quickInput } = workbench();
  identity.data.answer = 'pending';
  await workbench().contextMenu('m365-contoso', 'Sign Out');
  await workbench().inlineAction('Signed out', 'Sign In');
  await quickInput.step('Sign in to m365-contoso');
  await expect
    .poll(async () => (await quickInput.items()).map(({ label }) => label))
    .toEqual(['Microsoft 365 account', 'User name and password']);
  await picture('method');
  await quickInput.pick('Microsoft 365 account');
  await answerAccount(tenant, clientId);
  await workbench().notification('To sign in to m365-contoso');
  identity.data.answer = 'declined';
  await workbench().notification('The sign-in was declined in the browser.');
  expect(await workbench().row('Signed out')).toMatchObject({ level: 2 });
  expect(logins()).toBe(1);
});

async function answer(text: string): Promise<void> {
  await workbench().quickInput.type(text);
  await workbench().quickInput.accept();
}

/** What the two questions propose has to be as given. */
async function answerAccount(organization: string, application: string): Promise<void> {
  const { quickInput } = workbench();
  await quickInput.step('Sign in to m365-contoso');
  const { host } = new URL(vb365.url);
  await expect
    .poll(() => quickInput.message())
    .toContain(`Microsoft 365 organization. ${host} gets the tokens that Microsoft issues.`);
  expect(await quickInput.value()).toBe(organization);
  await answer(tenant);
  await expect.poll(() => quickInput.message()).toContain(`Its tokens go to ${host}.`);
  expect(await quickInput.value()).toBe(application);
  await answer(clientId);
}

function logins(): number {
  return vb365.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/Token')).length;
}

function authorityFile(): string {
  return join(folder.path, 'authority.pem');
}

/** A proxy whose tunnels all lead to one port of this computer. */
async function startProxy(port: number) {
  const targets: string[] = [];
  const tunnels = new Set<Duplex>();
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, client: Duplex) => {
    targets.push(request.url ?? '');
    const onward = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    for (const end of [client, onward]) {
      tunnels.add(end);
      end.on('error', () => undefined);
      end.on('close', () => tunnels.delete(end));
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    targets,
    close: async () => {
      for (const end of tunnels) {
        end.destroy();
      }
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function picture(name: string): Promise<void> {
  await workbench().screenshot(`out/screenshots/microsoft365-${name}.png`);
}
