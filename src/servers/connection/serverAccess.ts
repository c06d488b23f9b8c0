import { unlessAborted } from '../../base/abort';
import { isFailure } from '../../base/failure';
import type { Log } from '../../base/log';
import type { Transport } from '../../http/request';
import { UnsupportedVersion, WrongProduct } from '../../products/failures';
import { newestFirst, type Product } from '../../products/product';
import { withVersionHeaders } from '../../products/versionHeaders';
import type { SavedServer } from '../list/savedServer';
import { type Access, VersionReplaced } from '../session/access';
import type { ServerSecrets } from '../session/serverSecrets';
import type { Arrival } from './arrival';
import { readClientCertificate } from './clientCertificate';
import type { Requests } from './requests';
import { ServedVersion } from './servedVersion';

export interface ServerAccessServices {
  readonly network: () => Promise<Requests>;
  readonly secrets: ServerSecrets;
  readonly log: Log;
  /** How far somebody has come with the same server. */
  readonly arrival?: Arrival | undefined;
}

/** What there is once the first request is due. */
interface Opened {
  readonly product: Product;
  readonly http: Transport;
}

/** Only these failures of looking for the version are news: as long as the server cannot tell, nothing is known. */
const tellAboutVersion = ['cancelled', 'wrongProduct', 'unsupportedVersion'];

/** Makes what it takes to speak to one server: its product, the transport to it, and the version of the API that it serves. */
export class ServerAccess {
  readonly #server: SavedServer;
  readonly #services: ServerAccessServices;
  readonly #version: ServedVersion;
  /** Ends probing, which no caller's signal can. */
  readonly #closing = new AbortController();
  #opened: Promise<Opened> | undefined;

  constructor(server: SavedServer, services: ServerAccessServices) {
    this.#server = server;
    this.#services = services;
    const { serves = [], at } = services.arrival ?? {};
    this.#version = new ServedVersion(
      server.apiVersion,
      expected => this.#findApiVersion(expected),
      serves.some(version => version === server.apiVersion) ? at : undefined,
    );
  }

  /** Whether a request has been due. */
  get isOpened(): boolean {
    return this.#opened !== undefined;
  }

  /** @throws {Failure} */
  open(): Promise<Opened> {
    this.#opened ??= this.#connect().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /**
   * Access with the version as far as it is known.
   * @throws {Failure}
   */
  async access(signal: AbortSignal): Promise<Access> {
    const { product, http } = await this.open();
    const apiVersion = await unlessAborted(this.#version.known(), signal);
    return { product, http: withVersionHeaders(http, product, apiVersion), apiVersion };
  }

  /**
   * Access with a version that is fit to send credentials with.
   * @param mayBeReplaced whether its requests throw {@link VersionReplaced} where the server refuses the version
   * @throws {Failure}
   */
  async accessForCredentials(signal: AbortSignal, mayBeReplaced: boolean): Promise<Access> {
    const { product, http } = await this.open();
    const apiVersion = await unlessAborted(this.#version.forCredentials(), signal);
    const access = { product, http: withVersionHeaders(http, product, apiVersion), apiVersion };
    return mayBeReplaced ? { ...access, http: this.#watched(access) } : access;
  }

  /**
   * The version that the server serves now.
   * @throws {Failure}
   */
  async servedVersion(signal: AbortSignal): Promise<string> {
    return await unlessAborted(this.#version.served(), signal);
  }

  /** A request with this version has been answered as it should be. */
  noteServed(apiVersion: string): void {
    this.#version.noteServed(apiVersion);
  }

  /**
   * Whether the server serves another version by now; false as long as it cannot tell: the answer that raised the question
   * stands then.
   * @throws {Failure} if something else answers at the address now
   */
  async isReplaced(apiVersion: string, signal: AbortSignal): Promise<boolean> {
    try {
      return await unlessAborted(this.#version.isReplaced(apiVersion), signal);
    } catch (error) {
      if (isFailure(error) && !tellAboutVersion.includes(error.kind)) {
        return false;
      }
      throw error;
    }
  }

  /** Requests under way end as cancelled. */
  async close(): Promise<void> {
    this.#closing.abort();
    // One that could not be opened has nothing to be closed.
    const opened = await this.#opened?.catch(() => undefined);
    await Promise.all([opened?.http.close(), this.#services.arrival?.http.close()]);
  }

  async #connect(): Promise<Opened> {
    const network = await this.#services.network();
    const { url, trustedFingerprint, clientCertificate, noProxy } = this.#server;
    const certificate =
      clientCertificate &&
      // What is tried may be the change of a server to another address.
      (clientCertificate.address ?? url) === url &&
      (await readClientCertificate(clientCertificate, (await this.#services.secrets.read()).passphrase));
    const { arrival, log } = this.#services;
    const http = network.createTransport({
      origin: url,
      pinnedFingerprint: trustedFingerprint,
      log,
      continues: arrival?.http,
      ...(certificate ? { clientCertificate: certificate } : {}),
      // The member's presence says that the settings do not count.
      ...(noProxy ? { proxy: undefined } : {}),
    });
    // It may have led another way, by other settings.
    await arrival?.http.close();
    return { product: await network.loadProduct(this.#server.product), http };
  }

  /** Requests that throw {@link VersionReplaced} where the server refuses the version in the product's own words. */
  #watched({ product, http, apiVersion }: Access): Transport {
    return {
      origin: http.origin,
      host: http.host,
      get certificate() {
        return http.certificate;
      },
      request: async request => {
        const response = await http.request(request);
        const signal = request.signal ?? this.#closing.signal;
        if (product.refusesVersion?.(response) && (await this.isReplaced(apiVersion, signal))) {
          throw new VersionReplaced();
        }
        return response;
      },
      close: () => http.close(),
    };
  }

  async #findApiVersion(expected: string | undefined): Promise<string> {
    const { product, http } = await this.open();
    const signal = this.#closing.signal;
    const probe = (await product.probe(http, signal, expected)) ?? (await product.probeOn?.(http, signal, expected));
    if (!probe) {
      const { recognize } = await this.#services.network();
      throw new WrongProduct(http.host, product.info.name, (await recognize(http, signal))?.name);
    }
    const speaks = (version: string) => probe.apiVersions.includes(version);
    const version =
      product.apiVersions.find(each => each === expected && speaks(each)) ?? product.apiVersions.find(speaks);
    if (!version) {
      const speaks = [...probe.apiVersions].sort(newestFirst(product.info));
      throw new UnsupportedVersion(http.host, speaks, product.apiVersions);
    }
    return version;
  }
}
