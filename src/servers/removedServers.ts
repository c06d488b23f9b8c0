import { Signal } from '../base/signal';
import type { Connections, ConnectionsServices } from './connection/connections';

/** Sees to it that nothing stays of servers that are off the list, whoever has taken them off it. */
export class RemovedServers {
  /** The id of a server that was taken off the list: nothing of it is needed any more. */
  readonly onDidForget = new Signal<string>();
  readonly #connections: Connections;
  readonly #list: ConnectionsServices['list'];

  constructor(connections: Connections, { list, log }: Pick<ConnectionsServices, 'list' | 'log'>) {
    this.#connections = connections;
    this.#list = list;
    list.onDidChange.listen(() => {
      connections.followList();
      this.forgetAll().catch((error: unknown) => log.error(error as Error));
    });
  }

  /**
   * Deletes the secrets of servers that another computer has taken off the list, through Settings Sync: nobody could do so
   * any more. Their sessions run out by themselves.
   */
  async forgetAll(): Promise<void> {
    const gone = this.#list.removedElsewhere;
    for (const id of gone) {
      await this.forget(id);
    }
    await this.#list.noteSeen(gone);
  }

  /** Does nothing while the server may still be on the list. */
  async forget(id: string): Promise<void> {
    if (await this.#connections.forget(id)) {
      this.onDidForget.emit(id);
    }
  }
}
