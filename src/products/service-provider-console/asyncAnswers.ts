import * as l10n from '@vscode/l10n';
import { delay } from '../../base/abort';
import { isObject } from '../../base/isObject';
import type { HttpResponse } from '../../http/request';
import { ServerFailed } from '../failures';
import { parseJson } from '../reading/bodyParser';
import type { AskAgain } from '../reading/jsonResources';

/** In milliseconds; each pause between two looks is twice as long as the one before. */
const firstPauseMs = 200;
const longestPauseMs = 5_000;
const patienceMs = 60_000;

/**
 * An answer, also where the server has put it off. It does so where a request carries an id of its own, which those of this
 * extension do not, but documents it for every call.
 * @param again gets a path below the base
 * @throws {Failure} also if it takes too long
 */
export async function settled(
  host: string,
  first: HttpResponse,
  again: AskAgain,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { status, headers } = first;
  if (status !== 202) {
    return first;
  }
  // Only the id of the link is used, as the link may name any host.
  const [, id] =
    /\/asyncActions\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\da-f-])/i.exec(headers.location ?? '') ?? [];
  if (id === undefined) {
    throw new ServerFailed(host, status);
  }
  const until = Date.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const response = await again(`asyncActions/${id}`);
    if (response.status !== 200) {
      return response;
    }
    const body = await parseJson(host, response.body);
    const action = isObject(body) && isObject(body.data) ? body.data : body;
    if (!isObject(action) || action.status !== 'running') {
      return await again(`asyncActions/${id}/result`, true);
    }
    if (Date.now() + pauseMs > until) {
      throw new ServerFailed(host, status, l10n.t('The answer is still being prepared.'));
    }
    await delay(pauseMs, signal);
  }
}
