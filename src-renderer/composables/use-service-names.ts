import type { Protocol } from '../../src-shared/model/columns.ts'
import { useConnections } from '../stores/connections.ts'
import { useNames } from '../stores/names.ts'
import { useSettings } from '../stores/settings.ts'

export interface ServiceNamesUse {
  /** Name of a port for bare words of a search. */
  readonly serviceName: (port: number, protocol: Protocol) => string | undefined
  /** Changes when the names of ports do; to be watched. */
  readonly serviceNamesInUse: () => unknown
}

export function useServiceNames(): ServiceNamesUse {
  const { mirror } = useConnections().view
  const names = useNames()
  const settings = useSettings()
  return {
    serviceName: (port, protocol) => mirror.names.services?.ofEnd(port, protocol),
    serviceNamesInUse: () => settings.current.serviceNames && names.services,
  }
}
