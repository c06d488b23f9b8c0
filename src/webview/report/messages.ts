// What the report's page and the extension say to each other. Each side checks what it hears.

import * as v from 'valibot';
import { exportFormats } from '../../base/exportFormats';
import type { Outline, Report, ReportRow, Trend } from '../../report/report';
import { tableState } from '../shared/tableState';

/** What VS Code keeps of the page while it is hidden, and over a reload of the window. */
const pageState = v.object({
  /** Keys of the servers it is about. */
  servers: v.array(v.string()),
  tables: v.record(v.string(), tableState),
});
export type PageState = v.InferOutput<typeof pageState>;

export function readPageState(value: unknown): PageState {
  const result = v.safeParse(pageState, value);
  return result.success ? result.output : { servers: [], tables: {} };
}

const toExtension = v.variant('type', [
  /** The page has nothing yet. */
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('cancel') }),
  /** With the last report up to that moment; with the last one of all without it. */
  v.object({ type: v.literal('compare'), until: v.optional(v.number()) }),
  v.object({ type: v.literal('export'), format: v.picklist(exportFormats) }),
  v.object({ type: v.literal('copyId'), key: v.string() }),
  v.object({ type: v.literal('reveal'), key: v.string() }),
  v.object({ type: v.literal('forgetHistory') }),
]);
export type ToExtension = v.InferOutput<typeof toExtension>;

export function readToExtension(value: unknown): ToExtension | undefined {
  const result = v.safeParse(toExtension, value);
  return result.success ? result.output : undefined;
}

const amount = v.optional(v.number());

const kind = v.custom<ReportRow['kind']>(each => typeof each === 'string');

const outline: v.GenericSchema<unknown, Outline> = v.object({
  tables: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      limit: v.optional(v.string()),
      place: v.optional(v.string()),
      isCapacity: v.boolean(),
      unlimited: v.optional(v.object({ id: v.string(), title: v.string() })),
      kinds: v.array(v.object({ kind, name: v.string(), plural: v.string() })),
    }),
  ),
  sums: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      kind,
      of: v.picklist(['rows', 'limitBytes', 'usedBytes', 'freeBytes']),
      only: v.optional(v.picklist(['limited', 'unlimited'])),
      once: v.optional(v.boolean()),
    }),
  ),
  fills: v.array(v.object({ title: v.string(), used: v.string(), limit: v.string(), free: v.optional(v.string()) })),
});

const report: v.GenericSchema<unknown, Omit<Report, 'rows'>> = v.object({
  at: v.number(),
  servers: v.array(
    v.object({
      totals: v.record(v.string(), v.number()),
      key: v.string(),
      name: v.string(),
      asOf: amount,
      comparedWith: amount,
      isLoading: v.boolean(),
      problems: v.array(v.object({ where: v.string(), why: v.string() })),
      moreProblems: v.number(),
    }),
  ),
});

const row: v.GenericSchema<unknown, ReportRow> = v.object({
  key: v.string(),
  node: v.exactOptional(v.string()),
  kind,
  id: v.string(),
  name: v.string(),
  server: v.string(),
  place: v.optional(v.string()),
  usedBytes: amount,
  takenBytes: amount,
  limitBytes: amount,
  unlimited: v.boolean(),
  freeBytes: amount,
  repositories: amount,
  growth: v.optional(v.object({ bytes: amount, limitBytes: amount, bytesPerDay: amount, fullInDays: amount })),
});

const trend: v.GenericSchema<unknown, Trend> = v.object({
  times: v.array(v.number()),
  lines: v.array(v.object({ title: v.string(), shares: v.array(v.nullable(v.number())) })),
});

const toPage = v.variant('type', [
  /** The first one. */
  v.object({
    type: v.literal('start'),
    locale: v.optional(v.string()),
    /** Of VS Code's language; none for English. */
    texts: v.optional(
      v.record(v.string(), v.union([v.string(), v.object({ message: v.string(), comment: v.array(v.string()) })])),
    ),
    servers: v.array(v.string()),
    outline,
  }),
  /** Some rows of the report that comes behind them. */
  v.object({ type: v.literal('rows'), rows: v.array(row) }),
  v.object({
    type: v.literal('report'),
    report,
    /** How many there are in the messages before this one. */
    rows: v.number(),
    isLoading: v.boolean(),
    /** Earlier reports that there is a history of, the newest first. */
    earlier: v.array(v.number()),
    /** What {@link ToExtension} compare has chosen. */
    until: amount,
    /** None as long as there is no earlier report. */
    trend: v.optional(trend),
  }),
  /** While it is loading. */
  v.object({ type: v.literal('progress'), items: v.number(), servers: v.number(), left: v.number() }),
  /** For the line that screen readers read out. */
  v.object({ type: v.literal('said'), text: v.string() }),
]);
export type ToPage = v.InferOutput<typeof toPage>;

export function readToPage(value: unknown): ToPage | undefined {
  const result = v.safeParse(toPage, value);
  return result.success ? result.output : undefined;
}
