import type { Target } from './measurement';
import type { Judged } from './run';

const columns = ['what', 'value', 'floor', 'ratio', 'target', ''] as const;

/** The figures for people, one per line, notes below. */
export function table(results: readonly Judged[]): string {
  const notes: string[] = [];
  const rows = results.map(result => {
    const { what, unit, value, floor, limit, verdict, note } = result;
    if (note) {
      notes.push(`(${notes.length + 1}) ${note}`);
    }
    return [
      note ? `${what} (${notes.length})` : what,
      format(value, unit),
      floor ? format(floor.value, unit) : '',
      floor ? `${(value / floor.value).toFixed(2)}x` : '',
      limit ? describe(limit, unit) : '',
      verdict === 'none' ? '' : verdict,
    ];
  });
  const all = [[...columns], ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map(row => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return ['', line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line), '', ...notes].join('\n');
}

function describe({ most, mostTimesFloor, mostOverFloor }: Target, unit: Judged['unit']): string {
  return [
    most === undefined ? '' : `<= ${format(most, unit)}`,
    mostTimesFloor === undefined ? '' : `<= ${mostTimesFloor}x`,
    mostOverFloor === undefined ? '' : `<= floor + ${format(mostOverFloor, unit)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function format(value: number, unit: Judged['unit']): string {
  switch (unit) {
    case 'ms':
      return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
    case 'bytes':
      return value < 10_000
        ? `${Math.round(value)} B`
        : value < 1_000_000
          ? `${(value / 1000).toFixed(1)} kB`
          : `${(value / 1_000_000).toFixed(2)} MB`;
    case 'count':
      return Math.round(value).toLocaleString('en');
  }
}
