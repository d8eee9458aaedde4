/** Samples the selected rows while the details are open; closed, nothing is read and nothing is kept. */
import { computed, markRaw, shallowRef, watch, type ComputedRef } from 'vue'
import { useConnections } from '../../stores/connections.ts'
import { useSelection } from '../../stores/selection.ts'
import { RowSamples, type RowHistory } from './row-samples.ts'

export interface RowSamplesUse {
  /** Of the row whose details are shown; a new object with every sample. */
  readonly current: ComputedRef<{ readonly history: RowHistory | undefined }>
}

/** With more rows selected only the last few are followed. */
const mostFollowed = 4

export function useRowSamples(): RowSamplesUse {
  const connections = useConnections()
  const selection = useSelection()
  const samples = markRaw(new RowSamples())
  const version = shallowRef(0)
  // The version also moves when only highlights end; the sequence is that of a look.
  watch(
    [() => selection.identities, () => selection.detailed, () => (connections.version, connections.view.mirror.sequence)],
    () => {
      const { view } = connections
      for (const identity of new Set([
        ...selection.identities.slice(-mostFollowed),
        ...(selection.detailed === undefined ? [] : [selection.detailed]),
      ])) {
        const slot = view.slotOfIdentity(identity)
        if (slot !== undefined) samples.take(identity, view.mirror, slot)
      }
      version.value += 1
    },
    { immediate: true },
  )
  return {
    current: computed(() => {
      void version.value
      return { history: selection.detailed === undefined ? undefined : samples.of(selection.detailed) }
    }),
  }
}
