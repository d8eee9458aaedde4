import { computed, type ComputedRef } from 'vue'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { useRowActions } from '../../composables/use-row-actions.ts'
import { useText } from '../../i18n/use-text.ts'
import { useEndProcess } from '../../stores/end-process.ts'
import { useNotices } from '../../stores/notices.ts'
import { endableProcesses } from './process-groups.ts'

export interface EndGroup {
  /** Why no process can be ended here; undefined when it can. */
  readonly endRefusal: ComputedRef<string | undefined>
  /** Asks in the usual dialog, or says why not. */
  readonly endGroup: (mirror: RowMirror, slots: Int32Array) => void
}

export function useEndGroup(): EndGroup {
  const { t } = useText()
  const actions = useRowActions()
  const notices = useNotices()
  const flow = useEndProcess()
  return {
    endRefusal: computed(() => {
      const reason = actions.endUnavailable.value
      return reason === undefined ? undefined : t(reason, actions.refusalParameters.value)
    }),
    endGroup: (mirror, slots) => {
      const reason = actions.endUnavailable.value
      if (reason !== undefined) return notices.show('info', reason, actions.refusalParameters.value)
      const processes = endableProcesses(mirror, slots)
      if (processes.length === 0) notices.show('info', 'endProcess.unknownOwner')
      else void flow.open(processes)
    },
  }
}
