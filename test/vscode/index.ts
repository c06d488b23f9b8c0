// Runs inside VS Code's extension host, the same under `npm run test:vscode` and `npm run test:desktop`.
import { readdirSync, writeFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { linePrefix, type Results } from './results';

export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { BACKUP_TENANCY_GREP: grep, BACKUP_TENANCY_RESULTS: resultsFile } = process.env;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: LineReporter, ...(grep ? { grep } : {}) });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) {
      mocha.addFile(join(__dirname, file));
    }
  }
  const results = await new Promise<Results>(resolve => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
  if (resultsFile) {
    writeFileSync(resultsFile, JSON.stringify(results));
  }
  if (results.failed > 0) {
    throw new Error(`${results.failed} tests failed`);
  }
}

/** Whole lines through the console, the one way from here to the terminal. */
class LineReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    let depth = 0;
    const line = (text: string): void => write('  '.repeat(depth) + text);
    const { EVENT_SUITE_BEGIN, EVENT_SUITE_END, EVENT_TEST_PASS, EVENT_TEST_PENDING, EVENT_TEST_FAIL } =
      Mocha.Runner.constants;
    runner.on(EVENT_SUITE_BEGIN, suite => {
      if (!suite.root) {
        depth++;
        line(suite.title);
      }
    });
    runner.on(EVENT_SUITE_END, suite => {
      depth -= suite.root ? 0 : 1;
    });
    runner.on(EVENT_TEST_PASS, test =>
      line(`  ✓ ${test.title}${test.speed === 'slow' ? ` (${test.duration} ms)` : ''}`),
    );
    runner.on(EVENT_TEST_PENDING, test => line(`  - ${test.title}`));
    runner.on(EVENT_TEST_FAIL, (test, error: Error) => {
      line(`  ✗ ${test.title}`);
      write(describe(error));
    });
  }
}

function write(text: string): void {
  for (const line of text.split('\n')) {
    console.log(linePrefix + line);
  }
}

function describe(error: Error & { actual?: unknown; expected?: unknown }): string {
  const lines = [inSources(error.stack ?? String(error))];
  // node:assert shows the difference in its message already.
  if ('expected' in error && error.name !== 'AssertionError') {
    lines.push(`expected: ${JSON.stringify(error.expected)}`, `actual: ${JSON.stringify(error.actual)}`);
  }
  return lines.join('\n').replace(/^/gm, '      ');
}

/** VS Code writes stack traces its own way, so Node.js does not translate them. */
function inSources(stack: string): string {
  return stack.replace(/([^\s()]+\.test\.js):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    // VS Code may shorten the path to one inside the extension.
    const path = isAbsolute(file) ? file : join(__dirname, '..', '..', file);
    const origin = findSourceMap(path)?.findEntry(Number(line) - 1, Number(column) - 1);
    return origin && 'originalSource' in origin
      ? `${fileURLToPath(origin.originalSource)}:${origin.originalLine + 1}:${origin.originalColumn + 1}`
      : place;
  });
}
