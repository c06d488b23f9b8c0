import { join } from 'node:path';

const root = join(import.meta.dirname, '..', 'src');

/**
 * For esbuild: the files that extension.ts and start.ts load later are output files of their own, not parts of the first. Modules in
 * the folders below may have the same names; `external` would take those for output files, too.
 */
export const outputFiles = {
  name: 'output-files',
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:network|features|rows|start)$/ }, ({ path, resolveDir }) =>
      resolveDir === root ? { path, external: true } : undefined,
    );
  },
};
