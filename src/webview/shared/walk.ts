// How arrow keys lead from one button of a table's rows to another one.

/** A button: its row, and its place among the actions of all rows. */
export interface Stop {
  readonly row: number;
  readonly action: number;
}

/**
 * Where a key leads; undefined if nowhere. Rows without buttons are passed by.
 * @param rows the actions that each row has, in ascending order
 */
export function stopAfter(key: string, rows: readonly (readonly number[])[], from: Stop): Stop | undefined {
  const has = (row: number) => (rows[row]?.length ?? 0) > 0;
  const all = rows.map((_, row) => row).filter(has);
  const inRow = (row: number | undefined): Stop | undefined =>
    row === undefined ? undefined : { row, action: closest(rows[row] ?? [], from.action) };
  const beside = (actions: readonly number[] | undefined, at: 0 | -1): Stop | undefined => {
    const action = actions?.at(at);
    return action === undefined ? undefined : { row: from.row, action };
  };
  switch (key) {
    case 'ArrowDown':
      return inRow(all.find(row => row > from.row));
    case 'ArrowUp':
      return inRow(all.findLast(row => row < from.row));
    case 'ArrowRight':
      return beside(
        rows[from.row]?.filter(action => action > from.action),
        0,
      );
    case 'ArrowLeft':
      return beside(
        rows[from.row]?.filter(action => action < from.action),
        -1,
      );
    case 'Home':
      return inRow(all[0]);
    case 'End':
      return inRow(all.at(-1));
    default:
      return undefined;
  }
}

/** The same action if the row has it, or the one next to it. */
function closest(actions: readonly number[], wanted: number): number {
  return actions.reduce(
    (best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best),
    actions[0] ?? 0,
  );
}
