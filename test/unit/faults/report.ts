import { afterAll } from 'vitest';

const lines: { readonly fault: string; readonly product: string; readonly outcome: string; readonly ms: number }[] = [];

export function report(fault: string, product: string, outcome: string, ms: number): void {
  lines.push({ fault, product, outcome, ms: Math.round(ms) });
}

/** Prints one line a case at the end of a test file, if `FAULT_TABLE=1` asks for it. */
export function printReport(): void {
  afterAll(() => {
    if (process.env.FAULT_TABLE) {
      const table = lines.map(
        ({ fault, product, outcome, ms }) =>
          `${fault.padEnd(58)} ${product.padEnd(19)} ${outcome.padEnd(20)} ${String(ms).padStart(5)} ms`,
      );
      process.stdout.write(`\n${table.join('\n')}\n`);
    }
  });
}
