import type { Memory } from './serverList';

const recentAddressesKey = 'backupTenancy.recentAddresses';
const maxAddresses = 10;

/** Addresses at which something was found, the last one first: `host:port`, nothing else of what was typed. */
export class RecentAddresses {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get all(): readonly string[] {
    const stored: unknown = this.#memory.get(recentAddressesKey);
    return Array.isArray(stored) ? stored.filter(each => typeof each === 'string').slice(0, maxAddresses) : [];
  }

  async add(address: string): Promise<void> {
    await this.#memory.update(
      recentAddressesKey,
      [address, ...this.all.filter(each => each !== address)].slice(0, maxAddresses),
    );
  }
}
