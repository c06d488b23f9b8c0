// Builds the extension for production and packs it into a VSIX at the root of the repository.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { runMain } from './processes';
import { repository } from './repository';

/** The README as it is packed, from the root of the repository. */
const packedReadme = 'out/README.md';

/** Shows what is in the VSIX, and returns its path. */
export async function packageExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const vsix = join(repository, `${name}-${version}.vsix`);
  // With a fixed time in the archive, the same commit gives the same bytes.
  process.env.SOURCE_DATE_EPOCH ??= await commitTime();
  await mkdir(join(repository, 'out'), { recursive: true });
  await writeFile(join(repository, packedReadme), standingAlone(await readFile(join(repository, 'README.md'), 'utf8')));
  // Runs the script vscode:prepublish, the production build, first.
  await createVSIX({
    cwd: repository,
    packagePath: vsix,
    // esbuild has bundled what is needed.
    dependencies: false,
    allowMissingRepository: true,
    // It takes the place of the other one.
    readmePath: packedReadme,
    // To nowhere, as long as there is no repository's address.
    rewriteRelativeLinks: false,
  });
  return vsix;
}

/**
 * The page of the extension finds neither the pictures nor the files beside the README: it would show both as broken. So a
 * link that is a sentence of its own goes, and so does what stands between two comments that say "only here".
 */
export function standingAlone(markdown: string): string {
  return markdown
    .replace(/<!-- only here -->.*?<!-- \/only here -->\s*/gs, '')
    .replace(/<picture>.*?<\/picture>\s*/gs, '')
    .replace(/<img\b[^>]*>\s*/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)\s*/g, '')
    .replace(/(?<=\.)\s\[[^\]]*\]\((?!https:|#)[^)]*\)$/gm, '')
    .replace(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
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
