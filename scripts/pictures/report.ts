// npm run pictures:report -- /tmp/pictures   the report of all products in four themes and at three widths, to look at:
//                                            report-<theme>-<width>.png; without a folder into out/pictures
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readHistory, withReport, writeHistory } from '../../src/report/history';
import { Report } from '../../test/ui/report';
import { type Theme, Workbench } from '../../test/ui/workbench';
import { packageExtension } from '../package';
import { runMain, temporaryFolder } from '../processes';
import { repository } from '../repository';
import { startSampleServers } from '../sample-servers';
import { openReport } from './scenes';

const themes: Readonly<Record<string, Theme>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
const widths = [400, 800, 1440];
const height = 1500;

async function main(): Promise<void> {
  const target = resolve(process.argv[2] ?? join(repository, 'out', 'pictures'));
  await mkdir(target, { recursive: true });
  const folder = await temporaryFolder('pictures');
  const servers = await startSampleServers(folder.path, { tenants: 60, everyProduct: true });
  const workbench = await Workbench.start({
    vsix: await packageExtension(),
    alsoInstall: [servers.helper],
    env: servers.env,
  });
  const { page } = workbench;
  try {
    await workbench.openView();
    await workbench.row('vspc-sample');
    await openReport(workbench);
    await inventHistory(workbench.userData);
    const report = new Report(page);
    await report.button('Refresh').click();
    await report.frame.locator('.plot').waitFor();
    await report.loaded();
    const earlier = report.frame.getByRole('combobox', { name: 'Growth since' });
    await earlier.selectOption({ index: 4 });
    await report.section('Tenants and Subtenants').header('Growth').waitFor();
    await workbench.palette('View: Toggle Primary Side Bar Visibility');
    for (const [name, theme] of Object.entries(themes)) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await workbench.useTheme(theme);
      for (const width of widths) {
        const shown = await (await report.content()).evaluate<number>('innerWidth');
        await page.setViewportSize({ width: (page.viewportSize()?.width ?? width) + width - shown, height });
        const nextWidth = 'new Promise(resolve => requestAnimationFrame(() => resolve(innerWidth)))';
        while ((await (await report.content()).evaluate<number>(nextWidth)) !== width) {}
        const file = join(target, `report-${name}-${width}.png`);
        await workbench.screenshot(file, page.locator('.part.editor'));
        console.log(file);
      }
    }
  } catch (error) {
    console.error(await workbench.text());
    throw error;
  } finally {
    await workbench.close();
    await servers.close();
    await folder.remove();
  }
}

/** Earlier reports, a week apart from each other, in which everything was a bit smaller. */
export async function inventHistory(userData: string): Promise<void> {
  const folder = join(userData, 'globalStorage', 'backup-tenancy.backup-tenancy-explorer', 'report-history');
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const known = readHistory(await readFile(file, 'utf8'));
    const [at] = known && known !== 'later' ? known.times : [];
    if (!known || known === 'later' || at === undefined) {
      throw new Error(`${name} is no history.`);
    }
    let history = known;
    for (let weeks = 1; weeks <= 12; weeks++) {
      const factor = 1 - weeks * 0.018 - 0.01 * Math.sin(weeks);
      const rows = [...known.items].map(([key, { used, limit }]) => ({
        ...({ key, kind: 'tenant', id: '', name: '', server: '', unlimited: false } as const),
        usedBytes: (used[0] ?? 0) * factor,
        limitBytes: limit[0] ?? undefined,
      }));
      history = withReport(history, at - weeks * 7 * 24 * 60 * 60 * 1000, rows);
    }
    await writeFile(file, writeHistory(history) ?? '');
  }
}

runMain(main);
