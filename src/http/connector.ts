import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { Failure } from '../base/failure';
import { type ClientCertificate, createContext, verifyingContext } from './authorities';
import { certificateFactsOf, judge, judgeInHandshake } from './certificate';
import type { CertificateFacts } from './certificateFacts';
import { HeldSocket } from './heldSocket';
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
    let refused: Failure | undefined;
    const judged: buildConnector.Callback = (...result) => {
      const [error, socket] = result;
      if (error) {
        callback(refused ?? error, null);
        return;
      }
      const verdict = judge(socket as TLSSocket, options.host, target.hostname, options.pinnedFingerprint);
      if (verdict.failure) {
        socket.destroy();
        callback(verdict.failure, null);
      } else {
        options.accepted(certificateFactsOf(verdict.certificate));
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
      if (options.clientCertificate) {
        connectHeld(connect, httpSocket ?? (await openSocket(target, options.connectMs)));
      } else {
        connect(httpSocket ? { ...target, httpSocket } : target, judged);
      }
    };
    /** The client certificate goes to no server whose own certificate is not good. */
    const connectHeld = (connectTls: buildConnector.connector, socket: Socket): void => {
      let secure: TLSSocket | undefined;
      const held = new HeldSocket(socket, () => {
        const { host, pinnedFingerprint } = options;
        const verdict = secure && judgeInHandshake(secure, host, target.hostname, pinnedFingerprint);
        refused = verdict?.failure;
        if (refused) {
          queueMicrotask(() => secure?.destroy(refused));
        }
        return refused ?? (verdict ? 'good' : 'unknown');
      });
      // undici gives back the socket that it connects, and does not say so.
      const made: unknown = connectTls({ ...target, httpSocket: held as unknown as Socket }, judged);
      if (!(made instanceof TLSSocket)) {
        held.destroy();
        throw new TypeError('there is no socket to judge');
      }
      secure = made;
    };
    open().catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null));
  };
}

/** Without TLS yet. */
async function openSocket(target: buildConnector.Options, timeout: number): Promise<Socket> {
  const port = target.port || '443';
  return await new Promise((resolve, reject) => {
    buildConnector({ timeout })({ ...target, protocol: 'http:', port }, (...[error, socket]) =>
      error ? reject(error) : resolve(socket as Socket),
    );
  });
}

/** @throws {Failure} if an authority or the client's certificate cannot be used */
function tlsConnector(options: ConnectorOptions): buildConnector.connector {
  const { pinnedFingerprint, authorities, clientCertificate } = options;
  return buildConnector({
    timeout: options.connectMs,
    // Verification is not off: Node still verifies and reports the result on the socket, where `judge` reads it. That
    // way an untrusted certificate can be shown to the user, and a pinned one accepted.
    rejectUnauthorized: false,
    // A resumed TLS session is not verified again, so none is kept.
    maxCachedSessions: 0,
    // A pinned certificate is compared, not verified.
    secureContext:
      pinnedFingerprint === undefined
        ? verifyingContext(authorities, clientCertificate)
        : createContext({}, clientCertificate),
  });
}
