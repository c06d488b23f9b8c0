/** One figure, beside what the same work costs with nothing of ours in it. */
export interface Measurement {
  /** What was measured: "100,000 items in memory". */
  readonly what: string;
  readonly unit: 'ms' | 'bytes' | 'count';
  readonly value: number;
  /** Measured in the same run; absent for figures that stand by themselves. */
  readonly floor?: { readonly what: string; readonly value: number };
  /** The name of the figure's target in `budget.json`. */
  readonly target?: string;
  /** How it was come by, or what it does not cover. */
  readonly note?: string;
}

/** A file of this folder's `benches/`. */
export interface Bench {
  /** Never fails because a figure is bad: `run.ts` judges. */
  run(): Promise<readonly Measurement[]>;
}

/** What a figure must not exceed. */
export interface Target {
  /** The largest value, in its own unit. */
  readonly most?: number;
  /** The largest value divided by its floor. */
  readonly mostTimesFloor?: number;
  /** The largest value without its floor. */
  readonly mostOverFloor?: number;
  /** Sizes and counts are the same on every machine: `--check` fails on these alone. */
  readonly checked: boolean;
}

export type Verdict = 'met' | 'missed' | 'none';

export function judge({ value, floor }: Measurement, target: Target | undefined): Verdict {
  if (!target) {
    return 'none';
  }
  const { most, mostTimesFloor, mostOverFloor } = target;
  const met =
    (most === undefined || value <= most) &&
    (mostTimesFloor === undefined || (floor !== undefined && value <= floor.value * mostTimesFloor)) &&
    (mostOverFloor === undefined || (floor !== undefined && value - floor.value <= mostOverFloor));
  return met ? 'met' : 'missed';
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
