// Of undici, only the parts that src/http uses go into the bundle: the whole is two thirds of it, and most is fetch, caches
// and mocks.
const parts = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher');
Dispatcher.prototype.request = require('undici/lib/api/api-request');
Dispatcher.prototype.connect = require('undici/lib/api/api-connect');
exports.Client = require('undici/lib/dispatcher/client');
exports.Pool = require('undici/lib/dispatcher/pool');
exports.buildConnector = require('undici/lib/core/connect');
`;

/** For esbuild: resolves `undici` to a module with these parts alone. */
export const undiciParts = {
  name: 'undici-parts',
  setup(build) {
    const namespace = 'undici-parts';
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace }));
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents: parts, resolveDir: import.meta.dirname }));
  },
};
