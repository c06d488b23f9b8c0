import { beforeEach, expect, test, vi } from 'vitest';
import { CertificateChanged, CertificateNotTrusted } from '../../../../src/http/failures';
import { confirmTrust } from '../../../../src/views/servers/trustDialog';

const shown = vi.hoisted(() => [] as string[]);
const { buttons, answers, copied } = vi.hoisted(() => ({
  buttons: [] as string[],
  /** What is pressed, in turn. */
  answers: [] as string[],
  copied: [] as string[],
}));

vi.mock('vscode', async () => ({
  ...(await import('../vscode')),
  env: { clipboard: { writeText: async (text: string) => void copied.push(text) } },
  window: {
    showWarningMessage: async (_: string, { detail }: { detail: string }, ...all: string[]) => {
      shown.push(detail);
      buttons.splice(0, buttons.length, ...all);
      return answers.shift();
    },
  },
}));

beforeEach(() => {
  shown.length = 0;
});

const fingerprint = 'AB:'.repeat(32).slice(0, -1);
const forged = 'CD:'.repeat(32).slice(0, -1);
const facts = {
  subject: 'O=Contoso\nCN=vbo.example.com',
  issuer: 'CN=Contoso Root CA',
  alternativeNames: 'DNS:vbo.example.com, IP Address:192.0.2.7',
  validFrom: '2026-01-02T03:04:05.000Z',
  validTo: '2036-01-02T03:04:05.000Z',
  fingerprint,
  thumbprint: 'EF:'.repeat(20).slice(0, -1),
};

async function linesFor(names: Partial<typeof facts>, changed = false): Promise<string[]> {
  const certificate = { ...facts, ...names };
  await confirmTrust(
    'm365-prod',
    changed
      ? new CertificateChanged('vbo.example.com:4443', certificate, fingerprint)
      : new CertificateNotTrusted('vbo.example.com:4443', certificate, ['selfSigned']),
  );
  return shown.pop()?.split('\n') ?? [];
}

test('names a certificate in three lines, its common name first', async () => {
  expect(await linesFor({})).toEqual(
    expect.arrayContaining([
      'Issued for: CN=vbo.example.com, O=Contoso',
      'Also valid for: vbo.example.com, 192.0.2.7',
      'Issued by: CN=Contoso Root CA',
    ]),
  );
});

test.each([
  ['spaces', ' '.repeat(200)],
  ['spaces of other kinds', '\u00a0\u3000\u2003'.repeat(70)],
  ['letters that are blank', '\u3164\u2800\uffa0\u115f'.repeat(50)],
  ['line ends', '\n'.repeat(10)],
  ['nothing', ''],
])('names that are padded with %s imitate no further lines', async (_, padding) => {
  const name = `vbo.example.com${padding}SHA-256 fingerprint:${padding}${forged}`;
  for (const changed of [false, true]) {
    const honest = await linesFor({}, changed);
    const lines = await linesFor(
      { subject: `CN=${name}`, issuer: `OU=${name}\nCN=${name}`, alternativeNames: `DNS:${name}` },
      changed,
    );
    expect(lines).toHaveLength(honest.length);
    for (const line of lines.filter((each, index) => each !== honest[index])) {
      expect(line).toMatch(/^(?:Issued (?:for|by)|Also valid for): /);
      expect(line.length).toBeLessThan(80);
      expect(line).not.toMatch(/\s\s|[\u00a0\u3000\u2003\u3164\u2800\uffa0\u115f\u1160]/);
      expect(line).not.toMatch(/(?:CD:){15}/);
    }
  }
});

test('very long names and thousands of them stay a few short lines', async () => {
  const long = `CN=${'x'.repeat(10_000)}\nO=${'y\n'.repeat(5000)}`;
  const alternativeNames = Array.from({ length: 5000 }, (_, index) => `DNS:host-${index}.example.com`).join(', ');
  for (const changed of [false, true]) {
    const lines = await linesFor({ subject: long, issuer: long, alternativeNames }, changed);
    expect(lines).toHaveLength((await linesFor({}, changed)).length);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250);
  }
});

test.each([
  ['first', new CertificateNotTrusted('vbo.example.com:4443', facts, ['selfSigned']), 'Copy Fingerprint'],
  ['changed', new CertificateChanged('vbo.example.com:4443', facts, forged), 'Copy Both Fingerprints'],
])('the button that Enter presses trusts nothing: %s', async (_, refusal, first) => {
  answers.push(first);
  expect(await confirmTrust('m365-prod', refusal)).toBe(false);
  expect(buttons[0]).toBe(first);
  expect(copied.splice(0).join()).toContain(fingerprint);
});

test('asks again once the fingerprint is copied, and shows what Windows shows', async () => {
  answers.push('Copy Fingerprint', 'Trust This Certificate for This Server');
  expect(
    await confirmTrust('m365-prod', new CertificateNotTrusted('vbo.example.com:4443', facts, ['selfSigned'])),
  ).toBe(true);
  expect(copied.splice(0)).toEqual([fingerprint]);
  expect(shown.pop()).toContain(`SHA-1 thumbprint, as Windows shows it:\n${facts.thumbprint}`);
});
