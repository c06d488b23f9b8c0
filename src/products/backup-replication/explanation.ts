import type { HttpResponse } from '../../http/request';
import { parseJson } from '../reading/bodyParser';
import { expectShape } from '../reading/decode';
import { type Explanation, explanationIn } from '../reading/statusFailures';
import { errorBody } from './wire';

/** What an error body says. */
export async function explanation(host: string, response: HttpResponse): Promise<Explanation> {
  return await explanationIn(response, async () => {
    const { message, errorCode } = expectShape(host, 'an error', errorBody, await parseJson(host, response.body));
    return { said: message ?? errorCode };
  });
}
