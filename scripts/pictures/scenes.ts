// What there is to see with the sample servers, for pictures.
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

/** The report of both servers. */
export async function openReport(workbench: Workbench): Promise<void> {
  const { translation } = workbench;
  await workbench.palette(translation.ofCommand('showReport'));
  await workbench.quickInput.step(translation.of('Capacity Report'));
  await workbench.quickInput.accept();
  await new Report(workbench.page, translation.of('Refresh')).loaded();
}
