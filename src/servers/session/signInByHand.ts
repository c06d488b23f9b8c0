import { Cancelled } from '../../base/failure';
import { isQuestion, type SecondQuestion, type SignInAnswer } from '../../products/signIn';
import type { Access } from './access';
import type { CredentialRequests } from './credentialRequests';
import type { KeeperServices } from './keeperServices';
import type { Secrets } from './serverSecrets';
import type { SessionEndings } from './sessionEndings';
import type { SessionInUse } from './sessionInUse';
import { handTurnPatienceMs } from './windowTurns';

/** One request of a sign-in: with what the person entered first, or with the answer to what the server asked then. */
export type SignInRequest = (access: Access, signal: AbortSignal) => Promise<SignInAnswer>;

/**
 * Asks the person what the server wants to know besides.
 * @throws {Failure} Cancelled if the person leaves
 */
export type AskPerson = (question: SecondQuestion, signal: AbortSignal) => Promise<string>;

type Kept = Pick<Secrets, 'password' | 'wantsCode'>;

/** Opens a session with what the person enters: it takes the place of whatever is there. */
export class SignInByHand {
  readonly #services: Pick<KeeperServices, 'turns' | 'access' | 'checkShown'>;
  readonly #inUse: SessionInUse;
  readonly #requests: CredentialRequests;
  readonly #endings: SessionEndings;

  constructor(
    services: Pick<KeeperServices, 'turns' | 'access' | 'checkShown'>,
    inUse: SessionInUse,
    requests: CredentialRequests,
    endings: SessionEndings,
  ) {
    this.#services = services;
    this.#inUse = inUse;
    this.#requests = requests;
    this.#endings = endings;
  }

  /**
   * Other windows have their turns while the person looks for a code.
   * @param password to be kept beside the session
   * @param opened called with the session in use, before another window may have its turn
   * @throws {Failure}
   */
  async signIn(
    open: SignInRequest,
    password: string | undefined,
    signal: AbortSignal,
    ask: AskPerson,
    opened: () => void,
  ): Promise<void> {
    let question = await this.#request(open, { password, wantsCode: false }, signal, opened);
    while (question) {
      const asked = question;
      const answer = await ask(asked, signal);
      const request: SignInRequest = async ({ product, http, apiVersion }, abort) => {
        if (!product.answerQuestion) {
          throw new RangeError('a product that asks takes answers');
        }
        return await product.answerQuestion(http, apiVersion, asked, answer, abort);
      };
      question = await this.#request(request, { password, wantsCode: true }, signal, opened);
    }
  }

  /** @returns what the server wants to know before it opens a session; undefined if it has opened one */
  async #request(
    request: SignInRequest,
    kept: Kept,
    signal: AbortSignal,
    opened: () => void,
  ): Promise<SecondQuestion | undefined> {
    await this.#requests.respectPause(await this.#services.access(signal));
    const work = async () => {
      const session = await this.#requests.withAccess(signal, access => {
        this.#services.checkShown();
        return this.#requests.send(() => request(access, signal));
      });
      if (isQuestion(session)) {
        return session;
      }
      if (!(await this.#inUse.enter(session, kept))) {
        await this.#endings.end(session, signal);
        this.#services.checkShown();
        throw new Cancelled();
      }
      opened();
      return undefined;
    };
    return await this.#services.turns.take(signal, work, handTurnPatienceMs);
  }
}
