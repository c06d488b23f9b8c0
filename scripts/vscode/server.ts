// Runs the VS Code that `install.ts` has installed: a server on this machine, seen through a browser.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { killGroup, onExit, run, temporaryFolder } from '../processes';
import type { VSCodeInstallation } from './install';

export { newest, obtainVSCode, oldest, type VSCodeVersion, versionOf } from './install';

export type Settings = Readonly<Record<string, unknown>>;

export interface WorkbenchOptions {
  readonly vscode: VSCodeInstallation;
  /** The folder to open; an empty one by default. */
  readonly folder?: string;
  readonly settings?: Settings;
  /** Packages of extensions to install. */
  readonly extensions?: readonly string[];
  /** Folders of extensions that are loaded from source. */
  readonly developmentExtensions?: readonly string[];
  /** A module that exports `run(): Promise<void>`, run inside the extension host. */
  readonly testsPath?: string;
  /** Environment variables for VS Code and the extensions. */
  readonly env?: NodeJS.ProcessEnv;
  /** VS Code does not trust the folder, and does not ask whether to. */
  readonly restricted?: boolean;
  /**
   * VS Code's display language, such as `de`: that of extensions, numbers and dates. What VS Code itself says stays English,
   * as its translations come from the Marketplace alone.
   */
  readonly language?: string;
}

export interface WorkbenchServer {
  /** The page to open in a browser. */
  readonly url: string;
  /** The folder of the profile with its settings and the storage of extensions. */
  readonly userData: string;
  /** What the server has written so far, for the message of a failure. */
  log(): string;
  /** Resolves when the server ends, whether it was asked to or not. */
  readonly ended: Promise<void>;
  /** Ends all processes and removes the throw-away folders. */
  stop(): Promise<void>;
}

/** Nothing on the screen but what a test or a picture is about. */
export const quietSettings: Settings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.menuBarVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.panel.defaultVisibility': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const distrustfulSettings: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

export async function startWorkbench(options: WorkbenchOptions): Promise<WorkbenchServer> {
  const throwAway = await temporaryFolder('profile');
  const profileDir = throwAway.path;
  const serverDataDir = join(profileDir, 'data');
  const extensionsDir = join(profileDir, 'extensions');
  const folder = options.folder ?? join(profileDir, 'workspace');
  // Not the machine's settings: those of scope "application" count only here.
  const userSettings = join(serverDataDir, 'data', 'User');
  const temporary = join(profileDir, 'tmp');
  await Promise.all([extensionsDir, folder, userSettings, temporary].map(path => mkdir(path, { recursive: true })));
  await writeFile(
    join(userSettings, 'settings.json'),
    JSON.stringify(
      { ...quietSettings, ...(options.restricted ? distrustfulSettings : {}), ...options.settings },
      undefined,
      2,
    ),
  );

  if (options.language) {
    await writeLanguagePack(join(serverDataDir, 'data'), options.language);
  }

  const { node, server } = options.vscode;
  const where = ['--server-data-dir', serverDataDir, '--extensions-dir', extensionsDir];
  // Whoever opens the page can do everything that this user can, so other users of the machine must not.
  const token = randomUUID();
  const tokenFile = join(profileDir, 'connection-token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const env = {
    ...cleanEnvironment(),
    ...temporaryFolders(temporary),
    BACKUP_TENANCY_PROFILE: serverDataDir,
    ...noGallery,
    ...options.env,
  };
  if (options.extensions && options.extensions.length > 0) {
    // Before the server starts: both write the list of what is installed, and may spoil it for each other.
    const packages = options.extensions.flatMap(vsix => ['--install-extension', resolve(vsix)]);
    await run(node, [server, ...where, ...packages, '--force'], { env, quiet: true });
  }
  // A group of its own, to be ended as a whole.
  const flags = [
    ...serverFlags,
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    ...(options.developmentExtensions || options.testsPath ? [developmentFlag] : []),
    ...(options.language ? ['--locale', options.language] : []),
  ];
  const child = spawn(node, [server, ...where, '--connection-token-file', tokenFile, ...flags], {
    detached: process.platform !== 'win32',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forget = onExit(() => killGroup(child));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
    });
  }

  const stop = async (): Promise<void> => {
    killGroup(child);
    await exited(child);
    forget();
    await throwAway.remove();
  };

  try {
    const port = await listening(child, () => log);
    return {
      userData: userSettings,
      url: pageAddress(port, token, folder, options),
      log: () => log,
      ended: exited(child),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What an installed language pack leaves behind, with no text in it: VS Code takes no language without one. */
async function writeLanguagePack(userData: string, language: string): Promise<void> {
  const texts = join(userData, 'no-texts.json');
  const extensions = [{ extensionIdentifier: { id: 'nobody.no-texts' }, version: '1.0.0' }];
  const pack = { hash: 'no-texts', extensions, translations: { vscode: texts }, label: language };
  await writeFile(texts, JSON.stringify({ contents: {} }));
  await writeFile(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

const serverFlags = [
  ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'],
  ...['--telemetry-level', 'off', '--disable-experiments'],
];

/** Without it VS Code ignores extensions under development and their tests, silently; with it, it shows no notifications. */
const developmentFlag = '--enable-smoke-test-driver';

/** Sockets that are removed with the profile. Elsewhere they are no files, or their path would become too long. */
function temporaryFolders(folder: string): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { TMPDIR: folder, XDG_RUNTIME_DIR: folder } : {};
}

/** Extensions come from files only: nothing is looked up on the internet. */
const noGallery = { EXTENSIONS_GALLERY: '{}' };

/** The environment without what belongs to the program around us: a VS Code terminal, a test runner, a bundler. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|VITEST|NODE_OPTIONS$|NODE_ENV$|TSX_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Resolves with the port once the server answers there. */
function listening(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port) {
        child.stdout?.off('data', look);
        resolve(Number(port));
      }
    };
    child.stdout?.on('data', look);
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`VS Code's server ended with ${code}:\n${log()}`)));
  });
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      resolve();
    } else {
      child.once('exit', () => resolve());
    }
  });
}

function pageAddress(port: number, token: string, folder: string, options: WorkbenchOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${asUriPath(path)}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  for (const extension of options.developmentExtensions ?? []) {
    payload.push(['extensionDevelopmentPath', remote(extension)]);
  }
  if (options.testsPath) {
    payload.push(['extensionTestsPath', remote(options.testsPath)]);
  }
  const query = new URLSearchParams({ tkn: token, folder: asUriPath(folder), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

function asUriPath(path: string): string {
  const slashes = resolve(path).replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
