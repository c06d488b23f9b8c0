/** As many as any machine spares, to all servers together. More are opened only while none of them is idle. */
const mostSockets = 40;

/** The sockets to one server, which can be opened again. */
export interface Spareable {
  readonly isIdle: boolean;
  /** Closes them. */
  spare(): void;
}

/** Who has sockets, and each of these; who has not used them for longest comes first. */
const held = new Map<Spareable, Set<object>>();

/**
 * Counts a socket that is about to be opened. Where it would be one too many, those that have been idle for longest are closed.
 * @returns what to call when the socket is closed
 */
export function countSocket(owner: Spareable): () => void {
  makeRoom(owner);
  const socket = {};
  const own = held.get(owner) ?? new Set();
  held.set(owner, own.add(socket));
  return () => {
    own.delete(socket);
    if (own.size === 0 && held.get(owner) === own) {
      held.delete(owner);
    }
  };
}

/** Puts it off that the owner's sockets are closed for others. */
export function noteUse(owner: Spareable): void {
  const own = held.get(owner);
  if (own) {
    held.delete(owner);
    held.set(owner, own);
  }
}

function makeRoom(owner: Spareable): void {
  let number = [...held.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [other, sockets] of [...held]) {
    if (number < mostSockets) {
      return;
    }
    if (other !== owner && other.isIdle) {
      number -= sockets.size;
      held.delete(other);
      other.spare();
    }
  }
}
