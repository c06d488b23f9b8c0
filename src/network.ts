// The output file that is loaded at the first request: everything that is large and not needed to show the saved servers.

export { config as localize } from '@vscode/l10n';
export { proxyFor } from './http/proxy';
export { createTransport } from './http/transport';
export { loadProduct } from './products/loadProduct';
export { recognize } from './products/recognize';
export { checkClientCertificate, readClientCertificate } from './servers/connection/clientCertificate';
export { Connection } from './servers/connection/connection';
export { countVisible } from './servers/connection/count';
export { discover } from './servers/discovery/discovery';
export { WindowTurns } from './servers/session/windowTurns';
