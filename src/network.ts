// The second output file, loaded at the first request: everything that is large and not needed to show the saved servers.

export { config as localize } from '@vscode/l10n';
export { createTransport } from './http/transport';
export { identify, recognize } from './products/identify';
export { loadProduct } from './products/load';
