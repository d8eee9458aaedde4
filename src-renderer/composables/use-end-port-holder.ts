import { portTargets } from '../../src-shared/model/port-targets.ts'
import type { Command } from '../commands/command.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useEndProcess } from '../stores/end-process.ts'
import { useNotices } from '../stores/notices.ts'
import { useRowActions } from './use-row-actions.ts'

export interface EndPortHolder {
  /** Asks in the usual dialog about whoever holds the local port, or says why there is nobody to ask about. */
  readonly endHolderOf: (port: number) => void
  /** What was typed, where it is a port and nothing else: `443`, `:443`. */
  readonly commandFor: (typed: string) => Command | undefined
}

const largestPort = 65_535

export function useEndPortHolder(): EndPortHolder {
  const { t } = useText()
  const actions = useRowActions()
  const connections = useConnections()
  const flow = useEndProcess()
  const notices = useNotices()
  const refusal = (): string | undefined => {
    const reason = actions.endUnavailable.value
    return reason === undefined ? undefined : t(reason, actions.refusalParameters.value)
  }
  const endHolderOf = (port: number): void => {
    const reason = actions.endUnavailable.value
    if (reason !== undefined) return notices.show('info', reason, actions.refusalParameters.value)
    const targets = portTargets(connections.view.mirror, port)
    if (targets.kind === 'owners') {
      if (targets.hidden !== undefined) notices.show('info', 'endPort.alsoHidden', { port, count: targets.hidden.sockets })
      void flow.open(targets.owners)
    } else notices.show('info', targets.kind === 'unused' ? 'endPort.unused' : 'endPort.hidden', { port })
  }
  return {
    endHolderOf,
    commandFor: (typed) => {
      const port = Number(/^:?(\d{1,5})$/u.exec(typed)?.[1])
      if (!(port >= 1 && port <= largestPort)) return undefined
      const title: Command['title'] = (say) => say('endPort.command', { port })
      return { id: 'end-port.typed', group: 'rows', title, refusal, run: () => endHolderOf(port) }
    },
  }
}
