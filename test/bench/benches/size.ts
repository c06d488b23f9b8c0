import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageExtension } from '../../../scripts/package';
import { repository } from '../../../scripts/repository';
import type { Bench } from '../measurement';

/** What is downloaded and loaded. */
export const bench: Bench = {
  async run() {
    const vsix = await packageExtension();
    const sizeOf = async (file: string) => (await stat(file)).size;
    return [
      {
        what: 'bundle loaded at activation',
        unit: 'bytes',
        value: await sizeOf(join(repository, 'dist', 'extension.js')),
        target: 'activationBundle',
      },
      {
        what: 'bundle loaded right after it',
        unit: 'bytes',
        value: await sizeOf(join(repository, 'dist', 'start.js')),
        target: 'startBundle',
      },
      { what: 'VSIX', unit: 'bytes', value: await sizeOf(vsix), target: 'vsix' },
    ];
  },
};
