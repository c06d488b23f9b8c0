// A program that opens a window and then waits to be ended, for leftovers.test.ts.
import { packagedExtension } from './packaged-extension';
import { Workbench } from './workbench';

async function main(): Promise<void> {
  const workbench = await Workbench.start({ vsix: packagedExtension() });
  await workbench.openView();
  console.log('open');
  process.stdin.once('end', () => process.exit(0)).resume();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
