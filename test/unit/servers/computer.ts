import type { IncomingMessage } from 'node:http';
import { Signal } from '../../../src/base/signal';
import type { Node } from '../../../src/inventory/tree/node';
import type { SampleServer } from '../../sample-servers';
import { KeptMemory, KeptSecrets, World } from '../support';

/** A secret store that tells all windows of each change, as VS Code's does. */
class SharedSecrets extends KeptSecrets {
  readonly onDidChange = new Signal<string>();
  override async store(key: string, value: string): Promise<void> {
    await super.store(key, value);
    this.onDidChange.emit(key);
  }
  override async delete(key: string): Promise<void> {
    await super.delete(key);
    this.onDidChange.emit(key);
  }
}

export class Computer {
  readonly secrets = new SharedSecrets();
  readonly memory = new KeptMemory();

  window(): Window {
    return new Window(this);
  }
}

/** A window, over what all windows of a computer have in common. */
export class Window extends World {
  readonly reloads: Promise<void>[] = [];
  #told = Promise.resolve();

  constructor({ secrets, memory }: Computer) {
    super({ secrets, memory });
    this.connections.onDidChangeSession.listen(id => {
      const node = this.inventory.find(id);
      if (node) {
        this.reloads.push(this.inventory.refresh(node));
      }
    });
    secrets.onDidChange.listen(key => {
      this.#told = this.#told.then(() => this.connections.secretsChanged(key));
    });
  }

  /** Once all is told that the store had to tell. */
  async heard(): Promise<void> {
    await this.#told;
    await Promise.all(this.reloads);
  }

  /** The only server in its list. */
  get root(): Node {
    return this.inventory.servers[0] as Node;
  }
}

/** Whether a request opens or renews a session. */
export const isSignIn = ({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>) =>
  method === 'POST' && (/\/token$/i.test(url) || /sessionMngr/i.test(url));

export function signIns(server: SampleServer<unknown>): number {
  return server.requests.filter(({ method, path }) => isSignIn({ method, url: path })).length;
}

export function endings(server: SampleServer<unknown>): number {
  return server.requests.filter(({ method, path }) => method === 'DELETE' || /logout$/i.test(path)).length;
}
