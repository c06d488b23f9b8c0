import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A connection on which what is sent can be refused: `refusal` is asked before each piece, until it says that all is well.
 * TLS shows a client certificate within the handshake, before Node.js tells that the other side's is bad. By then the other
 * side's has come, so it can be judged in between, with TLS 1.2 and 1.3 alike.
 */
export class HeldSocket extends Duplex {
  readonly #socket: Socket;
  #refusal: (() => Error | 'unknown' | 'good') | undefined;

  /** @param refusal `unknown` as long as there is nothing to judge: until then nothing that matters is sent */
  constructor(socket: Socket, refusal: () => Error | 'unknown' | 'good') {
    super();
    this.#socket = socket;
    this.#refusal = refusal;
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) {
        socket.pause();
      }
    });
    socket.once('end', () => this.push(null));
    socket.once('error', error => this.destroy(error));
    socket.once('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const verdict = this.#refusal?.();
    if (verdict instanceof Error) {
      done(verdict);
      return;
    }
    if (verdict === 'good') {
      this.#refusal = undefined;
    }
    this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
