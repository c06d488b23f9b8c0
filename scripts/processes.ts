import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs what a script does, and ends with it: what is still open, such as a kept connection, does not delay the end.
 * @param stack whether a failure is written with where it came from; not where it is a mistake of whoever calls the script
 */
export function runMain(main: () => Promise<unknown>, { stack = true } = {}): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof Error && !stack ? error.message : error);
      process.exit(1);
    },
  );
}

/** What has to be undone when this program ends, however it ends. Synchronous: nothing else runs in an exit handler. */
const undos = new Set<() => void>();
let watching = false;

/** Registers `undo` for the end of this program; the returned function forgets it again. */
export function onExit(undo: () => void): () => void {
  if (!watching) {
    watching = true;
    process.once('exit', undoAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => end(128 + constants.signals[signal]));
    }
    // Who ends `npm` alone ends the shell below it, but not what that shell has started.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end(1), 500).unref();
  }
  undos.add(undo);
  return () => undos.delete(undo);
}

function end(code: number): void {
  // Not left to the exit: test runners put a `process.exit` of their own in place.
  undoAll();
  process.exit(code);
}

function undoAll(): void {
  for (const undo of [...undos].reverse()) {
    undos.delete(undo);
    try {
      undo();
    } catch (error) {
      console.error(error);
    }
  }
}

const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/** A folder that does not outlive this program. */
export async function temporaryFolder(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `backup-tenancy-${name}-`));
  const forget = onExit(() => rmSync(path, removal));
  return {
    path,
    async remove() {
      await rm(path, removal);
      forget();
    },
  };
}

/** Runs a program to its end; rejects unless it succeeds. Its output is shown, or with `quiet` only when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'shell'> & { quiet?: boolean } = {},
): Promise<void> {
  const { quiet = false, ...rest } = options;
  const child = spawn(command, args, { ...rest, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  const forget = onExit(() => child.kill());
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  try {
    const ending = await new Promise<string | number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal));
    });
    if (ending !== 0) {
      throw new CommandFailed(`"${[command, ...args].join(' ')}" ended with ${ending}.${output && `\n${output}`}`);
    }
  } finally {
    forget();
  }
}

/** A program that ran but did not succeed: its own output has told why, a stack trace would add nothing. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
}

/** npm as the developer started it, or the one on PATH. */
export async function npm(args: readonly string[], options: { cwd: string; quiet?: boolean }): Promise<void> {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  // An `npm run` around us tells its children where *its* project lies.
  const { npm_config_local_prefix: _, INIT_CWD: __, ...env } = process.env;
  const shell = command === 'npm' && process.platform === 'win32';
  await run(command, [...first, ...args, '--prefix', options.cwd], { ...options, env, shell });
}

/**
 * Ends a program that was started detached, together with all programs it has started. VS Code's extension hosts outlive
 * the server that started them otherwise.
 */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
      throw error;
    }
  }
}
