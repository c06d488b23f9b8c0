import { describe, expect, test } from 'vitest';
import { type Certificate, createCertificate } from '../../sample-servers';
import { startHttps } from '../http/support';
import { html, json, send } from './answering';
import { type Fault, run } from './fault';
import { printReport } from './report';
import { enterpriseManager, subjects } from './scene';

printReport();

describe.each(subjects)('$product', subject => {
  test('HTML with 401 for everything', () => {
    const fault: Fault = {
      fault: 'HTML with 401 for everything',
      begin: scene => scene.answer(response => send(response, html, { 'Content-Type': 'text/html' }, 401), 'all'),
      outcome: { kind: 'credentialsRefused', says: /does not accept this user name and password\.(?: |$)/ },
      // Accounts lock, so the password goes out again only when the user says so.
      recover: 'signIn',
    };
    return run(fault, subject);
  });

  test.each([301, 302, 307, 308])('a redirect with %i to another host', async status => {
    const certificate: Certificate = await createCertificate();
    const other = await startHttps(certificate);
    await run(
      {
        fault: `a redirect with ${status} to another host`,
        begin: scene =>
          scene.answer(response => {
            response.writeHead(status, { Location: `${other.origin}/login?for=all` }).end();
          }, 'all'),
        outcome: {
          kind: 'redirected',
          says: new RegExp(`redirects to 127\\.0\\.0\\.1:${other.port}\\.`),
        },
        check: () => expect(other.connections()).toBe(0),
      },
      subject,
    );
  });

  test('a body without end', async () => {
    let sent = 0;
    const piece = Buffer.alloc(64 * 1024, ' ');
    await run(
      {
        fault: 'a body without end',
        limits: { bodyBytes: 4 * 1024 * 1024 },
        answer: response => {
          response.writeHead(200, { 'Content-Type': json });
          const pour = () => {
            while (!response.destroyed && response.write(piece)) {
              sent += piece.length;
            }
            sent += piece.length;
          };
          response.on('drain', pour);
          pour();
        },
        outcome: { kind: 'tooLarge', says: /sent more than 4 MB in one answer\.$/ },
        // The rest is what lies in the buffers of both sides of the sockets.
        check: () => expect(sent).toBeLessThan(40 * 1024 * 1024),
      },
      subject,
    );
  });
});

test('Enterprise Manager is asked for XML where its JSON is not what it should be', () =>
  run(
    {
      fault: 'JSON of another shape, and good XML',
      answer: (response, { subject, elements: list }, request) =>
        request.headers.accept?.includes('json')
          ? send(response, '{"Surprise":[]}')
          : send(response, subject.xml(list), { 'Content-Type': 'application/xml' }),
      outcome: { rows: 'same' },
    },
    enterpriseManager,
  ));
