/** Processes on Windows: one list per look, paths and texts of a process once in its life. */
import type { ProcessCalls } from '../../native/windows/process-calls.ts'
import type { ProcessCatalog, ProcessFacts } from '../process-catalog.ts'
import type { ListedProcess } from './decode-process-list.ts'
import { ImagePaths } from './image-paths.ts'
import { ProcessListReader } from './process-list.ts'

export class WindowsProcessCatalog implements ProcessCatalog {
  readonly #reader: ProcessListReader
  readonly #paths: ImagePaths
  /** Of processes that owned a socket in the last look. */
  #facts = new Map<number, ProcessFacts>()
  /** NTSTATUS of the last list; 0 when it was read. */
  status = 0

  constructor(api: ProcessCalls) {
    this.#reader = new ProcessListReader(api)
    this.#paths = new ImagePaths(api)
  }

  get isComplete(): boolean {
    return this.status === 0
  }

  refresh(pids: ReadonlySet<number>): void {
    const facts = new Map<number, ProcessFacts>()
    for (const process of this.list()) {
      if (!pids.has(process.pid)) continue
      const before = this.#facts.get(process.pid)
      facts.set(process.pid, before?.startToken === process.startToken ? before : this.#factsFrom(process))
    }
    // A list that could not be read says nothing about who has ended.
    if (this.status === 0) this.#facts = facts
  }

  factsOf(pid: number): ProcessFacts | undefined {
    return this.#facts.get(pid)
  }

  /** All processes now; empty when the list cannot be read, and then `status` tells why. */
  list(): readonly ListedProcess[] {
    const answer = this.#reader.read()
    this.status = 'status' in answer ? answer.status : 0
    return 'status' in answer ? [] : answer
  }

  /** What is known of one process now, its parent included. */
  describe(pid: number): (ProcessFacts & { readonly parentPid: number }) | undefined {
    const process = this.list().find((candidate) => candidate.pid === pid)
    return process === undefined ? undefined : { ...this.#factsFrom(process), parentPid: process.parentPid }
  }

  /**
   * Windows keeps the number of a parent that ended, and gives it to others. Who is older than the bearer of the number is the child of an
   * earlier one and left out; who cannot be compared comes without a start, so that nothing is done to it.
   */
  childrenOf(parent: number): readonly { readonly pid: number; readonly startToken?: string; readonly name?: string }[] {
    const all = this.list()
    const born = startOf(all.find(({ pid }) => pid === parent))
    return all
      .filter(({ parentPid, pid }) => parentPid === parent && pid !== parent)
      .flatMap((process) => {
        const began = startOf(process)
        const { pid, name, startToken } = process
        const named = name === undefined ? { pid } : { pid, name }
        if (born === undefined || began === undefined) return [named]
        return began >= born ? [{ ...named, startToken }] : []
      })
  }

  /** One list for any number of questions. */
  parentsNow(): (pid: number) => number | undefined {
    let parents: ReadonlyMap<number, number> | undefined
    return (pid) => {
      parents ??= new Map(this.list().map((process) => [process.pid, process.parentPid]))
      return parents.get(pid)
    }
  }

  #factsFrom({ pid, startToken, name, startedAt }: ListedProcess): ProcessFacts {
    const executable = pid === 0 ? undefined : this.#paths.pathOf(pid)
    return {
      pid,
      startToken,
      ...(name === undefined ? {} : { name }),
      ...(executable === undefined ? {} : { executable }),
      ...(startedAt === undefined ? {} : { startedAt }),
    }
  }
}

/** Hundreds of nanoseconds; undefined for what the kernel started before it had a clock. */
function startOf(process: ListedProcess | undefined): bigint | undefined {
  return process?.startedAt === undefined ? undefined : BigInt(process.startToken)
}
