import type { Api } from '../../src-shared/contract/api.ts'
import type { EndProcessPreview } from '../../src-shared/contract/actions.ts'
import { succeed, type Result } from '../../src-shared/contract/result.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'

/** More is no tree that a person means to end in one go. */
export const maximumTree = 500

export type Identify = (pid: number) => Promise<ProcessIdentity | undefined>

/**
 * The process and all its descendants, children before their parents. A child is known by its pid only, so its identity is read and
 * then its parent asked again: only a pid that is still a child of the same process is taken. `tooLarge` when there are too many.
 */
export async function processTree(
  api: Api,
  root: EndProcessPreview,
  identify: Identify,
): Promise<Result<readonly EndProcessPreview[]> | 'too-large'> {
  const order: EndProcessPreview[] = []
  const seen = new Set<number>()
  const visit = async (preview: EndProcessPreview): Promise<Result<undefined> | 'too-large'> => {
    seen.add(preview.pid)
    if (seen.size > maximumTree) return 'too-large'
    const children: EndProcessPreview[] = []
    for (const { pid } of preview.children) {
      const identity = seen.has(pid) ? undefined : await identify(pid)
      const child = identity === undefined ? undefined : await api.call('previewEndProcess', { pid, startToken: identity.startToken })
      if (child === undefined || (!child.ok && child.error.code === 'not-found')) continue // gone meanwhile
      if (!child.ok) return child
      children.push(child.value)
    }
    const again =
      children.length === 0 ? undefined : await api.call('previewEndProcess', { pid: preview.pid, startToken: preview.startToken })
    if (again !== undefined && !again.ok) return again
    for (const child of children) {
      if (!again?.value.children.some(({ pid }) => pid === child.pid)) continue
      const visited = await visit(child)
      if (visited === 'too-large' || !visited.ok) return visited
    }
    order.push(preview)
    return succeed(undefined)
  }
  const visited = await visit(root)
  if (visited === 'too-large' || !visited.ok) return visited
  return succeed(order)
}
