// Builds the extension for production and packs it into a VSIX at the root of the repository.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

import { repository } from './repository';

/** Shows what is in the VSIX, and returns its path. */
export async function packageExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const vsix = join(repository, `${name}-${version}.vsix`);
  // Runs the script vscode:prepublish, the production build, first.
  await createVSIX({
    cwd: repository,
    packagePath: vsix,
    // esbuild has bundled what is needed.
    dependencies: false,
    allowMissingRepository: true,
    // The pictures of the README are in the package.
    rewriteRelativeLinks: false,
  });
  return vsix;
}

if (require.main === module) {
  packageExtension().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
