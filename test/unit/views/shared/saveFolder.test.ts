import { homedir } from 'node:os';
import { posix } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { SaveFolder } from '../../../../src/views/shared/saveFolder';
import { KeptMemory } from '../../support';

const workspace = vi.hoisted(() => ({ folder: undefined as string | undefined }));

vi.mock('vscode', () => {
  const uri = (path: string) => ({ path, toString: () => path });
  return {
    Uri: {
      file: uri,
      parse: uri,
      joinPath: ({ path }: { path: string }, part: string) => uri(posix.join(path, part)),
    },
    workspace: {
      get workspaceFolders() {
        return workspace.folder === undefined ? undefined : [{ uri: uri(workspace.folder) }];
      },
    },
  };
});

let folder: SaveFolder;

beforeEach(() => {
  workspace.folder = undefined;
  folder = new SaveFolder(new KeptMemory());
});

test("begins in the workspace's folder, or at home without one", () => {
  expect(folder.file('a.csv').path).toBe(posix.join(homedir(), 'a.csv'));
  workspace.folder = '/projects/runbooks';
  expect(folder.file('a.csv').path).toBe('/projects/runbooks/a.csv');
});

test('comes back to the folder used last, in the same workspace alone', async () => {
  workspace.folder = '/projects/runbooks';
  await folder.keep(folder.file('lists/a.csv'));
  expect(folder.file('b.csv').path).toBe('/projects/runbooks/lists/b.csv');
  workspace.folder = '/projects/other';
  expect(folder.file('b.csv').path).toBe('/projects/other/b.csv');
});
