import { expect, test } from 'vitest';
import { type TextColumn, toCsv, toMarkdown } from '../../../../src/views/shared/tables';

interface Row {
  readonly name: string;
  readonly bytes?: number;
}
const columns: readonly TextColumn<Row>[] = [
  { title: 'Name', value: row => row.name },
  { title: 'Bytes', value: row => row.bytes },
];

test('CSV quotes what has to be quoted and ends lines as RFC 4180 says', () => {
  expect(
    toCsv(columns, [{ name: 'Contoso', bytes: 12 }, { name: 'a "b", c' }, { name: 'two\nlines', bytes: -1 }]),
  ).toBe('Name,Bytes\r\nContoso,12\r\n"a ""b"", c",\r\n"two\nlines",-1\r\n');
  expect(toCsv(columns, [])).toBe('Name,Bytes\r\n');
});

test('CSV with semicolons has a decimal comma, and quotes what either separator would split', () => {
  const rows: readonly Row[] = [{ name: 'a;b', bytes: 1.5 }, { name: 'a,b', bytes: -1 }, { name: 'a;=1' }];
  expect(toCsv(columns, rows, 'semicolon')).toBe('Name;Bytes\r\n"a;b";1,5\r\n"a,b";-1\r\n"a;\'=1";\r\n');
  expect(toCsv(columns, rows, 'comma')).toBe('Name,Bytes\r\n"a;b",1.5\r\n"a,b",-1\r\n"a;\'=1",\r\n');
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1', "'＝1"],
  ['  =1', "'  =1"],
  ['\u202e=1', "'\u202e=1"],
  ['\t=1', `"'\t'=1"`],
  ['\r1', `"'\r1"`],
  ['a;=1', `"a;'=1"`],
  ['a\r\n=1', `"a\r\n'=1"`],
  ['nw-user-01', 'nw-user-01'],
  ['a=b', 'a=b'],
])('CSV makes no formula of %j', (name, cell) => {
  expect(toCsv(columns, [{ name }])).toBe(`Name,Bytes\r\n${cell},\r\n`);
});

test.each([
  ['a,=1', `"a,'=1"`],
  [',=1', `",'=1"`],
  ['a, -1', `"a,' -1"`],
  ['a;@b', `"a;'@b"`],
  ['Contoso, Ltd.', '"Contoso, Ltd."'],
])('CSV with semicolons makes no formula of %j, also where the comma separates cells', (name, cell) => {
  expect(toCsv(columns, [{ name }], 'semicolon')).toBe(`Name;Bytes\r\n${cell};\r\n`);
});

test('Markdown has numbers to the right and shows text as it is', () => {
  expect(toMarkdown(columns, [{ name: 'a|b <img src=x>\n[c](command:d)', bytes: 12 }])).toBe(
    '| Name | Bytes |\n| --- | ---: |\n| a\\|b \\<img src=x\\> \\[c\\](command:d) | 12 |\n',
  );
  expect(toMarkdown(columns, [{ name: 'https://example.com www.example.com `x` \\|' }])).toContain(
    '| https\\://example.com www\\.example.com \\`x\\` \\\\\\| |  |',
  );
});
