import type { proxyFor } from '../../http/proxy';
import type { createTransport } from '../../http/transport';
import type { recognize } from '../../products/recognize';
import type { loadProduct } from '../../products/loadProduct';
import type { checkClientCertificate, readClientCertificate } from './clientCertificate';
import type { Connection } from './connection';
import type { discover } from '../discovery/discovery';
import type { WindowTurns } from '../session/windowTurns';

/** What the second output file has for those of the first, which load it when the first request is due. */
export interface Network extends Requests {
  readonly proxyFor: typeof proxyFor;
  readonly checkClientCertificate: typeof checkClientCertificate;
  readonly readClientCertificate: typeof readClientCertificate;
  readonly Connection: typeof Connection;
  readonly discover: typeof discover;
  readonly WindowTurns: typeof WindowTurns;
}

/** What it takes to speak to any server. */
export interface Requests {
  readonly createTransport: typeof createTransport;
  readonly loadProduct: typeof loadProduct;
  readonly recognize: typeof recognize;
}
