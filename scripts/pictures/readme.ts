// npm run pictures   those of the README in media/pictures, in light and dark, from the packaged extension and sample servers
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnterpriseManagerData } from '../../test/sample-servers';
import { Report } from '../../test/ui/report';
import { Workbench } from '../../test/ui/workbench';
import { packageExtension } from '../package';
import { runMain, temporaryFolder } from '../processes';
import { repository } from '../repository';
import { startSampleServers } from '../sample-servers';
import { inventHistory, openReport, openTree } from './scenes';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' } as const;

async function main(): Promise<void> {
  const folder = await temporaryFolder('pictures');
  // Of so many tenants, some are close to their quota.
  const servers = await startSampleServers(folder.path, { tenants: 60, everyProduct: true });
  const script = 'quotas.ps1';
  await mkdir(join(folder.path, 'workspace'));
  await writeFile(join(folder.path, 'workspace', script), scriptWith(servers.enterpriseManager.data));
  const workbench = await Workbench.start({
    vsix: await packageExtension(),
    alsoInstall: [servers.helper],
    env: servers.env,
    folder: join(folder.path, 'workspace'),
    settings: { 'backupTenancy.inlayHints.enabled': true },
  });
  const { page, quickInput } = workbench;
  try {
    await page.setViewportSize({ width: 1240, height: 800 });
    await workbench.openView();
    await workbench.row('vspc-sample');
    await workbench.widenSideBar(420);
    await openTree(workbench);
    await inBoth('tree', async file => await workbench.screenshot(file, workbench.sideBar));
    await workbench.contextMenu('Northwind', 'Open Details');
    await workbench.details.row('Usage');
    await workbench.heightenView('Details', 330);
    await inBoth('details', async file => await workbench.screenshot(file, workbench.sideBar));
    await inBoth('find', async file => {
      await workbench.titleAction('Find');
      await quickInput.opened();
      await quickInput.type('nor');
      while ((await quickInput.activeItem()) !== 'Northwind') {
        await page.waitForTimeout(50);
      }
      await workbench.screenshot(file);
      await quickInput.cancel();
    });
    await inBoth('copy', async file => {
      await workbench.contextMenu('Northwind', 'Copy As…');
      await quickInput.opened();
      await workbench.screenshot(file);
      await quickInput.cancel();
    });
    await workbench.press('ControlOrMeta+Shift+e');
    await page.locator('.explorer-folders-view .label-name', { hasText: script }).dblclick();
    await page.locator('.view-line', { hasText: 'Northwind' }).waitFor();
    await workbench.openView();
    await inBoth('ids', async file => await workbench.screenshot(file, page.locator('.part.editor')));
    await page.setViewportSize({ width: 1440, height: 900 });
    await openReport(workbench);
    await inventHistory(workbench.userData);
    const report = new Report(page);
    await report.button('Refresh').click();
    await report.frame.locator('.plot').waitFor();
    await report.loaded();
    await inBoth('report', async file => await workbench.screenshot(file, page.locator('.part.editor')));
  } catch (error) {
    console.error(await workbench.text());
    throw error;
  } finally {
    await workbench.close();
    await servers.close();
    await folder.remove();
  }

  async function inBoth(name: string, take: (file: string) => Promise<void>): Promise<void> {
    await mkdir(join(repository, 'media', 'pictures'), { recursive: true });
    for (const [colours, theme] of Object.entries(themes)) {
      const file = join(repository, 'media', 'pictures', `${name}-${colours}.png`);
      await workbench.useTheme(theme);
      await take(file);
      await shrink(file);
    }
  }
}

function scriptWith({ tenants }: EnterpriseManagerData): string {
  return [
    '# Tenants to look at before the weekend',
    ...[0, 1, 2].map(index => `$tenant${index + 1} = '${tenants.at(index).id}'`),
    '',
    'Get-VBRCloudTenant -Id $tenant1, $tenant2, $tenant3',
    '',
  ].join('\n');
}

/** A third of the size, where pngquant is installed. */
async function shrink(file: string): Promise<void> {
  const how = ['--quality', '60-90', '--speed', '1', '--strip', '--force', '--output', file, file];
  await promisify(execFile)('pngquant', how).catch((error: NodeJS.ErrnoException) => {
    console.log(error.code === 'ENOENT' ? `${file} is as large as it came: pngquant is not installed` : error.message);
  });
}

runMain(main);
