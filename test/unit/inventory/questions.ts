import { expect } from 'vitest';
import type { Source } from '../../../src/inventory/inventory';
import type { Item } from '../../../src/items/item';
import type { Page } from '../../../src/products/product';
import { tenant } from '../items';

/** A source whose answers the test gives, one by one. */
export class Questions implements Source {
  readonly asked: { item: Item; cursor: string | undefined; signal: AbortSignal; answer(page: Page | Error): void }[] =
    [];

  children(_serverId: string, item: Item, cursor: string | undefined, signal: AbortSignal): Promise<Page> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        item,
        cursor,
        signal,
        answer: page => (page instanceof Error ? reject(page) : resolve(page)),
      });
    });
  }

  get last() {
    const question = this.asked.at(-1);
    if (!question) {
      throw new Error('nothing was asked');
    }
    return question;
  }

  /** Waits for so many questions: a load's first step is taken a moment after it was started. */
  async isAsked(times: number): Promise<void> {
    await expect.poll(() => this.asked.length, { interval: 1 }).toBe(times);
  }
}

/** Called t0, t1 … */
export function tenants(from: number, count: number): Item[] {
  return Array.from({ length: count }, (_, index) => tenant(`t${from + index}`));
}
