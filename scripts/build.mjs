// Bundles the extension: `dist/extension.js` is loaded at activation and stays small, `dist/network.js` (undici, the XML
// parser, the products) at the first request, `dist/features.js` (wizard and dialogs) with the first command of its.
import { context } from 'esbuild';
import { writeNotices } from './notices.mjs';

const production = process.argv.includes('--production');

const build = await context({
  entryPoints: ['src/extension.ts', 'src/features.ts', 'src/network.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // The oldest supported VS Code, 1.103, runs Node 22.
  target: 'node22',
  // Files of their own, not parts of the first.
  external: ['vscode', './network', './features'],
  // The main file of jsonc-parser asks for its others in a way that cannot be bundled.
  mainFields: ['module', 'main'],
  // `import()` in a CommonJS file would look for a module by its full name; `require` finds the second file.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: production ? false : 'linked',
  // The licences are in dist/THIRD-PARTY-NOTICES.txt.
  legalComments: 'none',
  metafile: production,
  logLevel: 'info',
});
if (process.argv.includes('--watch')) {
  await build.watch();
} else {
  const { metafile } = await build.rebuild();
  if (metafile) {
    await writeNotices(metafile, 'dist/THIRD-PARTY-NOTICES.txt');
  }
  await build.dispose();
}
