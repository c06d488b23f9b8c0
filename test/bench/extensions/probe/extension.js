// Answers the bench from inside the extension host: runs commands, weighs the heap, watches for blocks.
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

let longest = 0;
let last = 0;
let watch;

const actions = {
  command: async ({ name, args }) => await vscode.commands.executeCommand(name, ...args),
  heap: async () => {
    for (let round = 0; round < 5; round++) {
      collect();
      await new Promise(resolve => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  },
  watch: () => {
    clearInterval(watch);
    longest = 0;
    last = performance.now();
    watch = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
  },
  longestBlock: () => {
    clearInterval(watch);
    return longest;
  },
};

exports.activate = context => {
  const file = process.env.BACKUP_TENANCY_BENCH;
  if (!file) {
    return;
  }
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    try {
      const { action, ...options } = JSON.parse(body);
      response.end(JSON.stringify({ result: await actions[action](options) }));
    } catch (error) {
      response.statusCode = 500;
      response.end(JSON.stringify({ error: String(error) }));
    }
  });
  server.listen(0, '127.0.0.1', () => writeFileSync(file, String(server.address().port)));
  context.subscriptions.push({ dispose: () => server.close() });
};
