// Builds the extension for production and packs it into a VSIX at the root of the repository.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { runMain } from './processes';
import { repository } from './repository';

/** Shows what is in the VSIX, and returns its path. */
export async function packageExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const vsix = join(repository, `${name}-${version}.vsix`);
  // With a fixed time in the archive, the same commit gives the same bytes.
  process.env.SOURCE_DATE_EPOCH ??= await commitTime();
  // Runs the script vscode:prepublish, the production build, first.
  await createVSIX({
    cwd: repository,
    packagePath: vsix,
    // esbuild has bundled what is needed.
    dependencies: false,
    allowMissingRepository: true,
    // To nowhere, as long as there is no repository's address. VS Code shows no pictures of a README by paths anyway.
    rewriteRelativeLinks: false,
  });
  return vsix;
}

/** Seconds since 1970; zero outside of a repository. */
async function commitTime(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: repository });
    return stdout.trim() || '0';
  } catch {
    return '0';
  }
}

if (require.main === module) {
  runMain(packageExtension);
}
