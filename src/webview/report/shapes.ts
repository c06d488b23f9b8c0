// What the charts draw, as numbers.

import { criticalShare, highShare } from '../../report/report';

/** Where each range of shares begins; it ends where the next one begins. More than all is a range of its own. */
export const rangeStarts = [0, 0.2, 0.4, 0.6, highShare, criticalShare];

/** How many shares lie in each range; the last range is that of those over 1. */
export function distributionOf(shares: readonly number[]): readonly number[] {
  const counts = [...rangeStarts, 1].map(() => 0);
  for (const share of shares) {
    const range = share > 1 ? rangeStarts.length : rangeStarts.findLastIndex(start => share >= start);
    counts[range] = (counts[range] ?? 0) + 1;
  }
  return counts;
}

/** The chart is drawn in these units, and stretched to the room that there is. */
export const width = 400;
export const height = 100;

/**
 * The path of a line from left to right, with a gap where nothing is known.
 * @param top the share at the upper edge
 */
export function pathOf(times: readonly number[], shares: readonly (number | null)[], top: number): string {
  const [start = 0, end = 0] = [times[0], times.at(-1)];
  let isDrawing = false;
  return shares
    .flatMap((share, index) => {
      if (share === null) {
        isDrawing = false;
        return [];
      }
      const x = (((times[index] ?? start) - start) / (end - start || 1)) * width;
      const y = height - (share / top) * height;
      const step = `${isDrawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDrawing = true;
      return [step];
    })
    .join('');
}
