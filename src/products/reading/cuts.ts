/** A part of a text, or of its pieces, that is left out. */
export interface Cut {
  readonly from: number;
  /** The first place behind it. */
  readonly to: number;
}

/** In their order, without those that lie in another one: what lies in another one is cut with it. */
export function outermost<Of extends Cut>(cuts: readonly Of[]): readonly Of[] {
  let cutTo = 0;
  return cuts
    .toSorted((one, other) => one.from - other.from || other.to - one.to)
    .filter(({ from, to }) => {
      const isOutermost = from >= cutTo;
      if (isOutermost) {
        cutTo = to;
      }
      return isOutermost;
    });
}
