import type { ServerResponse } from 'node:http';
import { aWebPage, html, send } from './answering';
import type { Fault } from './fault';

/** A web page instead of the list, with each status. */
export const statusFaults: readonly Fault[] = [
  { fault: 'HTML with 200', status: 200, outcome: aWebPage },
  {
    fault: 'HTML with 401 for the list',
    status: 401,
    outcome: { kind: 'sessionRefused', says: /does not accept the session it has just opened\.$/ } as const,
  },
  {
    fault: 'HTML with 403',
    status: 403,
    outcome: { kind: 'accessDenied', says: /^This account is not allowed to read this on 127/ } as const,
  },
  {
    fault: 'HTML with 404',
    status: 404,
    outcome: { kind: 'notFound', says: /no longer has this item\. Refresh its parent\.$/ } as const,
  },
  {
    fault: 'HTML with 407',
    status: 407,
    outcome: { kind: 'serverFailed', says: /answered with status 407 and no explanation\.$/ } as const,
  },
  {
    fault: 'HTML with 429',
    status: 429,
    outcome: { kind: 'throttled', says: /is limiting requests\. Try again in a minute\.$/ } as const,
  },
  {
    fault: 'HTML with 429 and Retry-After',
    status: 429,
    headers: { 'Retry-After': '17' },
    outcome: { kind: 'throttled', says: /Try again in 17 seconds\.$/ } as const,
  },
  {
    fault: 'HTML with 429 and Retry-After of nonsense',
    status: 429,
    headers: { 'Retry-After': 'soon' },
    outcome: { kind: 'throttled', says: /Try again in a minute\.$/ } as const,
  },
  ...[500, 502, 503].map(status => ({
    fault: `HTML with ${status}`,
    status,
    outcome: {
      kind: 'serverFailed',
      says: new RegExp(`answered with status ${status} and no explanation\\.$`),
    } as const,
  })),
].map(({ fault, status, headers, outcome }) => ({
  fault,
  outcome,
  answer: (response: ServerResponse) => send(response, html, { 'Content-Type': 'text/html', ...headers }, status),
}));
