import type { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { type ClientCertificate, createContext, verifyingContext } from './authorities';
import { type CertificateFacts, factsOf, judge } from './certificate';
import type { HttpProxy } from './proxy';
import { openTunnel } from './tunnel';

export interface ConnectorOptions {
  /** `host:port` for sentences. */
  readonly host: string;
  readonly pinnedFingerprint: string | undefined;
  readonly authorities: readonly string[];
  readonly clientCertificate: ClientCertificate | undefined;
  readonly proxy: HttpProxy | undefined;
  readonly connectMs: number;
  /** Called with the certificate of each connection that was found good. */
  readonly accepted: (certificate: CertificateFacts) => void;
}

/** Opens connections to one server and hands out only those whose certificate is good. */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  let connect: buildConnector.connector | undefined;
  return (target, callback) => {
    const judged: buildConnector.Callback = (...result) => {
      const [error, socket] = result;
      if (error) {
        callback(error, null);
        return;
      }
      const verdict = judge(socket as TLSSocket, options.host, target.hostname, options.pinnedFingerprint);
      if (verdict.failure) {
        socket.destroy();
        callback(verdict.failure, null);
      } else {
        options.accepted(factsOf(verdict.certificate));
        // With TLS 1.3 the other side judges our certificate after the handshake. Its alert is the cause to be told, not
        // the end of the connection that follows.
        socket.once('error', alert => socket.destroy(alert));
        callback(null, socket);
      }
    };
    const open = async (): Promise<void> => {
      connect ??= tlsConnector(options);
      const { proxy } = options;
      const httpSocket = proxy && (await openTunnel(proxy, options));
      connect(httpSocket ? { ...target, httpSocket } : target, judged);
    };
    open().catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null));
  };
}

/** @throws {Failure} if an authority or the client's certificate cannot be used */
function tlsConnector(options: ConnectorOptions): buildConnector.connector {
  // A pinned certificate is compared, not verified.
  const verifying = options.pinnedFingerprint === undefined ? verifyingContext(options.authorities) : {};
  return buildConnector({
    timeout: options.connectMs,
    // Verification is not off: Node still verifies and reports the result on the socket, where `judge` reads it. That
    // way an untrusted certificate can be shown to the user, and a pinned one accepted.
    rejectUnauthorized: false,
    // A resumed TLS session is not verified again, so none is kept.
    maxCachedSessions: 0,
    secureContext: createContext(verifying, options.clientCertificate),
  });
}
