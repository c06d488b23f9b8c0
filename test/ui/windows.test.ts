import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';
import type { Workbench } from './workbench';

// One person with two windows of one profile. This VS Code keeps secrets in the page's memory alone, so each window signs in
// by itself here; how windows share sessions is tested in plain Node (test/unit/servers/session/sessions*.test.ts).
const first = useWorkbench();
let second: Workbench;
let vb365: Awaited<ReturnType<typeof startVb365>>;
let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;

beforeAll(async () => {
  vb365 = await startVb365();
  enterpriseManager = await startEnterpriseManager();
  await first().openView();
  second = await first().newWindow();
  await second.openView();
});

afterAll(async () => {
  await Promise.all([vb365.close(), enterpriseManager.close()]);
});

test('a server that is added in one window shows in the other', async () => {
  await first().turnTo();
  await addServer(first(), { ...vb365, name: 'm365-prod' });
  await expect.poll(() => serversSeenIn(second), { timeout: 20_000 }).toEqual(['m365-prod']);
});

test('servers that both add are all there, in both', async () => {
  await second.turnTo();
  await addServer(second, { ...enterpriseManager, name: 'em-prod' });
  await expect.poll(() => serversSeenIn(first()), { timeout: 20_000 }).toEqual(['m365-prod', 'em-prod']);
  expect(await serversSeenIn(second)).toEqual(['m365-prod', 'em-prod']);
});

test('windows with sessions of their own do not end each other’s', async () => {
  const password = () =>
    vb365.requests.filter(({ method, body }) => method === 'POST' && body.includes('password')).length;
  await signInTo('m365-prod', vb365.password);
  await first().turnTo();
  await first().expand('m365-prod');
  expect(password()).toBe(2);
  vb365.expireSessions();
  for (const window of [first(), second]) {
    await window.turnTo();
    await window.expand('Backup Repositories');
    expect(await window.row('Repo North')).toMatchObject({ level: 3 });
  }
  await first().turnTo();
  await first().contextMenu('m365-prod', 'Sign Out');
  expect(await first().row('Signed out')).toMatchObject({ level: 2 });
  await second.turnTo();
  await second.contextMenu('m365-prod', 'Refresh');
  expect(await second.row('m365-prod')).toMatchObject({ description: 'VB365 8.0.2.159 · API v8' });
  // Each was renewed without the password.
  expect(password()).toBe(2);
});

test('a server that is removed in one window goes in the other', async () => {
  await second.contextMenu('m365-prod', 'Remove Server');
  await (await second.dialog()).press('Remove');
  await expect.poll(() => serversSeenIn(second)).toEqual(['em-prod']);
  await second.screenshot('out/screenshots/windows-second.png');
  await expect.poll(() => serversSeenIn(first()), { timeout: 20_000 }).toEqual(['em-prod']);
  await first().screenshot('out/screenshots/windows-first.png');
});

/** A window looks for what others have changed when it is turned to. */
async function serversSeenIn(window: Workbench): Promise<string[]> {
  await window.turnTo();
  await window.leaveView();
  await window.openView();
  return (await window.rows()).filter(({ level }) => level === 1).map(({ label }) => label);
}

async function signInTo(server: string, password: string): Promise<void> {
  const { quickInput } = second;
  await second.turnTo();
  await second.contextMenu(server, 'Sign In');
  await quickInput.step(`Sign in to ${server}`);
  await quickInput.type(password);
  await quickInput.accept();
  await quickInput.pick('Do not remember the password');
  await quickInput.closed();
  await second.expand(server);
}
