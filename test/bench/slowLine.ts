import * as net from 'node:net';
import { performance } from 'node:perf_hooks';

/** What a line is like; without a member it is as good as the machine's own. */
export interface Line {
  /** What it brings in a second, at most. */
  readonly bytesPerSecond?: number | undefined;
  /** Milliseconds until an answer is here, be it as short as can be. */
  readonly roundTripMs?: number | undefined;
}

/** A line to a local port. Resolves with its own port. */
export async function slowLine(port: number, { bytesPerSecond, roundTripMs = 0 }: Line): Promise<number> {
  return await (bytesPerSecond === undefined ? longLine(port, roundTripMs) : narrowLine(port, bytesPerSecond));
}

/** One that brings everything half a round trip later. */
async function longLine(port: number, roundTripMs: number): Promise<number> {
  const line = net.createServer(client => {
    const server = net.connect(port, '127.0.0.1');
    // The handshake with this line took no time; over a long one it is a round trip. Each piece comes after the one before it.
    const opened = performance.now() + roundTripMs;
    const later = (then: () => void) => {
      const now = performance.now();
      setTimeout(then, Math.max(now, opened) + roundTripMs / 2 - now);
    };
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('data', chunk => later(() => other.write(chunk)));
      socket.once('end', () => later(() => other.end()));
      socket.once('close', () => later(() => other.destroy()));
    }
  });
  return await portOf(line);
}

async function narrowLine(port: number, bytesPerSecond: number): Promise<number> {
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
  return await portOf(line);
}

async function portOf(line: net.Server): Promise<number> {
  await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve));
  return (line.address() as net.AddressInfo).port;
}
