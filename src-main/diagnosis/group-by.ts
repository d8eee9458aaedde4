/** Slots by key, in the order of their first rows. */
export function groupBy<Key>(slots: readonly number[], keyOf: (slot: number) => Key): ReadonlyMap<Key, readonly number[]> {
  const groups = new Map<Key, number[]>()
  for (const slot of slots) {
    const key = keyOf(slot)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [slot])
    else group.push(slot)
  }
  return groups
}
