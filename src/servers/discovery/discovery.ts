import { type Failure, isFailure } from '../../base/failure';
import type { Log } from '../../base/log';
import type { CertificateChanged, CertificateNotTrusted } from '../../http/failures';
import type { ResponseLimits } from '../../http/request';
import type { TransportOptions } from '../../http/transport';
import type { Requests } from '../connection/requests';
import type { Address } from './address';
import type { Arrivals } from './arrivals';

/** What was found at one address. */
export type Finding =
  | DiscoveredServer
  | {
      readonly kind: 'unsupported';
      readonly origin: string;
      readonly name: string;
      /** Versions of its API, all of them too old or too new. */
      readonly speaks: readonly string[];
    }
  | Untrusted
  /** Something answers that is none of the family. */
  | { readonly kind: 'stranger'; readonly origin: string }
  | { readonly kind: 'failed'; readonly origin: string; readonly failure: Failure };

/** A product that this extension reads. */
export interface DiscoveredServer {
  readonly kind: 'found';
  readonly origin: string;
  /** In the registry. */
  readonly product: string;
  readonly name: string;
  /** That both sides speak, newest first: at least one. */
  readonly apiVersions: readonly string[];
  /** That this extension reads and that are older than what was found; the server may or may not speak them. */
  readonly olderApiVersions: readonly string[];
  /** Of the certificate, if it is good only because the user accepted it. */
  readonly trustedFingerprint?: string | undefined;
}

/** Whoever answers shows a certificate that is not good. Nothing was sent. */
export interface Untrusted {
  readonly kind: 'untrusted';
  readonly origin: string;
  readonly failure: CertificateNotTrusted | CertificateChanged;
}

export interface DiscoveryOptions {
  readonly network: Requests;
  readonly log: Log;
  /** Fingerprints that the user has accepted for this host a moment ago. */
  readonly accepted?: readonly string[];
  /** The fingerprint that was trusted until now, of the server that is being changed. */
  readonly pinned?: { readonly origin: string; readonly fingerprint: string } | undefined;
  readonly limits?: Partial<ResponseLimits>;
  /** Gets the servers that are found, with the sockets to them, which are closed otherwise. */
  readonly arrivals?: Arrivals | undefined;
  /** How else the host is reached: without a proxy, with a client certificate. */
  readonly transport?: Pick<TransportOptions, 'proxy' | 'clientCertificate'>;
}

/** A person waits in front of an input: what takes longer than this is as good as absent. */
const patience: Partial<ResponseLimits> = { connectMs: 5_000, headersMs: 10_000, bodyMs: 10_000, totalMs: 20_000 };

/** How long the others may still take once one of them has answered. Firewalls tend to swallow instead of refuse. */
const graceMs = 1_000;

/**
 * Finds out, without credentials, which products answer. An address with a port is taken at its word, unless something
 * else answers there, such as the web console: then the usual ports are looked at, all at once. Ports that are
 * shared with much else are the last resort.
 * @throws {Failure} Cancelled
 */
export async function discover(
  address: Address,
  options: DiscoveryOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (address.origin === undefined) {
    const usual = await lookAtAll(address.usualOrigins, options, signal);
    if (usual.some(({ kind }) => isAnswer(kind))) {
      return usual;
    }
    const shared = await lookAtAll(address.sharedOrigins, options, signal);
    return [...usual, ...shared.filter(({ kind }) => isAnswer(kind))];
  }
  const named = await lookAt(address.origin, options, signal);
  // A web console sends browsers elsewhere.
  if (named.kind !== 'stranger' && !(named.kind === 'failed' && named.failure.kind === 'redirected')) {
    return [named];
  }
  const others = address.usualOrigins.filter(origin => origin !== named.origin);
  const elsewhere = (await lookAtAll(others, options, signal)).filter(({ kind }) => isAnswer(kind));
  return elsewhere.length > 0 ? elsewhere : [named];
}

async function lookAtAll(
  origins: readonly string[],
  options: DiscoveryOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const late = new AbortController();
  const both = AbortSignal.any([signal, late.signal]);
  let grace: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.all(
      origins.map(async origin => {
        try {
          const finding = await lookAt(origin, options, both);
          if (isAnswer(finding.kind)) {
            grace ??= setTimeout(() => late.abort(), graceMs);
          }
          return finding;
        } catch (error) {
          if (isFailure(error) && !signal.aborted) {
            return { kind: 'failed', origin, failure: error } as const;
          }
          throw error;
        }
      }),
    );
  } finally {
    clearTimeout(grace);
  }
}

/** Whether there is something that the user can go on with. */
function isAnswer(kind: Finding['kind']): boolean {
  return kind === 'found' || kind === 'unsupported' || kind === 'untrusted';
}

async function lookAt(origin: string, options: DiscoveryOptions, signal: AbortSignal): Promise<Finding> {
  const pinned = options.pinned?.origin === origin ? options.pinned.fingerprint : undefined;
  const { accepted = [] } = options;
  // Most likely that of this server, which then need not be asked for its certificate once more.
  const last = accepted.at(-1);
  if (pinned === undefined && last !== undefined) {
    const finding = await lookWith(last, origin, options, signal);
    if (finding.kind !== 'untrusted') {
      return finding;
    }
  }
  const finding = await lookWith(pinned, origin, options, signal);
  if (finding.kind === 'untrusted' && accepted.includes(finding.failure.certificate.fingerprint)) {
    return await lookWith(finding.failure.certificate.fingerprint, origin, options, signal);
  }
  return finding;
}

async function lookWith(
  pinnedFingerprint: string | undefined,
  origin: string,
  { network, log, limits, transport, arrivals }: DiscoveryOptions,
  signal: AbortSignal,
): Promise<Finding> {
  const http = network.createTransport({
    ...transport,
    origin,
    pinnedFingerprint,
    log,
    limits: { ...patience, ...limits },
  });
  let isKept = false;
  try {
    const recognized = await network.recognize(http, signal);
    if (!recognized) {
      return { kind: 'stranger', origin };
    }
    const { id, name, reads, speaks } = recognized;
    const apiVersions = reads.filter(version => speaks.includes(version));
    const [newest] = apiVersions;
    if (newest === undefined) {
      return { kind: 'unsupported', origin, name, speaks };
    }
    if (arrivals && !signal.aborted) {
      arrivals.keep({ http, serves: apiVersions, at: performance.now() });
      isKept = true;
    }
    const older = reads.slice(reads.indexOf(newest) + 1);
    return {
      kind: 'found',
      origin,
      product: id,
      name,
      apiVersions,
      olderApiVersions: older.filter(version => !apiVersions.includes(version)),
      trustedFingerprint: pinnedFingerprint,
    };
  } catch (error) {
    if (!isFailure(error) || error.kind === 'cancelled') {
      throw error;
    }
    return isCertificateFailure(error)
      ? { kind: 'untrusted', origin, failure: error }
      : { kind: 'failed', origin, failure: error };
  } finally {
    if (!isKept) {
      await http.close();
    }
  }
}

export function isCertificateFailure(error: unknown): error is CertificateNotTrusted | CertificateChanged {
  return isFailure(error) && (error.kind === 'certificate' || error.kind === 'certificateChanged');
}
