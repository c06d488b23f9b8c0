import { isHost, originOf } from './savedServer';

/**
 * The address of a web console in what people type or paste: https, host, port and path alone, in one spelling.
 * @returns undefined if it is none
 */
export function consoleAddressOf(input: string): string | undefined {
  const address = input.includes('://') ? input : `https://${input}`;
  if (!URL.canParse(address)) {
    return undefined;
  }
  const { origin, hostname, pathname } = new URL(address);
  return originOf(address, 443) && /^[\w./~-]*$/.test(pathname) && isHost(hostname)
    ? origin + (pathname === '/' ? '' : pathname)
    : undefined;
}
