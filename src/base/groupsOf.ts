/** Elements by what they have in common. Those without it are in no group: two that name nobody have nothing in common. */
export function groupsOf<Element, Key>(
  elements: readonly Element[],
  keyOf: (element: Element) => Key | undefined,
): ReadonlyMap<Key, readonly Element[]> {
  const groups = new Map<Key, Element[]>();
  for (const element of elements) {
    const key = keyOf(element);
    if (key === undefined) {
      continue;
    }
    const group = groups.get(key);
    if (group) {
      group.push(element);
    } else {
      groups.set(key, [element]);
    }
  }
  return groups;
}
