// The second output file, loaded at the first request: everything that is large and not needed to show the saved servers.

export { config as localize } from '@vscode/l10n';
export { proxyFor } from './http/proxy';
export { createTransport } from './http/transport';
export { recognize } from './products/identify';
export { loadProduct } from './products/load';
export { checkClientCertificate, readClientCertificate } from './servers/clientCertificate';
export { Connection } from './servers/connection';
export { discover } from './servers/discovery';
export { WindowTurns } from './servers/windowTurns';
