/** From one part of the window to the next, by the key that browsers and mail programs have for it. */
import { tabStopsIn } from '../components/tab-stops.ts'
import type { Command } from './command.ts'

/** The page itself stands for one that has no other parts. */
const partsOfPage =
  'main [role=search], main [role=toolbar], main :is([role=grid], [role=treegrid]), main section[aria-label]:not(section *)'

export function usePartCommands(): readonly Command[] {
  return [
    { id: 'part.next', group: 'pages', title: (t) => t('command.nextPart'), keys: [{ key: 'F6' }], run: () => goBy(1) },
    {
      id: 'part.previous',
      group: 'pages',
      title: (t) => t('command.previousPart'),
      keys: [{ key: 'F6', shift: true }],
      run: () => goBy(-1),
    },
  ]
}

/** Round and round. */
function goBy(by: 1 | -1): void {
  const parts = partsNow()
  const { activeElement } = document
  const at = parts.findLastIndex(({ part }) => part.contains(activeElement))
  const next = at === -1 && by === -1 ? parts.at(-1) : parts[(at + by + parts.length) % parts.length]
  next?.entrance.focus()
}

interface Part {
  readonly part: Element
  readonly entrance: HTMLElement
}

/** Those in sight, in order, each with what gets the keyboard in it. */
function partsNow(): readonly Part[] {
  const found = [...document.querySelectorAll(`nav, ${partsOfPage}, footer`)]
  const inPage = found.filter((part) => part.closest('main') !== null && part.checkVisibility())
  const page = [...document.querySelectorAll('main')].filter((each) => each.checkVisibility())
  const parts = found
    .filter((part) => part.closest('main') === null)
    .concat(inPage.length > 0 ? inPage : page)
    .toSorted((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  const entrances = new Set<HTMLElement>()
  return parts.flatMap((part) => {
    const entrance = part instanceof HTMLElement && part.tabIndex === 0 ? part : tabStopsIn(part)[0]
    // A toolbar that begins with the search is no part of its own.
    if (entrance === undefined || entrances.has(entrance)) return []
    entrances.add(entrance)
    return [{ part, entrance }]
  })
}
