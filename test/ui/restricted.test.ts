import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/processes';
import { startVb365 } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';

// A folder that VS Code does not trust, as when a repository was just cloned.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let vb365: Awaited<ReturnType<typeof startVb365>>;

beforeAll(async () => {
  folder = await temporaryFolder('restricted');
  // With this list of authorities no connection would be made: a folder cannot set it.
  const settings = { 'backupTenancy.caFiles': [join(folder.path, 'missing.pem')] };
  await mkdir(join(folder.path, '.vscode'));
  await writeFile(join(folder.path, '.vscode', 'settings.json'), JSON.stringify(settings));
  vb365 = await startVb365();
});

const workbench = useWorkbench(() => ({ restricted: true, folder: folder.path }));

afterAll(async () => {
  await vb365.close();
  await folder.remove();
});

test('adds a server and browses it in Restricted Mode', async () => {
  const { page } = workbench();
  await workbench().openView();
  await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor();
  await page.locator('.part.banner').getByText('Restricted Mode').first().waitFor();
  await addServer(workbench(), { ...vb365, name: 'm365-prod' });
  await workbench().expand('m365-prod');
  await workbench().expand('Backup Repositories');
  await workbench().expand('Repo North');
  await workbench().inlineAction('Contoso', 'Copy ID');
  await expect.poll(() => workbench().clipboard()).toBe(vb365.data.repositories.at(0).organizations.at(0).id);
  await workbench().screenshot('out/screenshots/restricted-mode.png');
});
