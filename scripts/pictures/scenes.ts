// What there is to see with the sample servers, for pictures.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHistory, withReport, writeHistory } from '../../src/report/history';
import { Report } from '../../test/ui/report';
import type { Workbench } from '../../test/ui/workbench';

/** The tree, opened down to an organization and to a subtenant. */
export async function openTree(workbench: Workbench): Promise<void> {
  const { translation } = workbench;
  for (const label of ['m365-sample', translation.of('Backup Repositories'), 'Repo North']) {
    await workbench.expand(label);
  }
  await workbench.row('Contoso', 'Repo North');
  for (const label of ['em-sample', translation.of('Cloud Tenants'), 'Northwind']) {
    await workbench.expand(label);
  }
  await workbench.row('nw-user-01', 'Northwind');
  await workbench.idle();
}

/** The report of all servers. */
export async function openReport(workbench: Workbench): Promise<void> {
  const { translation } = workbench;
  await workbench.palette(translation.ofCommand('showReport'));
  await workbench.quickInput.step(translation.of('Capacity Report'));
  await workbench.quickInput.accept();
  await new Report(workbench.page, translation.of('Refresh')).loaded();
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
