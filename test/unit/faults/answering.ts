// What faults of answers have in common: how they are sent, and what a person sees of them.
import type { ServerResponse } from 'node:http';
import type { Outcome } from './fault';
import type { Scene } from './scene';

export const html = '<!DOCTYPE html>\r\n<html><head><title>Sign in</title></head><body>Hello</body></html>';
export const json = 'application/json; charset=utf-8';

export function send(
  response: ServerResponse,
  body: string | Buffer,
  headers: Record<string, string> = {},
  status = 200,
): void {
  response.writeHead(status, { 'Content-Type': json, ...headers }).end(body);
}

/** The list as it should be. */
export function goodJson(scene: Scene): string {
  return JSON.stringify(scene.subject.json(scene.elements));
}

/** Bytes as they are, behind the back of the HTTP server. */
export function raw(response: ServerResponse, text: string): void {
  response.socket?.end(text);
}

export const tooMuch = {
  kind: 'tooLarge',
  says: /sent an answer that is too large or too deeply nested to be read\.$/,
} satisfies Outcome;
export const unreadable = { kind: 'malformedBody', says: /sent an answer that is not valid JSON\.$/ } satisfies Outcome;
export const unusable = { kind: 'badAnswer', says: /sent an answer that could not be read\.$/ } satisfies Outcome;
export const brokenOff = {
  kind: 'unreachable',
  says: /^The connection to 127\.0\.0\.1:\d+ was lost\.$/,
} satisfies Outcome;
export const silent = { kind: 'timedOut', says: /did not answer within 1 seconds\.$/ } satisfies Outcome;
export const aWebPage = { kind: 'webPage', says: /sent a web page instead of data\./ } satisfies Outcome;
export const different = { kind: 'unexpectedShape', says: /sent something other than/ } satisfies Outcome;
