import { delay } from '../../base/abort';
import type { Failure } from '../../base/failure';
import type { HttpResponse } from '../../http/request';

/** In seconds, all waits for one answer together. */
const longestWait = 15;

/**
 * An answer with status 200. A server that wants to be asked later is asked again when it says, if a person who has opened a
 * row would wait for so long.
 * @param failureIn what any other answer means
 * @throws {Failure}
 */
export async function patiently(
  ask: () => Promise<HttpResponse>,
  failureIn: (response: HttpResponse) => Promise<Failure>,
  signal: AbortSignal,
): Promise<HttpResponse> {
  for (let waited = 0; ; ) {
    const response = await ask();
    if (response.status === 200) {
      return response;
    }
    const failure: Failure & { readonly retryAfterSeconds?: number | undefined } = await failureIn(response);
    const advised = failure.retryAfterSeconds;
    if (advised === undefined || waited + advised > longestWait) {
      throw failure;
    }
    const seconds = Math.max(advised, 1);
    waited += seconds;
    await delay(seconds * 1000, signal);
  }
}
