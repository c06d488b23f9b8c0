// Whatever ends a program that has VS Code running, no process and no file of it remains.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

type Program = ChildProcessByStdio<Writable, Readable, null>;

// The processes are told by their environment, which only Linux shows.
describe.runIf(process.platform === 'linux')('a program that has opened a window', () => {
  let temporary = '';
  let mark = '';

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'leftovers-'));
    mark = `LEFTOVER_OF=${randomUUID()}`;
  });

  afterEach(async () => {
    await rm(temporary, { recursive: true, force: true });
  });

  async function openWindow(): Promise<Program> {
    const [name = '', value] = mark.split('=');
    const program = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'open-window.ts')], {
      env: { ...process.env, [name]: value, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    for await (const chunk of program.stdout) {
      if (String(chunk).includes('open\n')) {
        break;
      }
    }
    expect(runningWith(mark).length).toBeGreaterThan(2);
    return program;
  }

  test.each<[string, (program: Program) => void]>([
    ['Ctrl+C', program => program.kill('SIGINT')],
    ['SIGTERM', program => program.kill('SIGTERM')],
    ['its own exit', program => program.stdin.end()],
  ])('leaves nothing behind after %s', async (_, end) => {
    const program = await openWindow();
    const exit = once(program, 'exit');
    end(program);
    await exit;
    await expect.poll(() => runningWith(mark), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => filesIn(temporary), { timeout: 10_000 }).toEqual([]);
  });
});

async function filesIn(folder: string): Promise<string[]> {
  // tsx, which runs the program, keeps its own cache there.
  return (await readdir(folder)).filter(name => !name.startsWith('tsx-'));
}

/** The command lines of all processes with this in their environment. */
function runningWith(mark: string): string[] {
  return readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid) && read(`/proc/${pid}/environ`).includes(mark))
    .map(pid => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Ended meanwhile, or of another user.
    return '';
  }
}
