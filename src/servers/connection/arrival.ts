import type { Transport } from '../../http/request';
import type { Page, ServerDescription } from '../../products/product';

/**
 * How far somebody has come who looked at a server or tried it a moment ago. The next connection goes on from there, and asks
 * for nothing again.
 */
export interface Arrival {
  /** With sockets to the server. Closing it does no harm to a transport that goes on with them. */
  readonly http: Transport;
  /** Versions of the API that the server has shown to serve. */
  readonly serves: readonly string[];
  /** When it was there, by `performance.now()`. */
  readonly at: number;
  /** Absent if nobody has signed in yet. */
  readonly opened?: { readonly description: ServerDescription; readonly rows: Page };
}
