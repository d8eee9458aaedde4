import type { TableView } from './table-view.ts'

/** The visible rows among these identities, in display order. One pass over the rows however many are asked for. */
export function slotsOfIdentities(view: TableView, identities: readonly string[]): number[] {
  const wanted = new Set(identities)
  // The low half alone is cheap to compare; the text is made only where it fits.
  const lowHalves = new Set(identities.map((identity) => Number.parseInt(identity.slice(9), 16)))
  const { identityLow } = view.mirror.columns
  const found: number[] = []
  for (const slot of view.visible) {
    if (lowHalves.has(identityLow[slot] as number) && wanted.has(view.mirror.identityOf(slot))) found.push(slot)
  }
  return found
}
