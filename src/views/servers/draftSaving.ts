import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { Cancelled, type Failure, isFailure } from '../../base/failure';
import type { BrowserWay } from '../../products/signIn';
import type { Trial } from '../../servers/connection/trial';
import { hostAndPort } from '../../servers/discovery/address';
import { isCertificateFailure } from '../../servers/discovery/discovery';
import type { Servers } from '../../servers/servers';
import { AskedSignIn } from '../../servers/session/askedSignIn';
import type { InputProblem, Move } from '../shared/multiStep';
import type { AccountSteps } from './accountSteps';
import type { AddressStep } from './addressStep';
import { QuestionStep, toQuestion } from './questionStep';
import type { ServerDraft } from './serverDraft';
import { confirmTrust } from './trustDialog';

/** The id of a server that was saved, and how it is to be signed in to now, if it was saved signed out. */
export interface Saved {
  readonly saved: string;
  /** The session of the sign-in that was tried is in use. */
  readonly isSignedIn?: boolean;
  readonly signIn?: BrowserWay;
}

export interface DraftSavingServices {
  readonly servers: Servers;
  readonly address: Pick<AddressStep, 'trust' | 'arrival'>;
  readonly account: Pick<AccountSteps, 'isRefused' | 'refuse' | 'remember'>;
  /** The key of the step whose Enter finishes. */
  readonly lastKey: () => string;
}

/** Tries what was answered and saves it. Until then nothing is stored anywhere. */
export class DraftSaving {
  readonly #draft: ServerDraft;
  readonly #services: DraftSavingServices;
  /** What the server wants to know besides: all else has been answered by then. */
  readonly question: QuestionStep<Trial>;
  /** The user has seen that this cannot be tried, and may save it anyway. */
  #untried: { readonly draft: string; readonly password: string } | undefined;
  #outcome: Saved | undefined;

  constructor(draft: ServerDraft, services: DraftSavingServices) {
    this.#draft = draft;
    this.#services = services;
    this.question = new QuestionStep<Trial>(
      () => hostAndPort(draft.found.origin),
      // As the input says then, Enter saves what cannot be tried.
      (abort, commit) => (this.#isUntried ? this.finish(abort, commit) : { to: services.lastKey() }),
      (progress, signal, commit) => this.#follow(progress, signal, commit),
    );
  }

  /** Undefined until something was saved. */
  get outcome(): Saved | undefined {
    return this.#outcome;
  }

  /** Tries what was answered and saves it; otherwise says what to change. */
  async finish(signal: AbortSignal, commit: () => void): Promise<Move | InputProblem> {
    if (!this.#draft.keepsSecrets && this.#services.account.isRefused) {
      return { to: 'password' };
    }
    if (this.#draft.signsInLater || this.#draft.keepsSecrets || this.#isUntried) {
      return await this.#attempted(signal, commit, async () => {
        await this.#tryChange(signal);
        return undefined;
      });
    }
    const { server, password, edited } = this.#draft;
    const { servers, address } = this.#services;
    const { arrival } = address;
    const signIn = new AskedSignIn((ask, abort) => servers.test(server, password, abort, { edited, ask, arrival }));
    return await this.#follow(() => this.question.progress(signIn, signal), signal, commit);
  }

  async #follow(
    progress: () => Promise<{ readonly done: Trial } | undefined>,
    signal: AbortSignal,
    commit: () => void,
  ): Promise<Move | InputProblem> {
    return await this.#attempted(signal, commit, async () => {
      const over = await progress();
      if (over && signal.aborted) {
        await over.done.discard();
        throw new Cancelled();
      }
      return over?.done ?? toQuestion;
    });
  }

  get #isUntried(): boolean {
    return isDeepStrictEqual(this.#untried, this.#answers);
  }

  get #answers(): { readonly draft: string; readonly password: string } {
    return { draft: JSON.stringify(this.#draft.server), password: this.#draft.password };
  }

  /** Saves what an attempt leads to, or goes where it says. */
  async #attempted(
    signal: AbortSignal,
    commit: () => void,
    attempt: () => Promise<Trial | typeof toQuestion | undefined>,
  ): Promise<Move | InputProblem> {
    try {
      const trial = await attempt();
      if (trial && 'to' in trial) {
        return trial;
      }
      // From here on the server is as good as saved: leaving or typing would come too late.
      commit();
      await this.#save(trial);
      return 'done';
    } catch (error) {
      if (!isFailure(error) || error.kind === 'cancelled') {
        throw error;
      }
      return await this.#answerTo(error, signal, commit);
    }
  }

  /** What is stored may not be good for what has changed. */
  async #tryChange(signal: AbortSignal): Promise<void> {
    const { edited, server, keepsSecrets } = this.#draft;
    const { apiVersion, trustedFingerprint } = server;
    if (
      edited &&
      keepsSecrets &&
      !this.#isUntried &&
      (apiVersion !== edited.apiVersion || trustedFingerprint !== edited.trustedFingerprint)
    ) {
      const { servers, address } = this.#services;
      await servers.testChange(edited, server, signal, address);
      if (signal.aborted) {
        throw new Cancelled();
      }
    }
  }

  async #save(trial: Trial | undefined): Promise<void> {
    const { servers, account } = this.#services;
    const { edited, server, keepsSecrets, signsInLater, password } = this.#draft;
    const login = keepsSecrets || signsInLater ? undefined : { password, remember: account.remember, trial };
    let saved: string;
    if (edited) {
      await servers.change(edited, server, login);
      saved = edited.id;
    } else {
      saved = login ? await servers.addTested(server, login) : await servers.add(server, undefined);
    }
    const signIn = this.#draft.signsInLater ? this.#draft.browserWay : undefined;
    this.#outcome = { saved, isSignedIn: trial !== undefined, ...(signIn ? { signIn } : {}) };
  }

  async #answerTo(failure: Failure, signal: AbortSignal, commit: () => void): Promise<Move | InputProblem> {
    const { account, address } = this.#services;
    if (failure.kind === 'credentialsRefused' && !this.#draft.keepsSecrets) {
      account.refuse(failure.message);
      return { to: 'password' };
    }
    if (isCertificateFailure(failure)) {
      // It was good, or was accepted, a moment ago.
      if (await confirmTrust(this.#draft.server.name, failure)) {
        address.trust(failure.certificate.fingerprint);
        return signal.aborted ? 'leave' : await this.finish(signal, commit);
      }
      return { problem: failure.message };
    }
    // What was answered before a code is as good as it was: the last of these steps signs in anew.
    if (failure.kind === 'serverChanged' || failure.kind === 'codeWanted') {
      return { problem: failure.message };
    }
    this.#untried = this.#answers;
    return {
      problem: `${failure.message} ${vscode.l10n.t('Press Enter again to save it anyway.')}`,
    };
  }
}
