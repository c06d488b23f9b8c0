// Tables as files: pure text, for whoever writes it to a file.

export type Cell = string | number | boolean | undefined;

export interface TextColumn<Row> {
  readonly title: string;
  /** A number stays one for the program that reads the file. Text may come from a server: it is made harmless here. */
  readonly value: (row: Row) => Cell;
}

/** `comma` is RFC 4180; `semicolon` has a comma in decimal numbers, as spreadsheets expect where numbers are written so. */
export const csvStyles = ['comma', 'semicolon'] as const;
export type CsvStyle = (typeof csvStyles)[number];

/**
 * RFC 4180: lines end with CR LF, cells with separators, quotes or line ends are quoted. Without a byte order mark, which
 * whoever writes the file puts in front so that Excel reads it as UTF-8.
 */
export function toCsv<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[], style?: CsvStyle): string {
  return table(columns, rows)
    .map(cells => csvLine(cells, style))
    .join('');
}

/** One line of {@link toCsv}, with its end. */
export function csvLine(cells: readonly Cell[], style: CsvStyle = 'comma'): string {
  const [separator, point] = style === 'semicolon' ? [';', ','] : [',', '.'];
  return `${cells.map(cell => (typeof cell === 'number' ? String(cell).replace('.', point) : csvCell(cell, style))).join(separator)}\r\n`;
}

/** A table of GitHub Flavored Markdown, numbers to the right. */
export function toMarkdown<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const isNumber = columns.map(({ value }) => {
    const cells = rows.map(value).filter(cell => cell !== undefined);
    return cells.length > 0 && cells.every(cell => typeof cell === 'number');
  });
  const [head = '', ...lines] = table(columns, rows).map(markdownLine);
  return [head, markdownRule(isNumber), ...lines].join('');
}

/** One line of {@link toMarkdown}, with its end. */
export function markdownLine(cells: readonly Cell[]): string {
  return tableLine(cells.map(cell => (typeof cell === 'string' ? escapeMarkdown(cell) : (cell ?? ''))));
}

/** What stands below a table's titles; true for the columns that have their text at the right. */
export function markdownRule(right: readonly boolean[]): string {
  return tableLine(right.map(each => (each ? '---:' : '---')));
}

function tableLine(cells: readonly Cell[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Any text as one line of Markdown that shows it as it is: no link, image, markup or HTML, and no end of a table's cell. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&$#!]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, match => match.replace('.', '\\.'));
}

function table<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): Cell[][] {
  return [columns.map(({ title }) => title), ...rows.map(row => columns.map(({ value }) => value(row)))];
}

// Where a spreadsheet could see the beginning of a cell: at that of the text, and behind what separates cells in a program
// whose separator is another one than that of the file. Full-width signs count as formulas in East Asian editions. What a cell
// begins with may be dropped before it is looked at.
const formulas: Readonly<Record<CsvStyle, RegExp>> = {
  comma: /(^|[;\t\r\n])(?=(?:(?![\t\r\n])[\s\p{C}"])*[=+\-@＝＋－＠])/gu,
  semicolon: /(^|[,;\t\r\n])(?=(?:(?![\t\r\n])[\s\p{C}"])*[=+\-@＝＋－＠])/gu,
};

// Numbers need no guard: -5 is not a formula. Text is quoted for both separators.
function csvCell(cell: string | boolean | undefined, style: CsvStyle): string {
  const text =
    typeof cell === 'string' ? cell.replace(formulas[style], "$1'").replace(/^[\t\r\n]/, "'$&") : String(cell ?? '');
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
