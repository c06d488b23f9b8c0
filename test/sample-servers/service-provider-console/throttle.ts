import type { Reply, Request } from '../server';
import { failure } from './replies';

export interface ThrottleOptions {
  clock: () => number;
  /** The number of calls that are answered in each period; nothing is held back without it. */
  throttle: { readonly calls: number; readonly seconds: number } | undefined;
}

/** Counts the calls of each address, those for a token included. */
export class Throttle {
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly options: ThrottleOptions) {}

  refusal(request: Request): Reply | undefined {
    const { throttle, clock } = this.options;
    if (!throttle) {
      return undefined;
    }
    const period = throttle.seconds * 1000;
    const now = clock();
    const recent = (this.calls.get(request.clientAddress) ?? []).filter(call => now - call < period);
    this.calls.set(request.clientAddress, recent);
    const first = recent.at(-throttle.calls);
    if (first === undefined) {
      recent.push(now);
      return undefined;
    }
    const retryAfter = Math.ceil((first + period - now) / 1000);
    return failure(429, 'API calls quota exceeded.', 'retryableLogical', { retryAfter });
  }
}
