import { nextTick } from 'vue'
import { useConnections } from '../../stores/connections.ts'
import { useDialogs } from '../../stores/dialogs.ts'
import { useFilters } from '../../stores/filters.ts'
import { useEvidence } from '../../stores/evidence.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useSelection } from '../../stores/selection.ts'
import type { WatchEntry } from '../../stores/watch-rules.ts'
import { ruleText } from '../../view/watch/compile-rule.ts'

/** Goes from an alarm to the table, limited to what the rule asks for; its row is selected where it is still there. */
export function useShowAlarm(): (entry: WatchEntry, identity?: string) => Promise<void> {
  const connections = useConnections()
  const dialogs = useDialogs()
  const filters = useFilters()
  const evidence = useEvidence()
  const navigation = useNavigation()
  const selection = useSelection()
  return async ({ rule, rows }, identity = rows[0]?.identity) => {
    dialogs.close()
    navigation.open('connections')
    evidence.letGo()
    filters.clear()
    filters.setText(ruleText(rule))
    // The dialog gives the keyboard back first.
    await nextTick()
    if (identity !== undefined && connections.view.slotOfIdentity(identity) !== undefined) selection.reveal(identity)
  }
}
