// What the page of changes and the extension say to each other. Each side checks what it hears.

import * as v from 'valibot';
import { changeKinds } from '../../changes/changeKinds';
import { tableState } from '../shared/tableState';

/** What VS Code keeps of the page while it is hidden. */
const pageState = v.object({ table: v.optional(tableState) });
export type ChangesPageState = v.InferOutput<typeof pageState>;

export function readChangesPageState(value: unknown): ChangesPageState {
  const result = v.safeParse(pageState, value);
  return result.success ? result.output : {};
}

const fromPage = v.variant('type', [
  /** The page has nothing yet. */
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('update') }),
  v.object({ type: v.literal('openFile') }),
  v.object({ type: v.literal('copy') }),
  v.object({ type: v.literal('export'), format: v.picklist(['markdown', 'json']) }),
  v.object({ type: v.literal('copyId'), key: v.string() }),
  v.object({ type: v.literal('reveal'), key: v.string() }),
  /** Of a server, by its key. */
  v.object({ type: v.literal('signIn'), key: v.string() }),
]);
export type FromChangesPage = v.InferOutput<typeof fromPage>;

export function readFromChangesPage(value: unknown): FromChangesPage | undefined {
  const result = v.safeParse(fromPage, value);
  return result.success ? result.output : undefined;
}

/** A row that has changed, in words. */
const row = v.object({
  key: v.string(),
  /** The server, and what it stands in there. */
  group: v.string(),
  kind: v.string(),
  name: v.string(),
  id: v.string(),
  what: v.array(v.picklist(changeKinds)),
  details: v.string(),
  /** Whether it is on its server now. */
  isThere: v.boolean(),
});
export type ChangeRow = v.InferOutput<typeof row>;

const result = v.object({
  /** Milliseconds since 1970. */
  at: v.number(),
  usedPercent: v.number(),
  same: v.number(),
  /** What could not be compared. */
  problems: v.array(
    v.object({
      /** From the server down to the list; empty if the sentence says which rows are meant. */
      names: v.array(v.string()),
      /** A sentence: why. */
      text: v.string(),
      /** The key of the server that wants to be signed in to. */
      signIn: v.optional(v.string()),
    }),
  ),
  /** The file can be brought up to date. */
  canUpdate: v.boolean(),
});
export type ChangeResult = v.InferOutput<typeof result>;

const toPage = v.variant('type', [
  /** The first one. */
  v.object({
    type: v.literal('start'),
    locale: v.optional(v.string()),
    /** Of VS Code's language; none for English. */
    texts: v.optional(
      v.record(v.string(), v.union([v.string(), v.object({ message: v.string(), comment: v.array(v.string()) })])),
    ),
    file: v.string(),
  }),
  v.object({ type: v.literal('progress'), items: v.number() }),
  /** Some rows of the result that comes behind them. */
  v.object({ type: v.literal('rows'), rows: v.array(row) }),
  /** @param rows how many there are in the messages before this one */
  v.object({ type: v.literal('result'), result, rows: v.number() }),
  /** There is no result: why. */
  v.object({ type: v.literal('failed'), text: v.string() }),
  /** For the line that screen readers read out. */
  v.object({ type: v.literal('said'), text: v.string() }),
]);
export type ToChangesPage = v.InferOutput<typeof toPage>;

export function readToChangesPage(value: unknown): ToChangesPage | undefined {
  const read = v.safeParse(toPage, value);
  return read.success ? read.output : undefined;
}
