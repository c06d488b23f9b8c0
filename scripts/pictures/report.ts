// npm run pictures:report -- /tmp/pictures      the report of all products in four themes and at three widths, to look at:
//                                               report-<theme>-<width>.png; without a folder into out/pictures
// npm run pictures:report -- /tmp/pictures de   the same in another language
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Theme } from '../../test/ui/workbench';
import { runMain } from '../processes';
import { repository } from '../repository';
import { everything, inSession, openGrownReport } from './session';

const themes: Readonly<Record<string, Theme>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};
const widths = [400, 800, 1440];
const height = 1500;

async function main(): Promise<void> {
  const [folder = join(repository, 'out', 'pictures'), language] = process.argv.slice(2);
  const target = resolve(folder);
  await mkdir(target, { recursive: true });
  await inSession(
    everything,
    async ({ workbench }) => {
      const { page } = workbench;
      const report = await openGrownReport(workbench);
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
    },
    async () => (language ? { language } : {}),
  );
}

runMain(main);
