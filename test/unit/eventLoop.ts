/** How often others had a turn while some work was under way. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const take = () => {
    turns++;
    if (!over) {
      setImmediate(take);
    }
  };
  setImmediate(take);
  await work();
  over = true;
  return turns;
}
