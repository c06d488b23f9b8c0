import * as v from 'valibot';
import { longestError } from '../../http/echoedSecrets';
import type { HttpResponse, Transport } from '../../http/request';
import type { Probe } from '../product';
import { textOf } from '../reading/bodyParser';
import { inconclusive } from '../reading/statusFailures';
import { explanation } from './explanation';
import { errorBody, serverTimeBody } from './wire';

/** Those this extension reads, newest first. Those of Backup & Replication 11 are no longer documented. */
export const apiVersions = [
  '1.3-rev2',
  '1.3-rev1',
  '1.3-rev0',
  '1.2-rev1',
  '1.2-rev0',
  '1.1-rev2',
  '1.1-rev1',
  '1.1-rev0',
] as const;

const [newest] = apiVersions;

/** Goes with every request, those without a session too: without it, or with one that is not served, all are refused. */
export function versionHeaders(apiVersion: string): Readonly<Record<string, string>> {
  return { 'x-api-version': apiVersion };
}

/**
 * `GET /api/v1/serverTime` needs no session. A server that does not serve the version of the request says so, most
 * often with a list of those that it serves.
 */
export async function probe(http: Transport, signal: AbortSignal, expected?: string): Promise<Probe | undefined> {
  const asked = expected ?? newest;
  const response = await ask(http, asked, signal);
  if (tellsTime(response)) {
    return { apiVersions: [asked] };
  }
  const refusal = refusalIn(response);
  if (!refusal) {
    const failure = await inconclusive(http.host, response, explanation);
    if (failure) {
      throw failure;
    }
    return undefined;
  }
  return { apiVersions: refusal.length > 0 ? refusal : await firstServed(http, asked, signal) };
}

/** Where the refusal lists none, each version is tried, which costs no sign-in either. */
async function firstServed(http: Transport, refused: string, signal: AbortSignal): Promise<readonly string[]> {
  for (const version of apiVersions.filter(each => each !== refused)) {
    if (tellsTime(await ask(http, version, signal))) {
      return [version];
    }
  }
  return [];
}

async function ask(http: Transport, apiVersion: string, signal: AbortSignal): Promise<HttpResponse> {
  return await http.request({
    method: 'GET',
    path: '/api/v1/serverTime',
    headers: { Accept: 'application/json', ...versionHeaders(apiVersion) },
    signal,
  });
}

/** On port 443, a page for people may come in its place. */
function tellsTime(response: HttpResponse): boolean {
  return response.status === 200 && v.is(serverTimeBody, jsonIn(response));
}

/** Whether an answer says that the server does not serve the version of the request. */
export function refusesVersion(response: HttpResponse): boolean {
  return refusalIn(response) !== undefined;
}

/** The versions that a refusal lists; undefined if the answer is no refusal. */
function refusalIn(response: HttpResponse): readonly string[] | undefined {
  const { success, output } = v.safeParse(errorBody, response.status === 400 ? jsonIn(response) : undefined);
  const { errorCode = '', message = '' } = success ? output : {};
  if (
    errorCode !== 'NotImplemented' &&
    !(/\bunsupported\b|\bnot supported\b/i.test(message) && /version/i.test(message))
  ) {
    return undefined;
  }
  const listed = [...message.matchAll(/\b(?:v)?(\d{1,3}\.\d{1,3}-rev\d{1,3})\b/gi)].flatMap(([, version = '']) =>
    version.toLowerCase(),
  );
  return [...new Set(listed)];
}

/** Less than zero if `one` is older: 1.10-rev0 is newer than 1.9-rev2. */
export function compareVersions(one: string, other: string): number {
  const [these, those] = [numbersOf(one), numbersOf(other)];
  return these.map((number, at) => number - (those[at] ?? 0)).find(difference => difference !== 0) ?? 0;
}

/** @param major and minor: 1 and 3 for all revisions of 1.3 */
export function isAtLeast(apiVersion: string, major: number, minor: number): boolean {
  return compareVersions(apiVersion, `${major}.${minor}-rev0`) >= 0;
}

/** 1, 3 and 2 for `1.3-rev2`. */
function numbersOf(version: string): readonly number[] {
  return version.split(/\.|-rev/).map(Number);
}

function jsonIn({ body }: HttpResponse): unknown {
  try {
    return body.length > longestError ? undefined : JSON.parse(textOf(body) ?? '');
  } catch {
    return undefined;
  }
}
