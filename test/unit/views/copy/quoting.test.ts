import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idLine } from '../../../../src/base/text';
import { ansibleQuoted, hclQuoted, powerShellQuoted, shellQuoted } from '../../../../src/views/copy/quoting';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { shellTest } from './shellTest';

/** Shows its arguments, each behind a mark that is in none of them. */
const show = `show() { for each in "$@"; do printf '%s\\001' "$each"; done; }`;

async function argumentsOf(words: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${show}\nshow ${words.join(' ')}`]);
  return stdout.split('\x01').slice(0, -1);
}

const worst = [
  ...HOSTILE_NAMES,
  "'; touch pwned; '",
  '$(touch pwned) `touch pwned` $HOME !! !$',
  "a\nb' \r\n; exit 1 #",
  '\\',
  "'",
  '"',
  '',
  '-rf /',
  '~ * ? [a] {a,b} <in >out | & ;',
];

shellTest('a POSIX shell takes every text as one argument', async () => {
  expect(await argumentsOf(worst.map(shellQuoted))).toEqual(worst.map(idLine));
});

shellTest('a POSIX shell takes any text as one argument', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 1, maxLength: 50 }),
      async texts => {
        expect(await argumentsOf(texts.map(shellQuoted))).toEqual(texts.map(idLine));
      },
    ),
    { numRuns: 10 },
  );
});

test.each([
  ['Contoso', "'Contoso'"],
  ["O'Hara", "'O''Hara'"],
  ['\u2018a\u2019 \u201Ab\u201B', "'\u2018\u2018a\u2019\u2019 \u201A\u201Ab\u201B\u201B'"],
  ['$env:PATH $(Get-Date) `n "x"', `'$env:PATH $(Get-Date) \`n "x"'`],
  ["a'\r\nStop-Computer #", "'a'' Stop-Computer #'"],
])('PowerShell takes %j as text', (text, literal) => {
  expect(powerShellQuoted(text)).toBe(literal);
});

test.each([
  ['Contoso', '"Contoso"'],
  ['C:\\Backup "x"', '"C:\\\\Backup \\"x\\""'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what Terraform would evaluate
  ['${file("/etc/passwd")} %{ if true }', '"$${file(\\"/etc/passwd\\")} %%{ if true }"'],
  ['$${a} %%%{b}', '"$$\\u007ba} %%%\\u007bb}"'],
  ['a\n}\nresource "x" {', '"a } resource \\"x\\" {"'],
])('Terraform takes %j as text', (text, literal) => {
  expect(hclQuoted(text)).toBe(literal);
});

test.each([
  ['Contoso', '"Contoso"'],
  ['a: b #c "d" \\', '"a: b #c \\"d\\" \\\\"'],
  ["{{ lookup('pipe', 'id') }}", `!unsafe "{{ lookup('pipe', 'id') }}"`],
  ['{% raw %}', '!unsafe "{% raw %}"'],
  ['yes', '"yes"'],
  ['a\nb: c', '"a b: c"'],
])('Ansible takes %j as text', (text, literal) => {
  expect(ansibleQuoted(text)).toBe(literal);
});

test.each([
  ['a POSIX shell', shellQuoted],
  ['PowerShell', powerShellQuoted],
  ['Terraform', hclQuoted],
  ['Ansible', ansibleQuoted],
])('for %s, a long text takes as long as it is', (_language, quoted) => {
  for (const sign of ['$', '%', '{', '"', "'", '\\', '$%', '\u200e']) {
    const isLinear = () => slowdownInOnePiece(quoted, sign) < 10;
    expect([1, 2, 3, 4, 5].some(isLinear), sign).toBe(true);
  }
});

const pieces = 100;

/**
 * How many times as long one long text takes as pieces that are as long together: once for linear work, and a hundred times for
 * quadratic work. A busy machine spoils some comparisons, quadratic work each.
 */
function slowdownInOnePiece(work: (text: string) => unknown, sign: string): number {
  const piece = sign.repeat(200);
  const whole = piece.repeat(pieces);
  const inPieces = timeOf(() => {
    for (let done = 0; done < pieces; done++) {
      work(piece);
    }
  });
  return timeOf(() => work(whole)) / inPieces;
}

function timeOf(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
