import * as https from 'node:https';
import type { SampleServer } from '../../sample-servers';

/** The plainest client there is: it follows nothing, keeps no cookies and sees every byte. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | undefined>;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export function send(server: SampleServer<unknown>, path: string, sent: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: server.host,
        port: server.port,
        path,
        method: sent.method ?? 'GET',
        ca: server.certificate,
        agent: false,
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
          );
          resolve({
            status: response.statusCode ?? 0,
            headers,
            text,
            json: <T>() => JSON.parse(text.replace(/^\uFEFF/, '')) as T,
          });
        });
      },
    );
    request.on('error', reject);
    for (const [name, value] of Object.entries(sent.headers ?? {})) {
      request.setHeader(name, value);
    }
    request.end(sent.body);
  });
}

// VB365

export interface TokenBody {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

export function requestToken(
  server: SampleServer<unknown>,
  form: Record<string, string> = {},
  version = 'v8',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const password = { grant_type: 'password', username: server.username, password: server.password };
  const all = { ...('grant_type' in form ? {} : { ...password, disable_antiforgery_token: 'true' }), ...form };
  return send(server, `/${version}/Token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(all).toString(),
  });
}

/** Signs in; what it returns gets a path with the token. */
export async function signIn(
  server: SampleServer<unknown>,
  version = 'v8',
): Promise<(path: string) => Promise<Answer>> {
  const { access_token } = (await requestToken(server, {}, version)).json<TokenBody>();
  return path => send(server, path, { headers: { Authorization: `Bearer ${access_token}` } });
}

// Backup & Replication

export function requestVbrToken(
  server: SampleServer<unknown>,
  form: Record<string, string> = {},
  revision = '1.3-rev2',
): Promise<Answer> {
  const password = { grant_type: 'password', username: server.username, password: server.password };
  return send(server, '/api/oauth2/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'x-api-version': revision },
    body: new URLSearchParams({ ...('grant_type' in form ? {} : password), ...form }).toString(),
  });
}

/** Signs in; what it returns gets what is under /api/v1. */
export async function signInToVbr(server: SampleServer<unknown>, revision = '1.3-rev2') {
  const { access_token } = (await requestVbrToken(server, {}, revision)).json<TokenBody>();
  const headers = { Authorization: `Bearer ${access_token}`, 'x-api-version': revision };
  return (path: string, method = 'GET') => send(server, `/api/v1/${path}`, { method, headers });
}

// Enterprise Manager

export const BASIC = (server: SampleServer<unknown>) =>
  `Basic ${Buffer.from(`${server.username}:${server.password}`).toString('base64')}`;

export function logOn(server: SampleServer<unknown>, version = 'latest', headers: Record<string, string> = {}) {
  return send(server, `/api/sessionMngr/?v=${version}`, {
    method: 'POST',
    headers: { Authorization: BASIC(server), 'Content-Length': '0', ...headers },
  });
}

/** Logs on; what it returns gets a path with the session, as XML unless told otherwise. */
export async function openSession(server: SampleServer<unknown>, version = 'latest') {
  const session = (await logOn(server, version)).headers['x-restsvcsessionid'] ?? '';
  return (path: string, accept = 'application/xml', method = 'GET') =>
    send(server, path, { method, headers: { 'X-RestSvcSessionId': session, Accept: accept } });
}

// Service Provider Console

export interface SpcTokenBody {
  access_token: string | null;
  refresh_token: string | null;
  mfa_token: string | null;
  expires_in: number;
}

/** With the server's own account unless the form says otherwise. */
export function requestSpcToken(server: SampleServer<unknown>, form: Record<string, string> = {}): Promise<Answer> {
  const password = { grant_type: 'password', username: server.username, password: server.password };
  return send(server, '/api/v3/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...('grant_type' in form ? {} : password), ...form }).toString(),
  });
}

/** What it returns reads a path below /api/v3 with a token or an API key. */
export function spcReader(server: SampleServer<unknown>, token: string | null) {
  return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    send(server, `/api/v3/${path}`, { method, headers: { Authorization: `Bearer ${token}`, ...headers } });
}

/** Signs in and reads. */
export async function signInToSpc(server: SampleServer<unknown>, form: Record<string, string> = {}) {
  return spcReader(server, (await requestSpcToken(server, form)).json<SpcTokenBody>().access_token);
}
