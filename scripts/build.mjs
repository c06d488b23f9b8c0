// Bundles the extension: `dist/extension.js` is loaded at activation and stays tiny, `dist/start.js` (the list of servers, the tree)
// right after it, `dist/rows.js` (how rows look, all kinds of items) with the first rows, `dist/network.js` (undici, the XML parser,
// the products) at the first request, `dist/features.js` (what is not needed to show rows) with the first command of its. Pages of
// webviews have files of their own: `dist/report.js` and `dist/report.css`, `dist/changes.js` and `dist/changes.css`.
import { context } from 'esbuild';
import { writeNotices } from './notices.mjs';
import { outputFiles } from './output-files.mjs';
import { undiciParts } from './undici-parts.mjs';
import { vscodeOnce } from './vscode-once.mjs';

const production = process.argv.includes('--production');

const common = {
  outdir: 'dist',
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  // The licences are in dist/THIRD-PARTY-NOTICES.txt.
  legalComments: 'none',
  metafile: production,
  logLevel: 'info',
};

const extension = await context({
  ...common,
  entryPoints: ['src/extension.ts', 'src/features.ts', 'src/network.ts', 'src/rows.ts', 'src/start.ts'],
  platform: 'node',
  format: 'cjs',
  // The oldest supported VS Code, 1.103, runs Node 22.
  target: 'node22',
  plugins: [outputFiles, undiciParts, vscodeOnce],
  // The main file of jsonc-parser asks for its others in a way that cannot be bundled.
  mainFields: ['module', 'main'],
  // `import()` in a CommonJS file would look for a module by its full name; `require` finds the second file.
  supported: { 'dynamic-import': false },
});

const pages = await context({
  ...common,
  entryPoints: [
    { in: 'src/webview/report/main.ts', out: 'report' },
    { in: 'src/webview/report/report.css', out: 'report' },
    { in: 'src/webview/changes/main.ts', out: 'changes' },
    { in: 'src/webview/changes/changes.css', out: 'changes' },
  ],
  platform: 'browser',
  format: 'iife',
  // That of the same VS Code; people of VS Code in the browser have a later one.
  target: 'chrome138',
});

const inputs = [];
for (const build of [extension, pages]) {
  if (process.argv.includes('--watch')) {
    await build.watch();
  } else {
    const { metafile } = await build.rebuild();
    inputs.push(...Object.keys(metafile?.inputs ?? {}));
    await build.dispose();
  }
}
if (production) {
  await writeNotices(inputs, 'dist/THIRD-PARTY-NOTICES.txt');
}
