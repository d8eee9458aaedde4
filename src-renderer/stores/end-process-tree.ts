/** The targets of ending processes, and how what the engine tells of their children comes among them. */
import { descendantsOf, type Descendant, type Descendants } from '../../src-shared/actions/descendants.ts'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { Api } from '../../src-shared/contract/api.ts'
import type { Failure, Result } from '../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'

export interface EndProcessTarget {
  readonly process: Omit<ProcessRecord, 'ref'>
  readonly chosen: boolean
  /** 0 for what was asked for, 1 for its children and so on. */
  readonly depth: number
  /** Absent until the engine has answered. */
  readonly preview?: EndProcessPreview
  readonly failure?: Failure
}

/** A pid alone may have gone to another process meanwhile. */
export type Identified = Pick<ProcessRecord, 'pid' | 'startToken'>

export interface Tree extends Descendants {
  readonly root: Identified
  readonly answer: Result<EndProcessPreview>
}

export const isSame = (left: Identified, right: Identified): boolean => left.pid === right.pid && left.startToken === right.startToken

/**
 * What was asked for and its descendants, as the engine tells of them now: one root after the other, as a host takes a bounded number of
 * calls at a time. Ends early when it is not wanted any more.
 */
export async function* treesOf(api: Api, targets: readonly EndProcessTarget[], isWanted: () => boolean): AsyncGenerator<Tree, void, void> {
  const roots = targets.filter(({ depth }) => depth === 0).map(({ process }) => identityOf(process))
  const known = new Set(roots.map(({ pid }) => pid))
  for (const root of roots) {
    const answer = await api.call('previewEndProcess', root)
    if (!isWanted()) return
    const found = answer.ok ? await descendantsOf(api, answer.value, known, isWanted) : notFound(answer.error)
    if (!isWanted()) return
    yield { ...found, root, answer }
  }
}

/** The targets with that tree as it is now. Who was listed stays chosen as it was; who is new is chosen as its parent is. */
export function withTree(targets: readonly EndProcessTarget[], { root, answer, list }: Tree): readonly EndProcessTarget[] {
  const begin = targets.findIndex(({ process, depth }) => depth === 0 && isSame(process, root))
  const asked = targets[begin]
  if (asked === undefined) return targets
  const next = targets.findIndex(({ depth }, index) => index > begin && depth === 0)
  const end = next < 0 ? targets.length : next
  const before = new Map(targets.slice(begin, end).map(({ process, chosen }) => [keyOf(process), chosen]))
  const chosenAt = [asked.chosen]
  const descendants = list.map((each) => {
    const chosen = before.get(keyOf(each.preview)) ?? chosenAt[each.depth - 1] ?? asked.chosen
    chosenAt[each.depth] = chosen
    return targetOf(each, chosen)
  })
  return [...targets.slice(0, begin), answered(asked, answer), ...descendants, ...targets.slice(end)]
}

/** What the engine told of it, in place of what it told before. */
export function answered({ failure: _before, ...target }: EndProcessTarget, answer: Result<EndProcessPreview>): EndProcessTarget {
  return answer.ok ? { ...target, preview: answer.value } : { ...target, failure: answer.error }
}

/** Whether one of them is to be ended that was not among the others. */
export function hasMore(targets: readonly EndProcessTarget[], than: readonly EndProcessTarget[]): boolean {
  const listed = new Set(than.map(({ process }) => keyOf(process)))
  return targets.some(({ chosen, process }) => chosen && !listed.has(keyOf(process)))
}

export function identityOf({ pid, startToken }: Identified): Identified {
  return { pid, startToken }
}

function keyOf({ pid, startToken }: Identified): string {
  return `${pid}:${startToken}`
}

/** A process that is gone has no children any more; of any other it is not known whether it has. */
function notFound(error: Failure): Descendants {
  return { list: [], cut: false, ...(error.code === 'not-found' ? {} : { failure: error }) }
}

function targetOf({ preview, depth }: Descendant, chosen: boolean): EndProcessTarget {
  const { pid, startToken, name } = preview
  return { process: { pid, startToken, ...(name === undefined ? {} : { name }) }, preview, depth, chosen }
}
