import { afterAll, afterEach, beforeAll } from 'vitest';
import { packagedExtension } from './packaged-extension';
import { Workbench, type WorkbenchOptions } from './workbench';

/**
 * One window for all tests of a file; call the result inside a test to get it. A test that fails leaves a picture in
 * `out/screenshots`.
 */
export function useWorkbench(options: () => Partial<WorkbenchOptions> = () => ({})): () => Workbench {
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    workbench = await Workbench.start({ vsix: packagedExtension(), ...options() });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await workbench?.screenshot(`out/screenshots/failed-${task.name.replace(/\W+/g, '-')}.png`);
    }
  });

  afterAll(async () => {
    await workbench?.close();
  });

  return () => {
    if (!workbench) {
      throw new Error('The window is there inside of tests only.');
    }
    return workbench;
  };
}
