/** Which commands the palette shows for what was typed, the best first. Pure. */
import { fuzzyScore } from '../../view/fuzzy-score.ts'

export interface Findable {
  readonly id: string
  /** Titles in all languages. */
  readonly titles: readonly string[]
}

/** More than the best few score points apart, lately used or not, is decided by the words alone. */
const recentBonus = 5

/** Nothing typed: those lately used first, then all in their own order. */
export function rankCommands<Item extends Findable>(items: readonly Item[], query: string, recent: readonly string[]): readonly Item[] {
  const place = new Map(recent.map((id, index) => [id, index]))
  if (query.trim() === '') {
    const lately = recent.flatMap((id) => items.find((item) => item.id === id) ?? [])
    return [...lately, ...items.filter(({ id }) => !place.has(id))]
  }
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, [...item.titles, item.id.replaceAll(/[._-]/gu, ' '), item.id])
      return score === undefined ? [] : [{ item, score: score + (place.has(item.id) ? recentBonus : 0) }]
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}

/** The lately used ones after another one was used. */
export function usedNow(recent: readonly string[], id: string, most: number): string[] {
  return [id, ...recent.filter((each) => each !== id)].slice(0, most)
}
