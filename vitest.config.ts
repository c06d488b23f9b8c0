import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Conditions that are waited for: on a busy machine they may take their time.
const expectation = { poll: { timeout: 15_000 } };

export default defineConfig({
  test: {
    coverage: {
      // The core. What a person sees of it is tested by clicks and inside VS Code, where nothing is counted.
      include: ['src/{base,http,products,inventory,report,servers}/**/*.ts'],
      reporter: ['text', 'html'],
      // Some points below what is reached, so that a gap shows and a line more or less does not matter.
      thresholds: { statements: 94, branches: 88, functions: 94, lines: 94 },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Much of the time of many tests is waiting, and with two cores vitest itself would run one file at a time.
          maxWorkers: availableParallelism(),
          // Real TLS and sockets: generous enough for a loaded machine, short enough to notice a hang.
          testTimeout: 20_000,
          expect: expectation,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          expect: expectation,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
