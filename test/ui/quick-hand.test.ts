import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../scripts/processes';
import { startSampleServers } from '../../scripts/sample-servers';
import { packagedExtension } from './packaged-extension';
import type { Row } from './servers-tree';
import { Workbench } from './workbench';

/** Fresh ones, as VS Code remembers what was open. More of them find what happens now and then. */
const profiles = Number(process.env.BACKUP_TENANCY_PROFILES ?? 2);

/** From one server to the other and back, so that rows of both come at the same time. */
const ways = [
  ['m365-sample', 'em-sample', 'Organizations', 'Cloud Tenants', 'Contoso', 'Backup Repositories', 'Backup Servers'],
  ['m365-sample', 'Backup Repositories', 'em-sample', 'Repo North', 'Backup Servers', 'vbr01', 'Cloud Tenants'],
];

test.each(Array.from({ length: profiles }, (_, index) => index))(
  'opens what is clicked, however soon the next click comes (%i)',
  async index => {
    const folder = await temporaryFolder('ui');
    onTestFinished(() => folder.remove());
    const samples = await startSampleServers(folder.path, { delayMs: index % 2 === 0 ? 30 : 60 });
    onTestFinished(() => samples.close());
    const workbench = await Workbench.start({
      vsix: packagedExtension(),
      alsoInstall: [samples.helper],
      env: samples.env,
    });
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') {
        await workbench.screenshot(`out/screenshots/failed-quick-hand-${index}.png`);
      }
      await workbench.close();
    });
    // So high that every row is in sight.
    await workbench.page.setViewportSize({ width: 1280, height: 3000 });
    await workbench.openView();
    // Both are added by then. A row that is clicked while others are put in around it, VS Code may close again.
    await workbench.row('m365-sample');
    await workbench.row('em-sample');
    await workbench.idle();
    for (const label of ways[index % ways.length] ?? []) {
      await workbench.select(label);
      // As a hand does: it looks for the next row, and waits for nothing else.
      await workbench.page.waitForTimeout(300 + Math.random() * 500);
    }
    await expect.poll(async () => emptyLists(await workbench.rows())).toEqual([]);
    expect(await workbench.text()).not.toContain('is already registered');
  },
);

/** Rows that are open with nothing below them. */
function emptyLists(rows: readonly Row[]): string[] {
  return rows
    .filter(({ expanded, level }, index) => {
      const next = rows[index + 1];
      return expanded && next && next.level <= level;
    })
    .map(({ label }) => label);
}
