// The licences of the packages that are part of the output files, as those licences ask for.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the notices of all packages that esbuild has bundled, by the names of the files it has read. */
export async function writeNotices(inputs, file) {
  const folders = inputs.flatMap(input => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []);
  const notices = await Promise.all([...new Set(folders)].sort().map(noticeOf));
  await writeFile(
    file,
    `Backup Tenancy Explorer for Veeam includes the following third-party software.\n\n${notices.join('\n')}`,
  );
}

async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter(each => /^(?:licen[cs]e|notice)/i.test(each)).sort();
  const texts = await Promise.all(files.map(each => readFile(join(folder, each), 'utf8')));
  if (texts.length === 0) {
    texts.push(await standardText(name, license, author));
  }
  const line = '-'.repeat(80);
  return `${line}\n${name} ${version} (${license})\n${line}\n\n${texts.map(text => text.trim()).join('\n\n')}\n`;
}

/** For packages that name their licence and leave out its text: that of our own licence with their author. */
async function standardText(name, license, author) {
  const holder = typeof author === 'string' ? author : author?.name;
  if (license !== 'MIT' || !holder) {
    throw new Error(`${name} comes without the text of its licence`);
  }
  return (await readFile('LICENSE', 'utf8')).replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
