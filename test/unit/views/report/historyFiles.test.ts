import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { HistoryFiles } from '../../../../src/views/report/historyFiles';

vi.mock('vscode', () => {
  type Place = Pick<vscode.Uri, 'fsPath'>;
  const fs = {
    readFile: ({ fsPath }: Place) => readFile(fsPath),
    readDirectory: async ({ fsPath }: Place) => (await readdir(fsPath)).map(name => [name, 1]),
    delete: ({ fsPath }: Place) => rm(fsPath),
  };
  const joinPath = ({ fsPath }: Place, ...names: string[]) => ({ fsPath: join(fsPath, ...names) });
  return { Uri: { joinPath }, workspace: { fs } };
});

async function withHistoryOf(...servers: readonly string[]) {
  const storage = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(storage, { recursive: true }));
  const folder = join(storage, 'report-history');
  await mkdir(folder);
  await Promise.all(servers.map(server => writeFile(join(folder, `${server}.json`), '{}')));
  const files = new HistoryFiles({ fsPath: storage } as vscode.Uri, { warn: () => undefined });
  return { files, left: async () => (await readdir(folder)).sort() };
}

test('a removed server leaves no history, and the others keep theirs', async () => {
  const { files, left } = await withHistoryOf('one', 'two');
  await files.forget('one');
  expect(await left()).toEqual(['two.json']);
  await files.forget('never-had-one');
  expect(await left()).toEqual(['two.json']);
});

test('what a server left that was removed elsewhere, or a crash, is deleted', async () => {
  const { files, left } = await withHistoryOf('one', 'two', 'one.json.tmp');
  await files.keepOnly(['two']);
  expect(await left()).toEqual(['two.json']);
});

test('all of it is deleted when the person asks for that', async () => {
  const { files, left } = await withHistoryOf('one', 'two');
  await files.forgetAll();
  expect(await left()).toEqual([]);
});

test('an id that is no file name stays in the folder', async () => {
  const { files, left } = await withHistoryOf('one', '___one');
  await files.forget('../one');
  expect(await left()).toEqual(['one.json']);
});
