// npm test                              everything, stage after stage, up to the first one that fails
// npm test vscode                       one stage; its name is one of those below
// npm test vscode smoke                 only the test files with "smoke" in their path
// npm test vscode 1.103.2               only in this version of VS Code
// npm test vscode -- --grep "signs in"  only the tests with this in their title
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileHostTests, type HostTestOptions, runInServer, runOnDesktop } from './host-tests';
import { packageExtension } from './package';
import { CommandFailed, npm, run } from './processes';
import { repository } from './repository';
import type { VSCodeVersion } from './vscode';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly title: string;
  /** Counts the tests it has run; a stage that is not made of tests counts none. */
  run(): Promise<Counts | undefined>;
}

interface Selection extends HostTestOptions {
  readonly versions: readonly string[];
}

const oldest: VSCodeVersion = '1.103.2';
const newest: VSCodeVersion = '1.139.1';

const stageSets: Readonly<Record<string, (selection: Selection) => Stage[]>> = {
  check: () => [lintAndTypes],
  unit: selection => [vitest('unit', selection)],
  vscode: selection => [buildExtension, ...hostTests(selection)],
  ui: selection => [packaging, vitest('ui', selection)],
  desktop: selection => [buildExtension, ...desktopTests(selection)],
  all: selection => [
    lintAndTypes,
    vitest('unit', selection),
    packaging,
    ...hostTests(selection),
    vitest('ui', selection),
  ],
};

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

function vitest(project: 'unit' | 'ui', { files, grep }: Selection): Stage {
  return {
    title: project === 'unit' ? 'unit tests' : 'UI tests of the package',
    async run() {
      const results = join(repository, 'out', 'results', `${project}.json`);
      await mkdir(join(repository, 'out', 'results'), { recursive: true });
      await rm(results, { force: true });
      const program = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
      const filter = [...files, ...(grep === undefined ? [] : ['--testNamePattern', grep])];
      await run(process.execPath, [program, 'run', '--project', project, ...reporters, ...filter], {
        cwd: repository,
        env: { ...process.env, BACKUP_TENANCY_VSIX: vsix },
      }).catch((error: unknown) => {
        // The counts tell of failed tests.
        if (!(error instanceof CommandFailed)) {
          throw error;
        }
      });
      return await readVitest(results);
    },
  };
}

async function readVitest(file: string): Promise<Counts> {
  const results = JSON.parse(await readFile(file, 'utf8'));
  const brokenFiles: number = results.testResults.filter(
    (suite: { status: string; assertionResults: unknown[] }) =>
      suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  const failed: number = results.numFailedTests + brokenFiles;
  return {
    passed: results.numPassedTests,
    // Errors outside of tests fail a run too.
    failed: failed === 0 && !results.success ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
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
  for (const [index, stage] of stages.entries()) {
    console.log(`\n━━ ${index + 1}/${stages.length} ${stage.title}`);
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

function describe({ passed, failed, skipped }: Counts): string {
  return [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
