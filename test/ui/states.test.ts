import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCertificate, startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';

// How rows look that ask for attention. The window is the same for all tests of this file.
const workbench = useWorkbench();
const day = 24 * 60 * 60 * 1000;
let vb365: Awaited<ReturnType<typeof startVb365>>;
let expiring: Awaited<ReturnType<typeof startEnterpriseManager>>;

beforeAll(async () => {
  vb365 = await startVb365();
  const certificate = await createCertificate({ notAfter: new Date(Date.now() + 9.5 * day) });
  expiring = await startEnterpriseManager({ certificate });
});

afterAll(async () => {
  await Promise.all([vb365.close(), expiring.close()]);
});

test('warns of a certificate that expires soon', async () => {
  await workbench().openView();
  await workbench().widenSideBar(520);
  await addServer(workbench(), { ...expiring, name: 'em-prod' });
  await workbench().expand('em-prod');
  await expect
    .poll(async () => (await workbench().row('em-prod')).description)
    .toBe('certificate expires in 9 days · EM · API v1_7');
  await picture('certificate-expires');
});

test('says that the server asks for fewer requests, and shows the rows when they come', async () => {
  await addServer(workbench(), { ...vb365, name: 'm365-prod' });
  await workbench().expand('m365-prod');
  vb365.intercept = (request, response) => {
    if (!request.url?.includes('/BackupRepositories')) {
      return false;
    }
    response.writeHead(429, { 'Content-Type': 'application/json', 'Retry-After': '42' }).end('{"message":"quota"}');
    return true;
  };
  await workbench().expand('Backup Repositories');
  expect(await workbench().row('Too many requests', 'Backup Repositories')).toMatchObject({
    level: 3,
    description: `127.0.0.1:${vb365.port} is limiting requests. Try again in 42 seconds.`,
  });
  expect(await workbench().inlineActions('Too many requests')).toEqual(['Refresh', 'Show Log']);
  await picture('throttled');
  vb365.intercept = undefined;
  await workbench().inlineAction('Too many requests', 'Refresh');
  expect(await workbench().row('Repo North', 'Backup Repositories')).toMatchObject({ level: 3 });
});

test('is signed out until the user signs in', async () => {
  await workbench().collapse('em-prod');
  await workbench().contextMenu('m365-prod', 'Sign Out');
  await expect.poll(async () => (await workbench().row('m365-prod')).description).toBe('signed out');
  expect(await workbench().row('Signed out')).toMatchObject({
    level: 2,
    description: `Your session on 127.0.0.1:${vb365.port} has ended. Sign in to continue.`,
  });
  expect(await workbench().inlineActions('Signed out')).toEqual(['Sign In']);
  await picture('signed-out');
});

async function picture(name: string): Promise<void> {
  await workbench().screenshot(`out/screenshots/state-${name}.png`);
}
