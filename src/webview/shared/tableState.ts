import * as v from 'valibot';

/** How a table is shown: what VS Code keeps of it while its page is hidden. */
export const tableState = v.object({
  sort: v.string(),
  descending: v.boolean(),
  filter: v.pipe(v.string(), v.maxLength(1000)),
  kind: v.string(),
  page: v.number(),
});
export type TableState = v.InferOutput<typeof tableState>;
