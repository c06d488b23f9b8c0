import { afterAll, beforeAll, test } from 'vitest';
import { temporaryFolder } from '../../scripts/processes';
import { type SampleServers, startSampleServers } from '../../scripts/sample-servers';
import { Report } from './report';
import { useWorkbench } from './use-workbench';

// The report on the packaged extension, as a person reads it.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let samples: SampleServers;

beforeAll(async () => {
  folder = await temporaryFolder('report');
  samples = await startSampleServers(folder.path);
});

const workbench = useWorkbench(() => ({ alsoInstall: [samples.helper], env: samples.env }));

afterAll(async () => {
  await samples.close();
  await folder.remove();
});

test('opens from the palette for the servers chosen, with those closest to their quota first', async () => {
  await workbench().openView();
  await workbench().row('em-sample');
  await workbench().palette('Backup Tenancy: Show Capacity Report…');
  await workbench().quickInput.step('Capacity and Quota Report');
  await workbench().quickInput.accept();
  const report = new Report(workbench().page);
  await report.loaded();
  await workbench().screenshot('out/screenshots/report-dark.png');
});
