import { defineConfig } from 'vitest/config';

// Conditions that are waited for: on a busy machine they may take their time.
const expectation = { poll: { timeout: 15_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Real TLS and sockets: generous enough for a loaded machine, short enough to notice a hang.
          testTimeout: 20_000,
          expect: expectation,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          testTimeout: 120_000,
          expect: expectation,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
