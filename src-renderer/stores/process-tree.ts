import type { Api } from '../../src-shared/contract/api.ts'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'

export interface Descendant {
  readonly process: Omit<ProcessRecord, 'ref'>
  readonly preview: EndProcessPreview
  /** 1 for a child of the process that was asked about. */
  readonly depth: number
}

export interface Descendants {
  /** Each after its parent. */
  readonly list: readonly Descendant[]
  /** There are more than anyone means to end in one go. */
  readonly cut: boolean
}

/** More is no tree that a person means to end in one go. */
export const maximumTree = 500

/**
 * All descendants of a process. A child comes with the start that tells it from a later bearer of its pid, as its parent's preview saw
 * it; whoever ended or was replaced since is left out. `known`: pids that are asked about already.
 */
export async function descendantsOf(api: Api, root: EndProcessPreview, known: Set<number>, isWanted: () => boolean): Promise<Descendants> {
  const list: Descendant[] = []
  let cut = false
  const visit = async (parent: EndProcessPreview, depth: number): Promise<void> => {
    for (const { pid, startToken, name } of parent.children) {
      if (startToken === undefined || known.has(pid) || !isWanted()) continue
      if (known.size >= maximumTree) {
        cut = true
        return
      }
      const answer = await api.call('previewEndProcess', { pid, startToken })
      if (!answer.ok) continue // gone meanwhile, and with it the reason to end it
      known.add(pid)
      list.push({ process: { pid, startToken, ...(name === undefined ? {} : { name }) }, preview: answer.value, depth })
      await visit(answer.value, depth + 1)
    }
  }
  await visit(root, 1)
  return { list, cut }
}
