/** Names that break whoever pastes them unescaped into Markdown, HTML, XML, CSV, a terminal or a URL. */
export const HOSTILE_NAMES: readonly string[] = [
  '[Click me](command:workbench.action.quit) **bold** `code`',
  '<img src=x onerror="alert(1)"> &amp; ]]> <!--',
  '\u202Etnanet\u202C $(trash) شركة المثال',
  '=HYPERLINK("http://example.com";"open"),\'quoted\' ""twice""',
  '  leading and trailing  ',
  '../../etc/passwd?x=1#fragment %2F%00 a+b',
];

export const LONG_NAME = `Contoso Subsidiary ${'for Long and Carefully Chosen Company Names '.repeat(4)}Ltd.`;

export function numberedName(prefix: string, index: number): string {
  return `${prefix} ${String(index).padStart(5, '0')}`;
}
