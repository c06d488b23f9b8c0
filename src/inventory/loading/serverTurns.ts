/** Servers that are gone through side by side: with four connections to each, as many sockets as any machine spares. */
const serversAtOnce = 10;

/** A server that has given nothing for so long keeps no other one waiting. */
const quietMs = 2_000;

/** The turn of one server. */
export interface ServerTurn {
  /** The server has given something. */
  renew(): void;
  end(): void;
}

/** Lets servers have their turns, a few at once and in the order in which they were asked for. */
export class ServerTurns {
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  /** Resolves when it is this one's turn, or at once with the signal. */
  async take(signal: AbortSignal): Promise<ServerTurn> {
    while (this.#taken >= serversAtOnce && !signal.aborted) {
      await this.#oneEnds(signal);
    }
    this.#taken++;
    let isOver = false;
    const end = (): void => {
      clearTimeout(timer);
      if (!isOver) {
        isOver = true;
        this.#taken--;
        this.#waiting.shift()?.();
      }
    };
    const timer = setTimeout(end, quietMs);
    return { renew: () => isOver || timer.refresh(), end };
  }

  #oneEnds(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const goOn = (): void => {
        signal.removeEventListener('abort', goOn);
        const place = this.#waiting.indexOf(goOn);
        if (place >= 0) {
          this.#waiting.splice(place, 1);
        }
        resolve();
      };
      signal.addEventListener('abort', goOn);
      this.#waiting.push(goOn);
    });
  }
}
