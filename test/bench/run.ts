// npm run bench                     all benches, one after another; table on the terminal, figures in out/bench/results.json
// npm run bench -- memory find      these alone
// npm run bench -- --check          those whose budgets are sizes and counts; fails if one is exceeded
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run, runMain } from '../../scripts/processes';
import { repository } from '../../scripts/repository';
import { type Bench, judge, type Measurement, type Target, type Verdict } from './measurement';
import { table } from './table';

const folder = join(repository, 'out', 'bench');

/** Those whose figures are the same on every machine. */
const checkable = ['size', 'requests'];

export interface Judged extends Measurement {
  readonly bench: string;
  readonly verdict: Verdict;
  readonly limit?: Target;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false }, one: { type: 'string' } },
  });
  if (values.one !== undefined) {
    await runOne(values.one);
    return;
  }
  const all = (await readdir(join(__dirname, 'benches'))).map(file => file.replace(/\.ts$/, '')).sort();
  const unknown = positionals.filter(name => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No such bench: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  }
  const names = positionals.length > 0 ? positionals : values.check ? checkable : all;
  const targets: Record<string, Target> = JSON.parse(await readFile(join(__dirname, 'budget.json'), 'utf8'));
  const judged: Judged[] = [];
  for (const bench of names) {
    for (const measurement of await inOwnProcess(bench)) {
      const limit = targets[measurement.target ?? ''];
      if (measurement.target !== undefined && !limit) {
        throw new Error(`budget.json has no target ${measurement.target}`);
      }
      judged.push({ bench, ...measurement, verdict: judge(measurement, limit), ...(limit ? { limit } : {}) });
    }
  }
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'results.json'),
    `${JSON.stringify({ machine: machine(), results: judged }, undefined, 2)}\n`,
  );
  console.log(table(judged));
  const exceeded = judged.filter(({ verdict, limit }) => verdict === 'missed' && limit?.checked);
  if (values.check && exceeded.length > 0) {
    throw new Error(`Over budget: ${exceeded.map(({ what }) => what).join(', ')}`);
  }
}

/** So that the heap and the caches of one bench are not another one's. */
async function inOwnProcess(name: string): Promise<readonly Measurement[]> {
  const file = join(folder, `${name}.json`);
  await mkdir(folder, { recursive: true });
  await run(process.execPath, ['--expose-gc', '--import', 'tsx', join(__dirname, 'run.ts'), '--one', name], {
    cwd: repository,
    env: process.env,
  });
  return JSON.parse(await readFile(file, 'utf8'));
}

async function runOne(name: string): Promise<void> {
  console.log(`\n${name}`);
  const { bench }: { bench: Bench } = await import(`./benches/${name}.ts`);
  await writeFile(join(folder, `${name}.json`), JSON.stringify(await bench.run()));
}

function machine() {
  return { node: process.version, platform: `${process.platform} ${process.arch}` };
}

runMain(main, { stack: false });
