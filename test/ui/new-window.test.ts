import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

// Nothing is ever opened in this window.
const { workbench, samples } = useSampleServers();

test('asks for an item although nothing is loaded yet', async () => {
  const { quickInput } = workbench();
  const { id } = samples().enterpriseManager.data.tenants.at(0).subtenants.at(1);
  await workbench().openView();
  await workbench().row('m365-sample');
  await workbench().palette('Backup Tenancy: Copy ID');
  await quickInput.step('Copy ID: choose an item');
  await quickInput.type('nw-user-02');
  await expect.poll(() => quickInput.activeItem()).toBe('nw-user-02');
  await quickInput.accept();
  await expect.poll(() => workbench().clipboard()).toBe(id);
});

test('copies what was found in another form', async () => {
  const { quickInput } = workbench();
  await workbench().palette('Backup Tenancy: Find…');
  await quickInput.step('Find');
  await quickInput.type('nw-user-02');
  await expect.poll(() => quickInput.activeItem()).toBe('nw-user-02');
  await quickInput.itemButton('nw-user-02', 'Copy As…');
  await quickInput.step('Copy nw-user-02 As');
  await quickInput.pick('Name');
  await expect.poll(() => workbench().clipboard()).toBe('nw-user-02');
});
