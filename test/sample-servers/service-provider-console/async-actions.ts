import { matchPath } from '../paths';
import { guid } from '../random';
import type { Reply, Request } from '../server';
import type { Account } from './accounts';
import { failure, json } from './replies';

export interface AsyncOptions {
  /**
   * When a GET is answered with 202 and a link in place of the data: never, when the client sends the header that allows
   * it, or always.
   */
  asyncAnswers: 'never' | 'withRequestId' | 'always';
  /** How often such an action says that it is still running. */
  asyncPolls: number;
}

interface Action {
  readonly id: string;
  readonly owner: Account;
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
  readonly answer: () => Reply;
  polls: number;
}

const ONE = 'asyncActions/{id}';
const RESULT = 'asyncActions/{id}/result';

/** Calls that are answered later. */
export class AsyncActions {
  private readonly actions = new Map<string, Action>();
  /** By user and X-Request-id, so that a call that is repeated starts nothing again. */
  private readonly repeated = new Map<string, string>();

  constructor(private readonly options: AsyncOptions) {}

  /** The 202, where one is due. */
  deferred(request: Request, owner: Account, answer: () => Reply): Reply | undefined {
    const { asyncAnswers } = this.options;
    const header = request.headers['x-request-id'];
    if (asyncAnswers === 'never' || (asyncAnswers === 'withRequestId' && header === undefined)) {
      return undefined;
    }
    const key = `${owner.id} ${String(header)}`;
    const known = header === undefined ? undefined : this.repeated.get(key);
    const id = known ?? guid('asyncAction', this.actions.size);
    if (known === undefined) {
      const { pathname, searchParams } = request.url;
      const name = `GET ${pathname}`;
      this.actions.set(id, { id, owner, name, query: Object.fromEntries(searchParams), answer, polls: 0 });
      this.repeated.set(key, id);
    }
    return { status: 202, headers: { Location: `${request.url.origin}/api/v3/asyncActions/${id}` } };
  }

  isOne(segments: readonly string[]): boolean {
    return (matchPath(ONE, segments) ?? matchPath(RESULT, segments)) !== undefined;
  }

  answer(segments: readonly string[], account: Account): Reply {
    const result = matchPath(RESULT, segments)?.[0];
    const id = (result ?? matchPath(ONE, segments)?.[0] ?? '').toLowerCase();
    const action = this.actions.get(id);
    if (!action || action.owner.id !== account.id) {
      return failure(404, `The action ${id} was not found.`);
    }
    const isDone = action.polls >= this.options.asyncPolls;
    if (result !== undefined) {
      return isDone ? action.answer() : failure(404, `The action ${id} has no result yet.`, 'retryableLogical');
    }
    action.polls++;
    const status = isDone ? (action.answer().status < 400 ? 'succeed' : 'failed') : 'running';
    const { owner, name, query } = action;
    const data = { id, initiatorUid: owner.id, actionName: name, status, queryParameters: query, requestBody: null };
    return json(200, { meta: null, data, errors: null });
  }
}
