import { CommandLineReader } from '../../processes/linux/command-line-reader.ts'
import { linuxProcessSurroundings } from '../../processes/linux/process-surroundings.ts'
import type { ProcessFactsSource } from '../process-facts.ts'

/** What other users' processes tell to root only (ptrace(2), access mode checks). */
const permitted = { condition: 'root-or-ptrace-capability' } as const

export function linuxProcessFacts(delay: (ms: number) => Promise<void>, nameOf: (pid: number) => string | undefined): ProcessFactsSource {
  const commandLines = new CommandLineReader(delay)
  return {
    factsOf: (pid) => {
      const { residentBytes, ...facts } = linuxProcessSurroundings(pid)
      return residentBytes === undefined ? facts : { ...facts, memoryBytes: residentBytes }
    },
    nameOf,
    commandLineOf: (pid) => commandLines.read(pid),
    untold: { executable: permitted, workingDirectory: permitted, namespaces: permitted, descriptors: permitted },
  }
}
