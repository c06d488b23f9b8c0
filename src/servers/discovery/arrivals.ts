import type { Arrival } from '../connection/arrival';

/** The servers that a person's last look has found, for whoever signs in to one of them. */
export class Arrivals {
  readonly #all = new Map<string, Arrival>();

  keep(arrival: Arrival): void {
    this.#all.set(arrival.http.origin, arrival);
  }

  /** Undefined if no server was found there. */
  at(origin: string): Arrival | undefined {
    return this.#all.get(origin);
  }

  /** Nobody goes on from any of them: drops the sockets that are not used on. */
  async close(): Promise<void> {
    const all = [...this.#all.values()];
    this.#all.clear();
    await Promise.all(all.map(({ http }) => http.close()));
  }
}
