import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';

/** Each absent place is worth one line, not one for every test. */
const told = new Set<string>();

const ROOT = path.resolve(__dirname, '../../..');

/**
 * Where a document of the vendor is, which is not part of the repository. Without the variable that names its place a test
 * says so and is skipped; where nothing is at the place that it names, the test fails.
 */
export function reference(
  context: TestContext,
  variable: 'EM_PAGE' | 'VB365_PAGE' | 'VB365_SPECS' | 'VBR_SPECS' | 'VSPC_SPECS',
): string {
  const given = process.env[variable];
  if (!given) {
    const reason = `${variable} is not set, so the vendor's document is not at hand`;
    if (!told.has(variable)) {
      told.add(variable);
      console.warn(`skipped: ${reason}`);
    }
    context.skip(reason);
  }
  const place = path.resolve(ROOT, given);
  if (!existsSync(place)) {
    throw new Error(`${variable} names ${place}, which is missing`);
  }
  return place;
}
