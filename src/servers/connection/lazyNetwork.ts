import type { proxyFor } from '../../http/proxy';
import type { discover } from '../discovery/discovery';
import type { WindowTurns } from '../session/windowTurns';
import type { checkClientCertificate, readClientCertificate } from './clientCertificate';
import type { Connection } from './connection';
import type { countVisible } from './count';
import type { Requests } from './requests';

/** What `dist/network.js` exports; loaded with the first request. */
export interface Network extends Requests {
  readonly proxyFor: typeof proxyFor;
  readonly checkClientCertificate: typeof checkClientCertificate;
  readonly readClientCertificate: typeof readClientCertificate;
  readonly Connection: typeof Connection;
  readonly countVisible: typeof countVisible;
  readonly discover: typeof discover;
  readonly WindowTurns: typeof WindowTurns;
}
