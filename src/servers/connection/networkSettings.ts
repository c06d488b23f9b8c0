import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AuthoritiesUnusable } from '../../http/failures';
import type { ProxySettings } from '../../http/proxy';
import type { Network } from './lazyNetwork';

/** Settings that tell how servers are reached, and whose certificates are good. */
const settings = [
  'http.proxy',
  'http.proxySupport',
  'http.noProxy',
  'http.proxyAuthorization',
  'backupTenancy.caFiles',
] as const;

/** Makes every connection as VS Code's settings and the environment want it. */
export class NetworkSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Requests that begin from now on have to go over new connections. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration(change => {
      if (settings.some(name => change.affectsConfiguration(name))) {
        this.#changed.fire();
      }
    });
  }

  /**
   * What is asked for explicitly, such as no proxy for one server, goes before the settings. With a file in the settings
   * that cannot be read, no connection is made, and whoever wants one is told.
   */
  async applyTo<File extends Network>(network: File): Promise<File> {
    const authorities = await readAuthorities();
    const proxySettings = readProxySettings();
    return {
      ...network,
      createTransport: options => {
        if (authorities instanceof AuthoritiesUnusable) {
          throw authorities;
        }
        const proxy = network.proxyFor(options.origin, proxySettings);
        return network.createTransport({ authorities, proxy, ...options });
      },
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function readProxySettings(): ProxySettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxy: http.get<string>('proxy'),
    proxySupport: http.get<ProxySettings['proxySupport']>('proxySupport'),
    noProxy: http.get<string[]>('noProxy'),
    proxyAuthorization: http.get<string | null>('proxyAuthorization'),
    environment: process.env,
  };
}

/** Read for each new connection, so that a file that was replaced counts at once. */
async function readAuthorities(): Promise<string[] | AuthoritiesUnusable> {
  const files = vscode.workspace.getConfiguration('backupTenancy').get<unknown>('caFiles');
  const paths = Array.isArray(files) ? files.filter(file => typeof file === 'string' && file.trim() !== '') : [];
  try {
    return await Promise.all(paths.map(path => readFile(absolute(String(path).trim()), 'utf8')));
  } catch (error) {
    return new AuthoritiesUnusable(error);
  }
}

function absolute(path: string): string {
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
