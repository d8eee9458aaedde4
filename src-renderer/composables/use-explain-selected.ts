import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { useConnections } from '../stores/connections.ts'
import { useReference } from '../stores/reference.ts'
import { useSelection } from '../stores/selection.ts'
import { useReferenceLink } from './use-reference-link.ts'

/** Opens the reference at the state of the row selected last; without one, where it was open last. */
export function useExplainSelected(): () => void {
  const connections = useConnections()
  const selection = useSelection()
  const reference = useReference()
  const open = useReferenceLink()
  return () => {
    const { view } = connections
    const slot = selection.detailed === undefined ? undefined : view.slotOfIdentity(selection.detailed)
    open((slot === undefined ? undefined : stateOfCode(view.mirror.columns.state[slot] as number)) ?? reference.entry)
  }
}
