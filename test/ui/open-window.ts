// A program that opens a window and then waits to be ended, for leftovers.test.ts.
import { once } from 'node:events';
import { runMain } from '../../scripts/processes';
import { packagedExtension } from './packaged-extension';
import { Workbench } from './workbench';

async function main(): Promise<void> {
  const workbench = await Workbench.start({ vsix: packagedExtension() });
  await workbench.openView();
  console.log('open');
  await once(process.stdin.resume(), 'end');
}

runMain(main);
