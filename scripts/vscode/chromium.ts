import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { run, temporaryFolder } from '../processes';

/** Starts a browser without a window. Installs one first where that is possible. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await obtainChromium();
  // Chromium leaves files in the temporary folder when it is killed.
  const temporary = await temporaryFolder('chromium');
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, TMPDIR: temporary.path },
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  browser.once('disconnected', () => temporary.remove().catch(console.error));
  return browser;
}

async function obtainChromium(): Promise<string> {
  for (const name of ['BACKUP_TENANCY_CHROMIUM', 'CHROMIUM_PATH']) {
    const path = process.env[name];
    if (path) {
      if (!existsSync(path)) {
        throw new Error(`${name} names ${path}, which does not exist.`);
      }
      return path;
    }
  }
  const found = findChromium();
  if (found) {
    return found;
  }
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('Chromium: installing the package chromium (once)');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, quiet: true });
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { env, quiet: true });
    const installed = findChromium();
    if (installed) {
      console.log(`Chromium: ${installed}`);
      return installed;
    }
  }
  throw new Error(
    'No Chromium found. Install Chromium, Google Chrome or Microsoft Edge, ' +
      'or set BACKUP_TENANCY_CHROMIUM to the path of one. (On Debian: sudo apt-get install chromium)',
  );
}

function findChromium(): string | undefined {
  return candidates().find(path => existsSync(path));
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(name => process.env[name]);
    const programs = [
      join('Chromium', 'Application', 'chrome.exe'),
      join('Google', 'Chrome', 'Application', 'chrome.exe'),
      join('Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ];
    return programs.flatMap(program => roots.filter(root => root !== undefined).map(root => join(root, program)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  // Browsers of the snap kind see neither /tmp nor hidden folders, where throw-away profiles lie.
  return names.flatMap(name => folders.map(folder => join(folder, name))).filter(path => !path.startsWith('/snap/'));
}
