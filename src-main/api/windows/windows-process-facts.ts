import type { WindowsProcessCatalog } from '../../processes/windows/windows-process-catalog.ts'
import type { ProcessFactsSource } from '../process-facts.ts'

const notRead = { reason: 'not-read' } as const
const noSuchThing = { reason: 'no-such-thing' } as const

/** The system's list of processes tells children with their identity; what would need a handle on the process is not read yet. */
export function windowsProcessFacts(catalog: WindowsProcessCatalog): ProcessFactsSource {
  return {
    childrenOf: (parent) => {
      const all = catalog.list()
      const born = all.find(({ pid }) => pid === parent)?.startedAt ?? 0
      // Windows keeps the number of a parent that ended; an older process is a child of an earlier bearer of the pid.
      return all
        .filter(({ parentPid, pid, startedAt }) => parentPid === parent && pid !== parent && (startedAt ?? born) >= born)
        .map(({ pid, startToken, name }) => (name === undefined ? { pid, startToken } : { pid, startToken, name }))
    },
    untold: {
      user: notRead,
      workingDirectory: notRead,
      commandLine: notRead,
      activity: notRead,
      threads: notRead,
      memory: notRead,
      descriptors: noSuchThing,
      container: notRead,
      namespaces: noSuchThing,
    },
  }
}
