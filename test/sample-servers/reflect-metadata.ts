/**
 * @peculiar/x509 wires its parts with a container that refuses to load without this proposal's functions. It needs no
 * more of them than these, which spares a dependency. Import this before it.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const entries = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, entries.set(key, value));
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
  for (let holder: object | null = target; holder; holder = Object.getPrototypeOf(holder) as object | null) {
    if (metadata.get(holder)?.has(key)) {
      return metadata.get(holder)?.get(key);
    }
  }
  return undefined;
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { defineMetadata, getMetadata, getOwnMetadata });
}
