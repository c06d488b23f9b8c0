import * as net from 'node:net';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** The line to a server: passes everything on as it is, until it is told to do something else. */
export class Line {
  /** Where new connections lead. */
  target: number;
  /** Deals with new connections instead. */
  instead: ((socket: net.Socket) => void) | undefined;
  /** Connections taken so far. */
  connections = 0;
  readonly #sockets = new Set<net.Socket>();
  #listener: net.Server | undefined;
  #port = 0;

  private constructor(target: number) {
    this.target = target;
  }

  static async to(target: number): Promise<Line> {
    const line = new Line(target);
    await line.listen();
    onTestFinished(() => line.stop());
    return line;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  /** Takes connections, on the same port as ever. */
  async listen(): Promise<void> {
    if (this.#listener) {
      return;
    }
    const listener = net.createServer(socket => this.#take(socket));
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#listener = listener;
    this.#port = (listener.address() as net.AddressInfo).port;
  }

  /** Nobody listens any more. */
  async stop(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    this.cut();
    if (listener) {
      await new Promise(resolve => listener.close(resolve));
    }
  }

  /** Ends all connections, so that the next request needs a new one. */
  cut(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  /** Breaks all connections off. */
  reset(): void {
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  /** As after sleep: the connections there are carry nothing any more, and nobody tells. */
  silence(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.removeAllListeners('data');
      socket.resume();
    }
  }

  #take(socket: net.Socket): void {
    this.connections++;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    if (this.instead) {
      this.instead(socket);
      return;
    }
    const onward = net.connect(this.target, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  }
}

/**
 * A port on which connections are neither taken nor refused: its backlog is full, and the thread that listens is busy for
 * ever. Linux lets further ones wait then, as a firewall does that drops packets. Returns what frees the port again.
 */
export async function overwhelm(port: number): Promise<() => Promise<void>> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     require('node:net').createServer().listen({ port: ${port}, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage('listening');
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true },
  );
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // A backlog of one holds two.
  const waiting: net.Socket[] = [];
  for (let place = 0; place < 2; place++) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    waiting.push(socket);
    await new Promise(resolve => socket.once('connect', resolve));
  }
  return async () => {
    for (const socket of waiting) {
      socket.destroy();
    }
    await worker.terminate();
  };
}
