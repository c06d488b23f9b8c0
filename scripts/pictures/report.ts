// npm run pictures:report -- /tmp/pictures   the report of all products in four themes and at three widths, to look at:
//                                            report-<theme>-<width>.png; without a folder into out/pictures
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Report } from '../../test/ui/report';
import { type Theme, Workbench } from '../../test/ui/workbench';
import { packageExtension } from '../package';
import { runMain, temporaryFolder } from '../processes';
import { repository } from '../repository';
import { startSampleServers } from '../sample-servers';
import { inventHistory, openReport } from './scenes';

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

runMain(main);
