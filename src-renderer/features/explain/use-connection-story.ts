/** What the engine knows of the life of one connection, asked anew after each look while somebody reads it. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { oneAtATime } from '../../stores/one-at-a-time.ts'

/** Undefined while nothing is known, and when the connection is gone. */
export function useConnectionStory(identity: () => string | undefined): Readonly<Ref<ConnectionStory | undefined>> {
  const { link } = useHostAccess()
  const connections = useConnections()
  const story = shallowRef<ConnectionStory>()
  let disposed = false
  const ask = oneAtATime(async () => {
    const id = identity()
    if (id === undefined || disposed) {
      story.value = undefined
      return
    }
    const answer = await link.api.call('getConnectionStory', { id })
    // Another row may have been selected meanwhile; then this runs once more.
    if (identity() === id) story.value = answer.ok ? answer.value : undefined
  })
  // The version also moves when only highlights end; the sequence is that of a look.
  watch(
    [identity, () => (connections.version, connections.view.mirror.sequence), () => connections.view.mirror.session],
    ([id], [before]) => {
      if (id !== before) story.value = undefined
      void ask()
    },
    { immediate: true },
  )
  onScopeDispose(() => (disposed = true))
  return story
}
