/** Whether a row can be traced here, and the opening of the dialog. */
import { capabilityReasonText } from '../../src-shared/explain/capability-texts.ts'
import { platformCapability } from '../../src-shared/model/capabilities.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import { useText } from '../i18n/use-text.ts'
import { useStatus } from '../stores/status.ts'
import { useTrace } from '../stores/trace.ts'
import { allowActionsOption } from './use-row-actions.ts'

export interface TraceRow {
  /** Why not, in the reader's words; undefined when it is possible. */
  readonly refusalOf: (connection: Connection) => string | undefined
  readonly open: (connection: Connection) => void
}

export function useTraceRow(): TraceRow {
  const { t, locale } = useText()
  const status = useStatus()
  const trace = useTrace()
  return {
    refusalOf: ({ protocol, remote, state }) => {
      const { support, reason } = platformCapability(status.host?.platform ?? '', 'trace')
      if (support === 'no') return t('trace.cannot', { reason: reason === undefined ? '' : capabilityReasonText(reason, locale.value) })
      if (status.host?.actionsAllowed === false) return t('toolbar.readOnly', { option: allowActionsOption })
      const carries = protocol === 'tcp' && remote !== undefined && state !== 'LISTEN'
      return carries ? undefined : t('trace.onlyTcp')
    },
    open: (connection) => trace.open(connection),
  }
}
