// npm test                              everything, stage after stage, up to the first one that fails
// npm test vscode                       one stage; its name is one of those below
// npm test vscode smoke                 only the test files with "smoke" in their path
// npm test vscode 1.103.2               only in this version of VS Code; "ui" runs in the newest one unless told
// npm test vscode -- --grep "signs in"  only the tests with this in their title
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './package';
import { CommandFailed, npm, run, runMain } from './processes';
import { repository } from './repository';
import { compileHostTests, type HostTestOptions, runInServer, runOnDesktop } from './vscode/host-tests';
import { platform, serverIsAvailable } from './vscode/install';
import { newest, oldest, type VSCodeVersion, versionOf } from './vscode/server';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The titles of those that were skipped, as far as they are known. */
  readonly skippedTests?: readonly string[];
  /** Files that failed, and passed when they were run again. */
  readonly repeated?: readonly string[];
}

interface Stage {
  readonly title: string;
  /** Why it cannot be run on this computer. */
  readonly notHere?: string | undefined;
  /** Counts the tests it has run; a stage that is not made of tests counts none. */
  run(): Promise<Counts | undefined>;
}

interface Selection extends HostTestOptions {
  readonly versions: readonly string[];
}

const stageSets: Readonly<Record<string, (selection: Selection) => Stage[]>> = {
  check: () => [lintAndTypes],
  unit: selection => [unitTests(selection)],
  vscode: selection => [buildExtension, ...hostTests(selection)],
  ui: selection => [packaging, ...uiTests(selection, [newest])],
  desktop: selection => [buildExtension, ...desktopTests(selection)],
  all: selection => [
    lintAndTypes,
    unitTests(selection),
    packaging,
    ...[
      ...hostTests(selection),
      ...(selection.files.length > 0 ? [] : uiTests({ ...selection, files: journeys }, [oldest])),
      ...uiTests(selection, [newest]),
    ].map(stage => ({ ...stage, notHere: whyNoServer() })),
  ],
};

/** What needs VS Code's server says so and is left out where there is none; asked for by its own name it fails. */
function whyNoServer(): string | undefined {
  return serverIsAvailable() ? undefined : `not on ${platform}: npm run test:desktop`;
}

/** What differs most between versions of VS Code: trees and lists. Adding is part of browsing. */
const journeys = ['browse', 'find', 'new-window', 'quick-hand'];

const lintAndTypes: Stage = {
  title: 'lint and types',
  async run() {
    await npm(['run', 'check'], { cwd: repository });
    return undefined;
  },
};

const buildExtension: Stage = {
  title: 'build',
  async run() {
    await npm(['run', 'build'], { cwd: repository });
    return undefined;
  },
};

let vsix = '';
const packaging: Stage = {
  title: 'production build and package',
  async run() {
    vsix = await packageExtension();
    return undefined;
  },
};

function hostTests(selection: Selection): Stage[] {
  return [oldest, newest]
    .filter(version => selection.versions.length === 0 || selection.versions.includes(version))
    .map(version => ({
      title: `in VS Code ${version}`,
      async run() {
        await compileHostTests(selection.files);
        return await runInServer(version, selection);
      },
    }));
}

function desktopTests(selection: Selection): Stage[] {
  const versions = selection.versions.length > 0 ? selection.versions : [oldest, newest];
  return versions.map(version => ({
    title: `in VS Code ${version} on the desktop`,
    async run() {
      await compileHostTests(selection.files);
      return await runOnDesktop(version, selection);
    },
  }));
}

function unitTests(selection: Selection): Stage {
  return {
    title: 'unit tests',
    run: async () => (await runVitest('unit', [...selection.files, ...titleFilter(selection)])).counts,
  };
}

/** @param usually the versions of VS Code if none is chosen */
function uiTests(selection: Selection, usually: readonly VSCodeVersion[]): Stage[] {
  const versions = selection.versions.length > 0 ? selection.versions.map(versionOf) : usually;
  return versions.map(version => ({
    title: `UI tests of the package in ${version}`,
    run: () => runUiTests(version, selection),
  }));
}

async function runUiTests(version: VSCodeVersion, selection: Selection): Promise<Counts> {
  const filter = titleFilter(selection);
  const first = await runVitest('ui', [...selection.files, ...filter, '--maxWorkers=2'], version);
  // A browser on a busy machine may be late once. What is broken fails twice, the second time with nothing beside it.
  if (first.failedFiles.length === 0 || first.failedFiles.length > 3) {
    return first.counts;
  }
  const names = first.failedFiles.map(file => basename(file));
  console.log(`━━ once more: ${names.join(', ')}`);
  const second = await runVitest('ui', [...first.failedFiles, ...filter, '--maxWorkers=1'], version);
  if (second.counts.failed > 0) {
    return first.counts;
  }
  const { passed, failed, skipped } = first.counts;
  return { passed: passed + failed, failed: 0, skipped, repeated: names };
}

