import type { ProcessFactsSource } from '../process-facts.ts'

const notRead = { reason: 'not-read' } as const
const noSuchThing = { reason: 'no-such-thing' } as const

/** Beside the kernel's list of processes nothing is read yet. Containers of macOS run in a virtual machine of their own. */
export const macProcessFacts: ProcessFactsSource = {
  untold: {
    workingDirectory: notRead,
    commandLine: notRead,
    activity: notRead,
    threads: notRead,
    memory: notRead,
    descriptors: { reason: 'own-processes-only' },
    container: noSuchThing,
    namespaces: noSuchThing,
  },
}
