import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, answerAddServer } from './add-server';
import { useWorkbench } from './use-workbench';

// One person's first day, in this order: the window is the same for all tests of this file.
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

function step(name: string) {
  return workbench().page.locator(`.getting-started-step[data-step-id$="#${name}"]`);
}

/** Opens the step, and looks at the picture that belongs to it. */
async function openStep(name: string): Promise<void> {
  await workbench().palette('Backup Tenancy: Get Started');
  await step(name).locator('.step-title').click();
  await step(name).and(workbench().page.locator('.expanded')).waitFor();
  await workbench().page.locator('.getting-started-media iframe').waitFor();
}

async function press(name: string, button: string): Promise<void> {
  await step(name).locator('.monaco-button', { hasText: button }).click();
}

async function isDone(name: string): Promise<boolean> {
  return (await step(name).getAttribute('aria-checked')) === 'true';
}

test('the empty view offers the first steps', async () => {
  // Pictures are shown beside the steps if there is room.
  await workbench().page.setViewportSize({ width: 1680, height: 900 });
  await workbench().openView();
  await workbench().welcome.getByText('Get started').click();
  await step('add').waitFor();
  const titles = workbench().page.locator('.getting-started-step .step-title');
  await expect
    .poll(() => titles.allInnerTexts())
    .toEqual([
      'Add a backup server',
      'Trust its certificate',
      'Browse to what you need',
      'Find anything with a few letters',
      'Copy the ID',
    ]);
  for (const name of ['add', 'trust', 'browse', 'find', 'copy']) {
    expect(await isDone(name)).toBe(false);
  }
  await openStep('add');
  await workbench().screenshots('walkthrough');
});

test('the first step adds a server, and the second is done with it once it was opened', async () => {
  await press('add', 'Add Server');
  await answerAddServer(workbench(), vb365);
  await expect.poll(() => isDone('add')).toBe(true);
  await openStep('trust');
  await workbench().screenshot('out/screenshots/walkthrough-trust.png');
  await openStep('browse');
  await workbench().screenshot('out/screenshots/walkthrough-browse.png');
  await press('browse', 'Show the Servers');
  await workbench().expand('127.0.0.1');
  await expect.poll(() => isDone('trust')).toBe(true);
  expect(await isDone('browse')).toBe(false);
  await workbench().expand('Backup Repositories');
  await workbench().row('Repo North');
  await expect.poll(() => isDone('browse')).toBe(true);
});

test('the fourth step finds, the fifth copies', async () => {
  await openStep('find');
  await workbench().screenshot('out/screenshots/walkthrough-find.png');
  await press('find', 'Find');
  await workbench().quickInput.opened();
  await workbench().quickInput.cancel();
  await expect.poll(() => isDone('find')).toBe(true);
  await workbench().select('Repo North');
  await openStep('copy');
  await workbench().screenshot('out/screenshots/walkthrough-copy.png');
  await press('copy', 'Copy an ID');
  await expect.poll(() => workbench().clipboard()).toBe(vb365.data.repositories.at(0).id);
  await expect.poll(() => isDone('copy')).toBe(true);
});

test('one line says that no server can be browsed, and goes when one can', async () => {
  await addServer(workbench(), { ...enterpriseManager, host: 'localhost' });
  await workbench().expand('localhost');
  await workbench().row('Cloud Tenants');
  expect(await workbench().viewMessage()).toBe('');
  const { port } = vb365;
  await Promise.all([vb365.close(), enterpriseManager.close()]);
  await workbench().contextMenu('127.0.0.1', 'Refresh');
  await workbench().contextMenu('localhost', 'Refresh');
  await expect
    .poll(() => workbench().viewMessage())
    .toBe('None of the 2 servers is reachable right now; each row shows why.');
  await workbench().screenshots('all-failing');
  vb365 = await startVb365({ port });
  await workbench().contextMenu('127.0.0.1', 'Refresh');
  await expect.poll(async () => (await workbench().row('127.0.0.1')).description).toBe('certificate has changed');
  await workbench().inlineAction('127.0.0.1', 'Trust Certificate…');
  await (await workbench().dialog()).press('Trust the New Certificate for This Server');
  await expect.poll(() => workbench().viewMessage()).toBe('');
});

test('one line says that all servers are signed out, and a button over the tree signs in', async () => {
  // This VS Code keeps secrets in the page's memory alone.
  await workbench().reload();
  await workbench().openView();
  await workbench().expand('localhost');
  expect(await workbench().viewMessage()).toBe('');
  await workbench().expand('127.0.0.1');
  await expect
    .poll(() => workbench().viewMessage())
    .toBe('All 2 servers are signed out. Use the Sign In button in a row.');
  await workbench().screenshots('all-signed-out');
  // To the server whose row has the focus.
  await workbench().titleAction('Sign In');
  await workbench().quickInput.step('Sign in to 127.0.0.1');
  await workbench().quickInput.type(vb365.password);
  await workbench().quickInput.accept();
  await workbench().quickInput.pick('Remember the password');
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
  await expect.poll(() => workbench().viewMessage()).toBe('');
});
