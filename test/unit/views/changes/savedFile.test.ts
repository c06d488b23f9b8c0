import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { lineEdit, readText, writeText } from '../../../../src/views/changes/savedFile';
import { never } from '../../never';

/** What is open in editors, by path. */
const editors = vi.hoisted(
  () => new Map<string, { text: string; isDirty: boolean; saves: number; canSave?: boolean }>(),
);

vi.mock('vscode', async () => {
  const { readFile: read, stat: look } = await import('node:fs/promises');
  class Edit {
    readonly changes: { path: string; from: number; to: number; text: string }[] = [];
    replace({ path }: { path: string }, { from, to }: { from: number; to: number }, text: string): void {
      this.changes.push({ path, from, to, text });
    }
  }
  return {
    ...(await import('../vscode')),
    WorkspaceEdit: Edit,
    Range: class {
      constructor(
        readonly from: number,
        readonly to: number,
      ) {}
    },
    workspace: {
      fs: {
        stat: ({ fsPath }: { fsPath: string }) => look(fsPath),
        readFile: ({ fsPath }: { fsPath: string }) => read(fsPath),
      },
      applyEdit: async ({ changes }: Edit) => {
        for (const { path, from, to, text } of changes) {
          const editor = editors.get(path);
          if (editor) {
            editor.text = editor.text.slice(0, from) + text + editor.text.slice(to);
          }
        }
        return true;
      },
      get textDocuments() {
        return [...editors].map(([path, editor]) => ({
          uri: uriOf(path),
          isClosed: false,
          isDirty: editor.isDirty,
          getText: () => editor.text,
          positionAt: (offset: number) => offset,
          save: async () => {
            editor.saves++;
            return editor.canSave ?? true;
          },
        }));
      },
    },
  };
});

function uriOf(path: string) {
  return { scheme: 'file', path, fsPath: path, toString: () => `file://${path}` } as never;
}

let folder: string;

beforeEach(async () => {
  editors.clear();
  folder = await mkdtemp(join(tmpdir(), 'changes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

test('a file that is not open is written as a whole; its permissions and links to it stay', async () => {
  const [file, link] = [join(folder, 'list.json'), join(folder, 'link.json')];
  await writeFile(file, '\uFEFF[1]\r\n');
  await chmod(file, 0o600);
  const { mode } = await stat(file);
  await symlink(file, link);
  expect(await readText(uriOf(link))).toBe('\uFEFF[1]\r\n');
  expect(await writeText(uriOf(link), '\uFEFF[1]\r\n', ['\uFEFF[', '2', ']\r\n'], never)).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('\uFEFF[2]\r\n');
  expect((await stat(file)).mode).toBe(mode);
  expect(await readText(uriOf(link))).toBe('\uFEFF[2]\r\n');
});

test('a file that is open is changed in its editor, and saved if it was', async () => {
  const file = join(folder, 'list.json');
  await writeFile(file, 'on the disk');
  for (const isDirty of [false, true]) {
    const editor = { text: 'one\ntwo\nthree\n', isDirty, saves: 0 };
    editors.set(file, editor);
    expect(await readText(uriOf(file))).toBe('one\ntwo\nthree\n');
    expect(await writeText(uriOf(file), editor.text, ['one\n', '2\nthree\n'], never)).toBe(true);
    expect(editor).toEqual({ text: 'one\n2\nthree\n', isDirty, saves: isDirty ? 0 : 1 });
  }
  expect(await readFile(file, 'utf8')).toBe('on the disk');
});

test('a file that cannot be saved is not said to be', async () => {
  const editor = { text: '[1]', isDirty: false, saves: 0, canSave: false };
  editors.set('/list.json', editor);
  await expect(writeText(uriOf('/list.json'), '[1]', ['[2]'], never)).rejects.toThrow('could not save it');
  expect(editor.text).toBe('[2]');
});

test('a file that has another text by now is left alone', async () => {
  const file = join(folder, 'list.json');
  await writeFile(file, 'somebody else');
  expect(await writeText(uriOf(file), 'as it was', ['mine'], never)).toBe(false);
  expect(await readFile(file, 'utf8')).toBe('somebody else');
  editors.set(file, { text: 'typed', isDirty: true, saves: 0 });
  expect(await writeText(uriOf(file), 'somebody else', ['mine'], never)).toBe(false);
  expect(editors.get(file)?.text).toBe('typed');
});

test('an edit replaces whole lines, and gives the other text', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '\ud83d', '\ude00')).map(parts => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, end, replacement } = lineEdit(before, after);
      expect(before.slice(0, start) + replacement + before.slice(end)).toBe(after);
      for (const at of [start, end]) {
        expect(at === 0 || at === before.length || before[at - 1] === '\n').toBe(true);
      }
    }),
  );
  expect(lineEdit('1\n2\n3\n', '1\nx\n3\n')).toEqual({ start: 2, end: 4, replacement: 'x\n' });
});
