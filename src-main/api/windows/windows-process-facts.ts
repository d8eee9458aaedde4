import type { ProcessFactsSource } from '../process-facts.ts'

const notRead = { reason: 'not-read' } as const
const noSuchThing = { reason: 'no-such-thing' } as const

/** What would need a handle on the process is not read yet. */
export const windowsProcessFacts: ProcessFactsSource = {
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
