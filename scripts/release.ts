// node --import tsx scripts/release.ts v0.1.0 notes.md   checks that this tag may be released, and writes what it brings
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain } from './processes';
import { repository } from './repository';

/**
 * @param changelog the text of CHANGELOG.md
 * @returns the section about the version
 * @throws Error if the tag is not that of the version, or there is nothing to say about it
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) {
    throw new Error(`The tag ${tag} is not that of version ${version} in package.json, v${version}.`);
  }
  const sections = changelog.split(/^## /m).slice(1);
  const notes = sections
    .find(section => section.startsWith(`[${version}]`))
    ?.replace(/^.*\n/, '')
    .trim();
  if (!notes) {
    throw new Error(`CHANGELOG.md has no section "## [${version}]", or nothing is in it.`);
  }
  return `${notes}\n`;
}

async function main(): Promise<void> {
  const [tag, file] = process.argv.slice(2);
  if (!tag || !file) {
    throw new Error('Usage: node --import tsx scripts/release.ts <tag> <file for the notes>');
  }
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  await writeFile(file, releaseNotes(tag, version, await readFile(join(repository, 'CHANGELOG.md'), 'utf8')));
}

if (require.main === module) {
  runMain(main, { stack: false });
}
