import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeAtomically } from '../../../../src/views/shared/atomicFile';

vi.mock('vscode', () => import('../vscode'));

let folder: string;
const content = new TextEncoder().encode('new');
const uri = (path: string) => ({ scheme: 'file', fsPath: path, path: pathToFileURL(path).pathname }) as never;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([0o600, 0o640, 0o664])('a file keeps its permissions %o', async wanted => {
  const file = join(folder, 'list.csv');
  await writeFile(file, 'old');
  await chmod(file, wanted);
  // Windows knows no more than whether it may be written.
  const { mode } = await stat(file);
  await writeAtomically(uri(file), content);
  expect((await stat(file)).mode).toBe(mode);
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['list.csv']);
});

test('a link stays one, and what it leads to is written, be it there or not', async () => {
  await mkdir(join(folder, 'there'));
  await writeFile(join(folder, 'there', 'old.csv'), 'old');
  for (const name of ['old.csv', 'absent.csv']) {
    const link = join(folder, `link-to-${name}`);
    await symlink(join('there', name), link);
    await writeAtomically(uri(link), content);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, 'there', name), 'utf8')).toBe('new');
  }
  expect((await readdir(join(folder, 'there'))).sort()).toEqual(['absent.csv', 'old.csv']);
});

test('a folder is not replaced, and no draft is left beside it', async () => {
  await mkdir(join(folder, 'x'));
  await expect(writeAtomically(uri(join(folder, 'x')), content)).rejects.toThrow('is not a file');
  expect(await readdir(folder)).toEqual(['x']);
});

test('missing folders are made', async () => {
  const file = join(folder, 'a', 'b', 'list.csv');
  await writeAtomically(uri(file), content);
  expect(await readFile(file, 'utf8')).toBe('new');
});
