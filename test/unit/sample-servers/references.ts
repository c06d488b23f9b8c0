import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';

/** Each missing place is worth one line, not one for every test. */
const told = new Set<string>();

const ROOT = path.resolve(__dirname, '../../..');

/**
 * The vendor's documents are not part of the repository. Without them a test says so and is skipped; where they were
 * promised (CI, or a path given in the environment) it fails instead.
 */
export function reference(context: TestContext, variable: string, fallback: string): string {
  const given = process.env[variable];
  const place = path.resolve(ROOT, given ?? fallback);
  if (!existsSync(place)) {
    const reason = `${place} is missing; ${variable} can name another place`;
    if (given !== undefined || process.env.CI) {
      throw new Error(reason);
    }
    if (!told.has(place)) {
      told.add(place);
      console.warn(reason);
    }
    context.skip(reason);
  }
  return place;
}
