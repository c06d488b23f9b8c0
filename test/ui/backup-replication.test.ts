import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackupReplication } from '../sample-servers';
import { addServer } from './add-server';
import { useWorkbench } from './use-workbench';

// One person's way through, in this order: the window is the same for all tests of this file.
const workbench = useWorkbench();
let server: Awaited<ReturnType<typeof startBackupReplication>>;

beforeAll(async () => {
  server = await startBackupReplication();
});

afterAll(async () => {
  await server.close();
});

test('adds a server that the wizard has recognized', async () => {
  await workbench().openView();
  await addServer(workbench(), { ...server, name: 'vbr01' });
  await expect.poll(async () => (await workbench().row('vbr01')).description).toBe('VBR 13.1.0.411 · API 1.3-rev2');
  await workbench().expand('vbr01');
  await workbench().row('Microsoft Entra ID Tenants');
});

test('opens a scale-out repository down to its extents', async () => {
  await workbench().widenSideBar(640);
  await workbench().expand('Scale-Out Repositories');
  expect((await workbench().row('Scale-out 1')).description).toMatch(
    /^extents with a problem: 1 · \d+ % of [\d.]+ TB full, [\d.]+ TB used by backups$/,
  );
  await workbench().expand('Scale-out 1');
  const [scaleOut] = server.data.scaleOutRepositories;
  const nameAt = (index: number | undefined) => server.data.repositories[index ?? -1]?.name ?? '';
  const [, inMaintenance] = scaleOut?.performance ?? [];
  for (const [tier, extent] of [
    ['Performance Tier', nameAt(inMaintenance?.repositoryIndex)],
    ['Capacity Tier', nameAt(scaleOut?.capacityIndex)],
    ['Archive Tier', nameAt(scaleOut?.archiveIndex)],
  ] as const) {
    await workbench().expand(tier);
    // The rows below move down with it.
    await workbench().row(extent);
  }
  expect((await workbench().row(nameAt(inMaintenance?.repositoryIndex))).description).toContain('Maintenance');
  await workbench().screenshot('out/screenshots/scale-out-repository.png');
  await workbench().collapse('Scale-Out Repositories');
});

test('opens repositories, and the jobs that write to one', async () => {
  await workbench().expand('Backup Repositories');
  expect((await workbench().row('Contoso Bucket')).description).toMatch(/^object storage · [\d.]+ TB used$/);
  const busy = server.data.repositories.find(each => server.data.jobs.some(({ repository }) => repository === each));
  await workbench().expand(busy?.name ?? '');
  await workbench().row(server.data.jobs.find(({ repository }) => repository === busy)?.name ?? '');
  await workbench().screenshot('out/screenshots/backup-replication.png');
});

test('copies an ID', async () => {
  const name = 'Hardened Repository 1';
  await workbench().inlineAction(name, 'Copy ID');
  const repository = server.data.repositories.find(each => each.name === name);
  await expect.poll(() => workbench().clipboard()).toBe(repository?.id);
});

test('finds a managed server, and an extent among the repositories', async () => {
  const { quickInput } = workbench();
  await workbench().press('ControlOrMeta+f');
  await quickInput.opened();
  await quickInput.type('n:vhr01');
  await expect.poll(() => quickInput.activeItem()).toBe('vhr01.example.com');
  const [extent] = server.data.repositories.filter(({ extentOf }) => extentOf);
  await quickInput.type(`r:${extent?.id}`);
  await expect.poll(() => quickInput.activeItem()).toBe(extent?.name);
  await quickInput.accept();
  await quickInput.closed();
  await expect.poll(async () => (await workbench().row(extent?.name ?? '')).selected).toBe(true);
});