function titleFilter({ grep }: Selection): readonly string[] {
  return grep === undefined ? [] : ['--testNamePattern', grep];
}

/** @param version of VS Code, for tests of the package */
async function runVitest(
  project: 'unit' | 'ui',
  args: readonly string[],
  version?: VSCodeVersion,
): Promise<{ counts: Counts; failedFiles: string[] }> {
  const results = join(repository, 'out', 'results', `${project}${version ? `-${version}` : ''}.json`);
  await mkdir(join(repository, 'out', 'results'), { recursive: true });
  await rm(results, { force: true });
  const program = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  await run(process.execPath, [program, 'run', '--project', project, ...reporters, ...args], {
    cwd: repository,
    env: { ...process.env, BACKUP_TENANCY_VSIX: vsix, ...(version ? { BACKUP_TENANCY_VSCODE: version } : {}) },
  }).catch((error: unknown) => {
    // The counts tell of failed tests.
    if (!(error instanceof CommandFailed)) {
      throw error;
    }
  });
  return readVitest(await readFile(results, 'utf8'));
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

function readVitest(json: string): { counts: Counts; failedFiles: string[] } {
  const results = JSON.parse(json);
  const failedFiles: VitestFile[] = results.testResults.filter((file: VitestFile) => file.status === 'failed');
  const failed: number =
    results.numFailedTests + failedFiles.filter(({ assertionResults }) => assertionResults.length === 0).length;
  return {
    counts: {
      passed: results.numPassedTests,
      // Errors outside of tests fail a run too.
      failed: failed === 0 && !results.success ? 1 : failed,
      skipped: results.numPendingTests + results.numTodoTests,
      skippedTests: results.testResults.flatMap((file: VitestFile) =>
        file.assertionResults
          .filter(({ status }) => status !== 'passed' && status !== 'failed')
          .map(({ fullName }) => `${relative(repository, file.name)}: ${fullName}`),
      ),
    },
    failedFiles: failedFiles.map(file => file.name),
  };
}

async function runStage(stage: Stage): Promise<Counts | undefined> {
  try {
    const counts = await stage.run();
    if (counts && counts.passed + counts.failed === 0) {
      throw new Error('No test ran: nothing matches, or all are skipped.');
    }
    return counts;
  } catch (error) {
    console.error(error instanceof CommandFailed ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
  const [name = 'all', ...rest] = positionals;
  const stages = stageSets[name]?.({
    files: rest.filter(word => !isVersion(word)),
    versions: rest.filter(isVersion),
    grep: values.grep,
  });
  if (!stages) {
    throw new Error(`There is no stage "${name}", only ${Object.keys(stageSets).join(', ')}.`);
  }

  const table: string[] = [];
  const sum = { passed: 0, failed: 0 };
  const skipped: string[] = [];
  for (const [index, stage] of stages.entries()) {
    console.log(`\n━━ ${index + 1}/${stages.length} ${stage.title}`);
    if (stage.notHere) {
      console.log(stage.notHere);
      table.push(row(stage.title, stage.notHere));
      continue;
    }
    if (sum.failed > 0) {
      console.log('not run');
      table.push(row(stage.title, 'not run'));
      continue;
    }
    const start = performance.now();
    const counts = await runStage(stage);
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(`━━ ${stage.title}: ${time}`);
    table.push(row(stage.title, counts ? describe(counts) : 'ok', time));
    sum.passed += counts?.passed ?? 0;
    sum.failed += counts?.failed ?? 0;
    skipped.push(...(counts?.skippedTests ?? []));
  }
  if (skipped.length > 0) {
    console.log(`\nSkipped on ${platform} with Node.js ${process.version}:\n  ${skipped.join('\n  ')}`);
  }
  console.log(`\n${table.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed`);
  // Nothing is awaited any more; what is still open (a keep-alive connection) must not delay the end.
  process.exit(sum.failed === 0 ? 0 : 1);
}

function isVersion(word: string): boolean {
  return /^(\d+\.\d+\.\d+|stable|insiders)$/.test(word);
}

function row(title: string, outcome: string, time = ''): string {
  return `${title.padEnd(36)}${outcome.padEnd(34)}${time.padStart(8)}`.trimEnd();
}

function describe({ passed, failed, skipped, repeated = [] }: Counts): string {
  const counts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
  return repeated.length > 0 ? `${counts} (${repeated.join(', ')} the second time)` : counts;
}

runMain(main, { stack: false });
