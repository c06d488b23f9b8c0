/** Kinds of files that lists and reports are exported as. */
export const exportFormats = ['csv', 'json', 'markdown'] as const;
/** One of these kinds. */
export type ExportFormat = (typeof exportFormats)[number];

/** How a file's name ends, and what save dialogs call the kind. */
export const fileKinds: Readonly<Record<ExportFormat, { readonly extension: string; readonly name: string }>> = {
  csv: { extension: 'csv', name: 'CSV' },
  json: { extension: 'json', name: 'JSON' },
  markdown: { extension: 'md', name: 'Markdown' },
};
