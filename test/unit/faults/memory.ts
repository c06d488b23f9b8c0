import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What a server may take of the memory of VS Code's extension host, in which other extensions live, too. */
const mostBytes = 300 * 1024 * 1024;

/** How often it is looked at, in milliseconds; no slice of work is much longer. */
const lookEvery = 5;

/** Collecting takes longer than most of what is measured here, so that so much may lie about before it is done, in bytes. */
const mostUncollected = 32 * 1024 * 1024;

/** What was in use when all else had been collected the last time. */
let live = Number.NEGATIVE_INFINITY;

/**
 * The most memory that some work took beyond what was in use before, in bytes: an upper bound, as it includes what is not
 * used any more and was not collected yet.
 */
export async function memoryDuring(work: () => Promise<unknown>): Promise<number> {
  if (inUse() - live > mostUncollected) {
    collect();
    live = inUse();
  }
  const before = live;
  let most = 0;
  const look = () => {
    most = Math.max(most, inUse() - before);
  };
  const timer = setInterval(look, lookEvery);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  look();
  expect(most).toBeLessThan(mostBytes);
  return most;
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
