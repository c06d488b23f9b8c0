import * as net from 'node:net';
import { performance } from 'node:perf_hooks';

/** A line to a local port that brings no more than so many bytes in a second. Resolves with its own port. */
export async function slowLine(port: number, bytesPerSecond: number): Promise<number> {
  const line = net.createServer(client => {
    const server = net.connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => undefined);
      socket.once('close', () => other.destroy());
    }
    client.pipe(server);
    let due = 0;
    server.on('data', chunk => {
      const now = performance.now();
      // What timers were late by is made up for, what the line was idle for is not.
      due = Math.max(due, now - 20) + (chunk.length / bytesPerSecond) * 1000;
      client.write(chunk);
      server.pause();
      setTimeout(() => server.resume(), due - now);
    });
    server.on('end', () => client.end());
  });
  await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve));
  return (line.address() as net.AddressInfo).port;
}
