import type { EndProcessPreview } from '../contract/actions.ts'
import { maximumTree } from '../contract/actions.ts'
import type { Api } from '../contract/api.ts'
import type { Failure } from '../contract/result.ts'

export interface Descendant {
  readonly preview: EndProcessPreview
  /** 1 for a child of the process that was asked about. */
  readonly depth: number
}

export interface Descendants {
  /** Each after its parent. */
  readonly list: readonly Descendant[]
  /** There are more than anyone means to end in one go. */
  readonly cut: boolean
  /** Why some are missing, other than that they are gone: the first that went wrong. */
  readonly failure?: Failure
}

/**
 * All descendants of a process. A child comes with the start that tells it from a later bearer of its pid, as its parent's preview saw
 * it; whoever ended or was replaced since is left out. `known`: pids that are asked about already, the process itself among them; those
 * found are added. `isWanted` false ends the walk.
 */
export async function descendantsOf(
  api: Api,
  root: EndProcessPreview,
  known: Set<number>,
  isWanted: () => boolean = () => true,
): Promise<Descendants> {
  const list: Descendant[] = []
  let cut = false
  let failure: Failure | undefined
  const visit = async (parent: EndProcessPreview, depth: number): Promise<void> => {
    if (parent.moreChildren !== undefined) cut = true
    for (const { pid, startToken } of parent.children) {
      if (startToken === undefined || known.has(pid) || !isWanted()) continue
      if (known.size >= maximumTree) {
        cut = true
        return
      }
      const answer = await api.call('previewEndProcess', { pid, startToken })
      if (!answer.ok) {
        if (answer.error.code !== 'not-found') failure ??= answer.error
        continue
      }
      known.add(pid)
      list.push({ preview: answer.value, depth })
      await visit(answer.value, depth + 1)
    }
  }
  await visit(root, 1)
  return { list, cut, ...(failure === undefined ? {} : { failure }) }
}
