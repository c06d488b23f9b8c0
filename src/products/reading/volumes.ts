/** Sizes of a volume, in bytes. A capacity of 0 is none that anybody knows, and says nothing of the free space. */
export function volumeOf(capacityBytes: number | undefined, freeBytes: number | undefined) {
  return capacityBytes === 0 ? {} : { capacityBytes, freeBytes };
}

/** {@link volumeOf} where what is not free counts as used. */
export function filledVolumeOf(capacityBytes: number | undefined, freeBytes: number | undefined) {
  const volume = volumeOf(capacityBytes, freeBytes);
  return { ...volume, usedBytes: taken(volume.capacityBytes, volume.freeBytes) };
}

/** What is not free of a capacity, in bytes. */
export function taken(capacity: number | undefined, free: number | undefined): number | undefined {
  return capacity === undefined || free === undefined ? undefined : Math.max(0, capacity - free);
}
