import { afterAll } from 'vitest';

interface Line {
  readonly fault: string;
  readonly product: string;
  readonly outcome: string;
  readonly milliseconds: number;
  /** The most memory that it took, where that was looked at. */
  readonly bytes?: number;
}

const lines: Line[] = [];

export function report(line: Line): void {
  lines.push(line);
}

/** Prints one line a case at the end of a test file, if `FAULT_TABLE=1` asks for it. */
export function printReport(): void {
  afterAll(() => {
    if (process.env.FAULT_TABLE) {
      const table = lines.map(
        ({ fault, product, outcome, milliseconds, bytes }) =>
          `${fault.padEnd(58)} ${product.padEnd(19)} ${outcome.padEnd(20)} ${number(milliseconds)} ms${bytes === undefined ? '' : ` ${number(bytes / 1024 ** 2)} MB`}`,
      );
      process.stdout.write(`\n${table.join('\n')}\n`);
    }
  });
}

function number(value: number): string {
  return value.toFixed(0).padStart(5);
}
