/** What the engine knows of the life of one connection, asked anew after each look while somebody reads it. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { oneAtATime } from '../../stores/one-at-a-time.ts'

export interface KnownStory {
  /** Undefined while nothing is known, and when the connection is gone. */
  readonly story: Readonly<Ref<ConnectionStory | undefined>>
  /** The engine knows the connection no more; its row may still be shown as closed. */
  readonly isGone: Readonly<Ref<boolean>>
}

export function useConnectionStory(identity: () => string | undefined): KnownStory {
  const { link } = useHostAccess()
  const connections = useConnections()
  const story = shallowRef<ConnectionStory>()
  const isGone = shallowRef(false)
  let disposed = false
  const ask = oneAtATime(async () => {
    const id = identity()
    if (id === undefined || disposed) {
      story.value = undefined
      return
    }
    const answer = await link.api.call('getConnectionStory', { id })
    // Another row may have been selected meanwhile; then this runs once more.
    if (identity() !== id) return
    story.value = answer.ok ? answer.value : undefined
    isGone.value = !answer.ok && answer.error.code === 'not-found'
  })
  // The version also moves when only highlights end; the sequence is that of a look.
  watch(
    [identity, () => (connections.version, connections.view.mirror.sequence), () => connections.view.mirror.session],
    ([id], [before]) => {
      if (id !== before) {
        story.value = undefined
        isGone.value = false
      }
      void ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => (disposed = true))
  return { story, isGone }
}
