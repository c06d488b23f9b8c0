/** The part of VS Code's log channel that is needed here. */
export interface Log {
  trace(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

const secretHeaders = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-csrf-token',
  'x-restsvcsessionid',
  'x-xsrf-token',
]);

/** Headers as one printable line, the values of those that carry secrets replaced. */
export function redactHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${secretHeaders.has(name.toLowerCase()) ? '[redacted]' : String(value)}`)
    .join(' | ');
}
