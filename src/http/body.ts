import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadAnswer, TooLarge } from './failures';

/** What is asked for. Lists of many tenants shrink to a tenth, which shows on a VPN. */
export const acceptedEncoding = 'gzip';

/** Takes a body while it arrives. */
export interface BodyReader {
  /**
   * Is waited for before more is taken off the line. What is wrong with the content it tells when it is asked for it: that
   * an answer is not complete is told first.
   */
  write(chunk: Buffer): Promise<void>;
}

/**
 * A body as it arrives, unpacked. Neither what comes over the line nor what it unpacks to goes beyond the limit.
 * @throws {Failure} if it is larger, or packed in a way that was not asked for
 */
export async function* unpacked(
  host: string,
  body: AsyncIterable<Buffer>,
  encoding: string | undefined,
  limitBytes: number,
): AsyncGenerator<Buffer, void, void> {
  const packing = encoding?.trim().toLowerCase() ?? '';
  const packed = limited(host, body, limitBytes);
  if (packing === '' || packing === 'identity') {
    yield* packed;
    return;
  }
  const { value: first } = await packed.next();
  if (!first) {
    return; // nothing at all, as some servers answer with
  }
  if (packing !== 'gzip' && packing !== 'x-gzip') {
    throw new BadAnswer(host, `Content-Encoding: ${packing}`);
  }
  const gunzip = createGunzip();
  // The iteration below tells what goes wrong.
  pipeline(startingWith(first, packed), gunzip, () => undefined);
  try {
    yield* limited(host, gunzip, limitBytes);
  } catch (error) {
    throw isFromZlib(error) ? new BadAnswer(host, error) : error;
  }
}

async function* limited(
  host: string,
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<Buffer, void, void> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limitBytes) {
      throw new TooLarge(host, limitBytes);
    }
    yield chunk;
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  yield first;
  yield* rest;
}

function isFromZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
