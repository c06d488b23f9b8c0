// The packaged extension in a window with sample servers, for as long as pictures of it are taken.
import { Report } from '../../test/ui/report';
import { Workbench, type WorkbenchOptions } from '../../test/ui/workbench';
import { packageExtension } from '../package';
import { temporaryFolder } from '../processes';
import { type SampleServers, type SampleServersOptions, startSampleServers } from '../sample-servers';
import { inventHistory, openReport } from './scenes';

export interface Session {
  readonly workbench: Workbench;
  readonly servers: SampleServers;
}

/** Among so many tenants, some are close to their quota. */
export const everything: Partial<SampleServersOptions> = { tenants: 60, everyProduct: true };

/**
 * If `take` fails, what was on the screen is written to the console.
 * @param prepare may put files into the throw-away folder; says what is special about the window
 */
export async function inSession(
  samples: Partial<SampleServersOptions>,
  take: (session: Session) => Promise<void>,
  prepare?: (folder: string, servers: SampleServers) => Promise<Partial<WorkbenchOptions>>,
): Promise<void> {
  const folder = await temporaryFolder('pictures');
  const servers = await startSampleServers(folder.path, samples);
  try {
    const workbench = await Workbench.start({
      vsix: await packageExtension(),
      alsoInstall: [servers.helper],
      env: servers.env,
      ...(await prepare?.(folder.path, servers)),
    });
    try {
      await workbench.openView();
      await workbench.row(samples.everyProduct ? 'vspc-sample' : 'em-sample');
      await take({ workbench, servers });
    } catch (error) {
      console.error(await workbench.text());
      throw error;
    } finally {
      await workbench.close();
    }
  } finally {
    await servers.close();
    await folder.remove();
  }
}

/** The report of all servers, with weeks of growth, compared with the report of four weeks ago. */
export async function openGrownReport(workbench: Workbench): Promise<Report> {
  const { page, translation } = workbench;
  await openReport(workbench);
  await inventHistory(workbench.userData);
  const refresh = translation.of('Refresh');
  const report = new Report(page, refresh);
  await report.button(refresh).click();
  await report.frame.locator('.plot').waitFor();
  await report.loaded();
  const earlier = report.frame.getByRole('combobox', { name: translation.of('Growth since') });
  await earlier.selectOption({ index: 4 });
  await report.section(translation.of('Tenants and Subtenants')).header(translation.of('Growth')).waitFor();
  return report;
}
