import { afterAll, beforeAll } from 'vitest';
import { temporaryFolder } from '../../scripts/processes';
import { type SampleServers, startSampleServers } from '../../scripts/sample-servers';
import { useWorkbench } from './use-workbench';
import type { Workbench, WorkbenchOptions } from './workbench';

interface SampleOptions {
  /** What the sample servers have. */
  readonly servers?: Parameters<typeof startSampleServers>[1];
  /** Puts files into the folder before the window opens. */
  readonly files?: (folder: string, samples: SampleServers) => Promise<void>;
  readonly window?: (folder: string) => Partial<WorkbenchOptions>;
}

/**
 * One window for all tests of a file, with one sample server of each product in it, m365-sample and em-sample, and a folder
 * for files. Call the results inside a test to get them.
 */
export function useSampleServers({ servers, files, window }: SampleOptions = {}): {
  workbench(): Workbench;
  samples(): SampleServers;
  folder(): string;
} {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let samples: SampleServers;

  beforeAll(async () => {
    folder = await temporaryFolder('ui');
    samples = await startSampleServers(folder.path, servers);
    await files?.(folder.path, samples);
  });

  const workbench = useWorkbench(() => ({
    alsoInstall: [samples.helper],
    env: samples.env,
    ...window?.(folder.path),
  }));

  afterAll(async () => {
    await samples.close();
    await folder.remove();
  });

  return { workbench, samples: () => samples, folder: () => folder.path };
}
