// The VS Code that the developer has installed, with a profile of its own.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killGroup, onExit, run } from '../processes';
import { quietSettings } from './server';

const onWindows = process.platform === 'win32';
const program = onWindows ? 'code.cmd' : 'code';

export function desktopIsInstalled(): boolean {
  return spawnSync(program, ['--version'], { shell: onWindows, stdio: 'ignore' }).status === 0;
}

export interface DesktopOptions {
  /** A throw-away folder. */
  readonly folder: string;
  /** Packages to install. */
  readonly extensions: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Opens a window and waits until it is closed. */
export async function openDesktop({ folder, extensions, env }: DesktopOptions): Promise<void> {
  const userData = join(folder, 'user-data');
  const workspace = join(folder, 'workspace');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(workspace);
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings, undefined, 2));

  const profile = ['--user-data-dir', userData, '--extensions-dir', join(folder, 'extensions')].map(quoted);
  const install = extensions.flatMap(vsix => ['--install-extension', quoted(vsix)]);
  await run(program, [...profile, ...install, '--force'], { shell: onWindows });

  const child = spawn(program, [...profile, '--new-window', '--wait', quoted(workspace)], {
    // A group of its own, to be ended as a whole.
    detached: !onWindows,
    shell: onWindows,
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const end = (): void => {
    killGroup(child);
    endInstance(userData);
  };
  const forget = onExit(end);
  await new Promise<void>((closed, failed) => {
    child.once('error', failed);
    child.once('exit', () => closed());
  });
  end();
  forget();
}

/** The window belongs to a process that `code` has only woken, and that on macOS outlives its windows. */
function endInstance(userData: string): void {
  try {
    process.kill(Number(readFileSync(join(userData, 'code.lock'), 'utf8')));
  } catch {
    // It has ended by itself.
  }
}

/** A shell takes the arguments apart at blanks. */
function quoted(argument: string): string {
  return onWindows ? `"${argument}"` : argument;
}
