import * as l10n from '@vscode/l10n';
import { Failure, type Remedy } from '../../base/failure';
import { Signal } from '../../base/signal';
import type { SecretStore } from './serverSecrets';

/** The secret store of this computer forgets what it is given. Told once; everything works on, as long as the window does. */
export class SecretsNotKept extends Failure {
  readonly kind = 'secretsNotKept';
  readonly short = l10n.t('secrets cannot be stored');
  override readonly remedies: readonly Remedy[] = ['showLog'];
  constructor(platform: NodeJS.Platform, detail?: string) {
    super(
      platform === 'linux'
        ? l10n.t(
            'This computer cannot store secrets, so you stay signed in only until the window closes. Install and unlock a keyring (gnome-keyring or KWallet), or set "password-store" in argv.json (command "Preferences: Configure Runtime Arguments"), and restart.',
          )
        : l10n.t(
            'This computer cannot store secrets, so you stay signed in only until the window closes. Check that its keychain or credential manager is unlocked, and restart.',
          ),
      detail,
    );
  }
}

/**
 * The secret store, checked by reading back what was written: a keyring may also be locked later. One that forgets or fails
 * is replaced by memory, so that sessions last as long as the window.
 */
export class CheckedSecretStore implements SecretStore {
  /** Raised at most once. */
  readonly onDidLose = new Signal<SecretsNotKept>();
  readonly #store: SecretStore;
  readonly #platform: NodeJS.Platform;
  /** Of what the store did not keep. */
  readonly #memory = new Map<string, string>();
  #state: 'keeps' | 'loses' = 'keeps';

  constructor(store: SecretStore, platform: NodeJS.Platform = process.platform) {
    this.#store = store;
    this.#platform = platform;
  }

  async get(key: string): Promise<string | undefined> {
    const remembered = this.#memory.get(key);
    if (remembered !== undefined) {
      return remembered;
    }
    try {
      return await this.#store.get(key);
    } catch (error) {
      this.#loses(error);
      return this.#memory.get(key);
    }
  }

  async store(key: string, value: string): Promise<void> {
    if (this.#state === 'loses') {
      this.#memory.set(key, value);
      return;
    }
    try {
      // Once more, as another window may have deleted it in between.
      if (!((await this.#keeps(key, value)) || (await this.#keeps(key, value)))) {
        this.#memory.set(key, value);
        this.#loses(undefined);
      }
    } catch (error) {
      this.#memory.set(key, value);
      this.#loses(error);
    }
  }

  async delete(key: string): Promise<void> {
    this.#memory.delete(key);
    try {
      await this.#store.delete(key);
    } catch (error) {
      this.#loses(error);
    }
  }

  async #keeps(key: string, value: string): Promise<boolean> {
    await this.#store.store(key, value);
    // Something else than what was written is no loss: another window has written since.
    return (await this.#store.get(key)) !== undefined;
  }

  #loses(error: unknown): void {
    if (this.#state !== 'loses') {
      this.#state = 'loses';
      this.onDidLose.emit(new SecretsNotKept(this.#platform, error instanceof Error ? error.message : undefined));
    }
  }
}
