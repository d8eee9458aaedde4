/** What can be done with the selected rows just now, and the doing of it; shared by toolbar, menu and keys. */
import { computed, type ComputedRef } from 'vue'
import type { CapabilityReason } from '../../src-shared/model/capability-reason.ts'
import { capabilityReasonText } from '../../src-shared/explain/capability-texts.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import type { MessageKey } from '../i18n/en.ts'
import { useText } from '../i18n/use-text.ts'
import { useCloseConnection } from '../stores/close-connection.ts'
import { useConnections } from '../stores/connections.ts'
import { useEndProcess } from '../stores/end-process.ts'
import { useNotices } from '../stores/notices.ts'
import { useSelection } from '../stores/selection.ts'
import { useStatus } from '../stores/status.ts'
import { closeTargetAt } from '../view/close-target.ts'

export interface RowActions {
  /** Why not; undefined when it is possible. */
  readonly endRefusal: ComputedRef<MessageKey | undefined>
  readonly closeRefusal: ComputedRef<MessageKey | undefined>
  /** What the texts of refusals need. */
  readonly refusalParameters: ComputedRef<Readonly<Record<string, string>>>
  endProcess(): void
  closeConnection(): void
  /** Why neither is possible for whatever rows; undefined when it depends on the rows. */
  readonly endUnavailable: ComputedRef<MessageKey | undefined>
  readonly closeUnavailable: ComputedRef<MessageKey | undefined>
  /** Ends the owners of these rows instead of the selected ones. */
  endOwnersOf(identities: readonly string[]): void
  /** Closes these connections instead of the selected ones. */
  closeConnectionsOf(identities: readonly string[]): void
}

/** Command-line option that lets the web host act; a name, not a word. */
export const allowActionsOption = '--allow-actions'

export function useRowActions(): RowActions {
  const connections = useConnections()
  const selection = useSelection()
  const status = useStatus()
  const endFlow = useEndProcess()
  const closeFlow = useCloseConnection()
  const notices = useNotices()
  const { view } = connections

  const unavailable = (supported: boolean | undefined, unsupported: MessageKey): MessageKey | undefined => {
    if (status.host?.actionsAllowed === false) return 'toolbar.readOnly'
    return supported === false ? unsupported : undefined
  }
  const endUnavailable = computed(() => unavailable(status.host?.endProcessSupported, 'toolbar.cannotEndProcess'))
  const closeUnavailable = computed(() => unavailable(status.host?.closeConnectionSupported, 'toolbar.cannotCloseConnection'))
  const unselected = computed((): MessageKey | undefined => (selection.identities.length === 0 ? 'toolbar.selectFirst' : undefined))
  const endRefusal = computed(() => endUnavailable.value ?? unselected.value)
  const closeRefusal = computed(() => closeUnavailable.value ?? unselected.value)
  const { locale } = useText()
  const reasonText = (reason: CapabilityReason | undefined): string =>
    reason === undefined ? '' : capabilityReasonText(reason, locale.value)
  const refusalParameters = computed(() => ({
    option: allowActionsOption,
    endReason: reasonText(status.host?.endProcessReason),
    closeReason: reasonText(status.host?.closeConnectionReason),
  }))
  const unless = (reason: MessageKey | undefined, run: () => void): void => {
    if (reason === undefined) run()
    else notices.show('info', reason, refusalParameters.value)
  }
  const endOwnersOf = (identities: readonly string[]): void => {
    const processes = new Map<number, ProcessRecord>()
    for (const slot of view.slotsOfIdentities(identities)) {
      for (const reference of view.mirror.ownersOf(slot)) {
        const process = view.mirror.processes.get(reference)
        if (process !== undefined && process.exited !== true) processes.set(reference, process)
      }
    }
    if (processes.size === 0) notices.show('info', 'endProcess.unknownOwner')
    else void endFlow.open([...processes.values()])
  }
  const closeConnectionsOf = (identities: readonly string[]): void => {
    const targets = view.slotsOfIdentities(identities).map((slot) => closeTargetAt(view.mirror, slot))
    closeFlow.open(targets, status.host?.ownPids ?? [])
  }
  return {
    endRefusal,
    closeRefusal,
    endUnavailable,
    closeUnavailable,
    refusalParameters,
    endProcess: () => unless(endRefusal.value, () => endOwnersOf(selection.identities)),
    closeConnection: () => unless(closeRefusal.value, () => closeConnectionsOf(selection.identities)),
    endOwnersOf,
    closeConnectionsOf,
  }
}
