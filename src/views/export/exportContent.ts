// Lists of items as files. Pieces come one by one, so that whoever writes many of them can let others have a turn.

import type { ExportFormat } from '../../base/exportFormats';
import { nextSlice } from '../../base/timeSlices';
import type { Node } from '../../inventory/tree/node';
import type { ItemKind } from '../../items/item';
import { commonColumns, type FactColumn, factColumns, jsonOf, recordOf } from '../shared/itemRecords';
import { type Cell, type CsvStyle, csvLine, markdownLine, markdownRule } from '../shared/tables';

export interface ExportRow {
  readonly node: Node;
  /** Why not all that is below the item is there. */
  readonly incomplete?: string | undefined;
  /** It stands directly below a heading that was exported: by that, the list in a file can be compared with all of it. */
  readonly wholeList?: boolean;
  /** Set if only some kinds of the rows below a place were chosen. */
  readonly selection?: KindSelection;
}

/** What a list with chosen kinds has to say, so that it is compared with the same rows. */
export interface KindSelection {
  /** The key of the row or list that was exported. */
  readonly exportedFrom: string;
  readonly onlyKinds: readonly ItemKind[];
}

/** What is written of the rows. Columns hang on their kinds, and on whether anything is missing. */
export function* piecesOf(format: ExportFormat, rows: readonly ExportRow[], style?: CsvStyle): Generator<string> {
  if (format === 'json') {
    yield* jsonPieces(rows);
    return;
  }
  const present = new Set<ItemKind>(rows.map(({ node }) => node.item.kind));
  const columns: readonly FactColumn[] = [
    ...commonColumns.map(name => ({ name, isNumber: false })),
    ...factColumns(present),
    ...(rows.some(({ incomplete }) => incomplete) ? [{ name: 'incomplete', isNumber: false }] : []),
  ];
  const titles = columns.map(({ name }) => name);
  if (format === 'csv') {
    // With the mark, Excel reads UTF-8.
    yield `\uFEFF${csvLine(titles, style)}`;
    for (const row of rows) {
      yield csvLine(cellsOf(row, titles), style);
    }
  } else {
    yield markdownLine(titles) + markdownRule(columns.map(({ isNumber }) => isNumber));
    for (const row of rows) {
      yield markdownLine(cellsOf(row, titles));
    }
  }
}

/** How many characters are encoded at once. */
const encodedAtOnce = 65_536;

/** The pieces as the content of a file; undefined if the signal aborts. Others have their turn in between. */
export async function encoded(pieces: Iterable<string>, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  const encode = (text: string) => {
    const part = Buffer.from(text, 'utf8');
    parts.push(part);
    length += part.length;
  };
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length > encodedAtOnce) {
      encode(text);
      text = '';
    }
    await nextSlice();
    if (signal.aborted) {
      return undefined;
    }
  }
  encode(text);
  const content = Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of parts) {
    at += part.copy(content, at);
    await nextSlice();
  }
  return content;
}

/** A row as its object in JSON. */
export function jsonRecord({ node, wholeList, selection, incomplete }: ExportRow) {
  return {
    ...recordOf(node),
    ...(wholeList ? { wholeList } : {}),
    ...selection,
    ...(incomplete ? { incomplete } : {}),
  };
}

function* jsonPieces(rows: readonly ExportRow[]): Generator<string> {
  let before = '[\n';
  for (const row of rows) {
    // No line end is part of a text in JSON.
    yield `${before}  ${jsonOf(jsonRecord(row)).replaceAll('\n', '\n  ')}`;
    before = ',\n';
  }
  yield rows.length === 0 ? '[]\n' : '\n]\n';
}

function cellsOf({ node, incomplete }: ExportRow, titles: readonly string[]): Cell[] {
  const record = recordOf(node);
  const cells: Readonly<Record<string, unknown>> = { ...record, path: record.path.join(' / '), incomplete };
  return titles.map(title => {
    const value = cells[title];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  });
}
