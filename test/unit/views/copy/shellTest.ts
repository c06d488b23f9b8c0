import { test } from 'vitest';

/** Runs copied commands in a POSIX shell. Windows has none, and its own curl takes no file with a trusted certificate. */
export const shellTest = test.skipIf(process.platform === 'win32');
