// The output file that is loaded with the first rows of the tree: how rows look, with all kinds of items, and what follows the
// rows that are shown.

export { config as localize } from '@vscode/l10n';
export { watchListFiles } from './views/changes/listFiles';
export { HintsWhenWanted } from './views/editors/hintsWhenWanted';
export { Pins } from './views/pins/pins';
export { Freshness } from './views/tree/freshness';
export { overviewText } from './views/tree/overviewText';
export { renderRow } from './views/tree/rowRenderer';
