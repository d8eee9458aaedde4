/** What can be seen and done here, and why not more. Each check's text is found under its id in the message tables. */
import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import { windowsErrorName } from '../../native/windows/error-names.ts'
import type { WindowsProcessCatalog } from '../../processes/windows/windows-process-catalog.ts'
import type { SourceFactory } from '../../sources/source.ts'

export interface WindowsDoctorParts {
  readonly sources: readonly SourceFactory[]
  readonly catalog: WindowsProcessCatalog
  /** Undefined when Windows does not say. */
  readonly elevated: boolean | undefined
  readonly experimentalIpv6: boolean
  /** Whether a helper with administrator rights serves now. */
  readonly helperRunning: boolean
}

/** Ids in the order in which they are told. What needs an administrator, and what Windows has no call for, is a limit and not missing. */
export function windowsDoctorChecks({ sources, catalog, elevated, experimentalIpv6, helperRunning }: WindowsDoctorParts): DoctorCheck[] {
  return [
    ...sources.map(sourceCheck),
    processCheck(catalog),
    { id: 'windows-elevation', status: elevated === true ? 'ok' : 'limited' },
    { id: 'windows-close-connection', status: elevated === true ? 'ok' : 'limited' },
    { id: 'windows-close-ipv6', status: 'limited', parameters: { experiment: experimentalIpv6 ? 'on' : 'off' } },
    { id: 'windows-counters', status: elevated === true || helperRunning ? 'ok' : 'limited' },
  ]
}

function sourceCheck(factory: SourceFactory): DoctorCheck {
  const opened = factory.open()
  const id = `source-windows-${factory.id}`
  if ('unusable' in opened) return { id, status: 'missing', parameters: { reason: opened.unusable } }
  opened.close()
  return { id, status: 'ok' }
}

function processCheck(catalog: WindowsProcessCatalog): DoctorCheck {
  catalog.list()
  if (catalog.status === 0) return { id: 'windows-processes', status: 'ok' }
  return { id: 'windows-processes', status: 'missing', parameters: { reason: windowsErrorName(catalog.status) } }
}
