import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BadAnswer, TooLarge } from './failure';

/** What is asked for. Lists of many tenants shrink to a tenth, which shows on a VPN. */
export const acceptedEncoding = 'gzip';

/**
 * A whole body, unpacked. Neither what comes over the line nor what it unpacks to is held beyond the limit.
 * @throws {Failure} if it is larger, or packed in a way that was not asked for
 */
export async function readBody(
  host: string,
  body: AsyncIterable<Buffer>,
  encoding: string | undefined,
  limitBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limitBytes) {
      throw new TooLarge(host, limitBytes);
    }
    chunks.push(chunk);
  }
  return await unpack(host, Buffer.concat(chunks, size), encoding?.trim().toLowerCase() ?? '', limitBytes);
}

async function unpack(host: string, packed: Buffer, encoding: string, limitBytes: number): Promise<Buffer> {
  if (packed.length === 0 || encoding === '' || encoding === 'identity') {
    return packed;
  }
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new BadAnswer(host, `Content-Encoding: ${encoding}`);
  }
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: limitBytes });
  } catch (error) {
    throw error instanceof RangeError ? new TooLarge(host, limitBytes) : new BadAnswer(host, error);
  }
}
