// Runs the suites of test/vscode inside VS Code's extension host.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { linePrefix, type Results } from '../../test/vscode/results';
import { temporaryFolder } from '../processes';
import { repository } from '../repository';
import { launchChromium } from './chromium';
import { obtainVSCode, startWorkbench, type VSCodeVersion } from './server';

const compiled = join(repository, 'out', 'vscode');
const runner = join(compiled, 'index.js');

export interface HostTestOptions {
  /** Only test files whose path contains one of these. */
  readonly files: readonly string[];
  /** Only tests whose full title contains this. */
  readonly grep?: string | undefined;
}

/** Bundles each test file by itself; VS Code and mocha are those of the host. */
export async function compileHostTests(files: readonly string[]): Promise<void> {
  const folder = join(repository, 'test', 'vscode');
  const tests = (await readdir(folder, { recursive: true }))
    .filter(name => name.endsWith('.test.ts'))
    .filter(name => files.length === 0 || files.some(part => name.includes(part)));
  if (tests.length === 0) {
    throw new Error(`No file in test/vscode matches ${files.join(', ') || '*.test.ts'}`);
  }
  await rm(compiled, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map(name => join(folder, name)),
    outdir: compiled,
    outbase: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** In the browser's VS Code, which needs no display and nothing but the npm registry. */
export async function runInServer(version: VSCodeVersion, options: HostTestOptions): Promise<Results> {
  const vscode = await obtainVSCode(version);
  const results = await temporaryFolder('results');
  const resultsFile = join(results.path, 'results.json');
  const log: string[] = [];
  const workbench = await startWorkbench({
    vscode,
    developmentExtensions: [repository],
    testsPath: runner,
    env: testEnvironment(resultsFile, options),
  });
  try {
    const exitCode = await openUntilTestsEnd(workbench.url, (type, line) => {
      log.push(`${type} ${line}`);
      if (line.startsWith(linePrefix)) {
        console.log(line);
      }
    });
    return await readResults(resultsFile, `VS Code ended with ${exitCode}`);
  } catch (error) {
    console.error(workbench.log());
    throw error;
  } finally {
    await workbench.stop();
    await results.remove();
    await saveLog(version, log);
  }
}

/** On the desktop, with a VS Code that @vscode/test-electron downloads; needs a display (on Linux, `xvfb-run` is one). */
export async function runOnDesktop(version: string, options: HostTestOptions): Promise<Results> {
  const results = await temporaryFolder('results');
  const profile = await temporaryFolder('profile');
  const resultsFile = join(results.path, 'results.json');
  try {
    const vscodeExecutablePath = await downloadAndUnzipVSCode(version).catch((cause: unknown) => {
      throw new Error(
        `VS Code ${version} could not be downloaded from Microsoft. Where that is not possible, "npm run test:vscode" ` +
          'runs the same tests in a VS Code from the npm registry.',
        { cause },
      );
    });
    const exitCode = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: repository,
      extensionTestsPath: runner,
      extensionTestsEnv: { ...testEnvironment(resultsFile, options), BACKUP_TENANCY_PROFILE: profile.path },
      launchArgs: ['--user-data-dir', profile.path, '--disable-extensions', '--disable-workspace-trust'],
    }).catch((error: unknown) => {
      // Failed tests are in the results; everything else is news.
      if (error instanceof TestRunFailedError) {
        return error.code ?? error.signal ?? 'a failure';
      }
      throw error;
    });
    return await readResults(
      resultsFile,
      `VS Code ${version} ended with ${exitCode} (it needs a display: on Linux without one, run it with xvfb-run)`,
    );
  } finally {
    await profile.remove();
    await results.remove();
  }
}

/** Opens VS Code's page and waits for the end of the tests, which VS Code tells as it tells its own integration tests. */
async function openUntilTestsEnd(url: string, onLine: (type: string, line: string) => void): Promise<number> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    return await new Promise<number>((end, fail) => {
      const open = async (): Promise<void> => {
        await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
          silence.refresh();
          onLine(type, args.map(String).join(' '));
        });
        await page.exposeFunction('codeAutomationExit', end);
        await page.goto(url);
      };
      const silence = setTimeout(
        () => fail(new Error(`VS Code has been silent for ${patience / 1000} s.`)),
        patience,
      ).unref();
      page.once('crash', () => fail(new Error('The browser page crashed.')));
      browser.once('disconnected', () => fail(new Error('The browser ended before the tests did.')));
      open().catch(fail);
    });
  } finally {
    await browser.close();
  }
}

/** How long VS Code may write nothing, in milliseconds; a test that hangs ends by its own time limit. */
const patience = 180_000;

function testEnvironment(results: string, { grep }: HostTestOptions): Record<string, string> {
  return { BACKUP_TENANCY_RESULTS: results, ...(grep === undefined ? {} : { BACKUP_TENANCY_GREP: grep }) };
}

async function readResults(file: string, ending: string): Promise<Results> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${ending} before the tests did.`);
  });
  return JSON.parse(text);
}

async function saveLog(version: VSCodeVersion, lines: readonly string[]): Promise<void> {
  const folder = join(repository, 'out', 'logs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `vscode-${version}.log`), `${lines.join('\n')}\n`);
}
