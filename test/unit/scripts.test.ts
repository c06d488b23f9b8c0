import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('what scripts share with tests does without the test runner, which is not there when they run', async () => {
  const scripts = readdirSync('scripts', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
  const { metafile } = await build({
    entryPoints: scripts.map(name => join('scripts', name)),
    outdir: 'out',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
  });
  const importers = Object.entries(metafile.inputs).filter(([, { imports }]) =>
    imports.some(({ path }) => path === 'vitest'),
  );
  expect(Object.keys(metafile.inputs).length).toBeGreaterThan(scripts.length);
  expect(importers.map(([path]) => path)).toEqual([]);
});
