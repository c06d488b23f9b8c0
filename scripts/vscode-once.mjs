// esbuild makes an object with a getter for each name of VS Code's API for each module that imports it: 0.8 MB of the 1.3 MB
// that the extension kept after activation (`npm run bench -- activation`). An object whose prototype is the API has no names
// to copy.
const contents = `module.exports = Object.create(require('vscode'));`;

/** For esbuild: all modules share one object for VS Code's API, which stays external. */
export const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    const namespace = 'vscode-once';
    build.onResolve({ filter: /^vscode$/ }, args =>
      args.namespace === namespace ? { path: 'vscode', external: true } : { path: 'vscode', namespace },
    );
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents }));
  },
};
