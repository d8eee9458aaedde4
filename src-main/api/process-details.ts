/** The call that tells everything about one process. It answers about that process or not at all, never about a successor of its pid. */
import type { Handlers } from '../../src-shared/contract/api.ts'
import {
  processFacts,
  type ProcessDetails,
  type ProcessFact,
  type RelatedProcess,
  type UntoldFact,
} from '../../src-shared/contract/process-details.ts'
import { fail, succeed } from '../../src-shared/contract/result.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'
import type { PlatformParts, ProcessDescription } from './platform-parts.ts'

export interface ProcessDetailsOptions {
  readonly parts: Pick<PlatformParts, 'describeProcess' | 'childrenOf' | 'machine' | 'processFacts'>
  readonly now: () => number
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number
}

/** Deeper trees are chains of shells that nobody reads; also the bound where a list of processes runs in circles. */
const maximumParents = 32
/** A person reads no more; the number of all is told. */
const maximumChildren = 50
/** Whoever reads about a process asks again every other second; on some systems its relatives cost a list of all processes each time. */
const relativesAgeMs = 5000

interface Parents {
  readonly parents: readonly RelatedProcess[]
  readonly parentsCut?: boolean
}

interface Relatives extends Parents {
  readonly children: readonly RelatedProcess[]
}

export function processHandlers({ parts, now, steadyNow }: ProcessDetailsOptions): Pick<Handlers, 'getProcess'> {
  const source = parts.processFacts
  /** Of the process asked about last: it is asked about again while somebody reads. */
  let kept: { readonly key: string; readonly at: number; readonly relatives: Relatives } | undefined
  const relativesOf = (key: string, process: ProcessDescription, pid: number): Relatives => {
    const at = steadyNow()
    if (kept?.key !== key || at - kept.at >= relativesAgeMs)
      kept = { key, at, relatives: { ...followParents(parts, process, pid), children: parts.childrenOf(pid) } }
    return kept.relatives
  }
  const named = (child: RelatedProcess): RelatedProcess => {
    const name = source.nameOf?.(child.pid) ?? child.name
    return name === undefined ? child : { ...child, name }
  }
  return {
    getProcess: async ({ pid, startToken, commandLine: wantsCommandLine = false }) => {
      const before = parts.describeProcess(pid)
      const other = otherThan(before, pid, startToken)
      if (before === undefined || other !== undefined) return other ?? gone(pid)
      const commandLine = wantsCommandLine ? await source.commandLineOf?.(pid) : undefined
      const { children, ...parents } = relativesOf(`${pid}:${startToken}`, before, pid)
      const activity = parts.machine.activityOf?.(pid)
      const read = { ...source.factsOf?.(pid), descriptors: parts.machine.descriptorsOf?.(pid) }
      const relatives = { ...parents, children: children.slice(0, maximumChildren).map(named) }
      // What was read by pid is this process' only if it is still there: a start token is never given to a successor.
      const after = parts.describeProcess(pid)
      const successor = otherThan(after, pid, startToken)
      if (after === undefined || successor !== undefined) return successor ?? gone(pid)
      const { parentPid: _parent, ...described } = after
      const known = withoutUndefined<Omit<ProcessDetails, 'untold'>>({
        ...described,
        ...read,
        ...relatives,
        pid,
        takenAt: now(),
        childCount: children.length,
        commandLine,
        state: activity?.state,
        processorShare: activity?.processorShare,
      })
      return succeed({ ...known, untold: untoldOf(known, source.untold, wantsCommandLine) })
    },
  }
}

function gone(pid: number) {
  return fail('not-found', `There is no process ${pid} any more.`, { pid })
}

function otherThan(found: ProcessDescription | undefined, pid: number, startToken: string) {
  if (found === undefined || found.startToken === startToken) return undefined
  return fail('not-found', `Process ${pid} has ended; another one has its number now.`, { pid })
}

/** The nearest first. A parent that began after its child is no parent but a successor of its pid (Windows keeps the old number). */
function followParents({ describeProcess }: ProcessDetailsOptions['parts'], process: ProcessDescription, ownPid: number): Parents {
  const parents: RelatedProcess[] = []
  const seen = new Set([ownPid])
  let child = process
  while (child.parentPid > 0 && !seen.has(child.parentPid)) {
    if (parents.length === maximumParents) return { parents, parentsCut: true }
    const pid = child.parentPid
    const parent = describeProcess(pid)
    if (parent === undefined || beganAfter(parent, child)) return { parents }
    seen.add(pid)
    parents.push(withoutUndefined<RelatedProcess>({ pid, startToken: parent.startToken, name: parent.name }))
    child = parent
  }
  return { parents }
}

function beganAfter(parent: ProcessDescription, child: ProcessDescription): boolean {
  return parent.startedAt !== undefined && child.startedAt !== undefined && parent.startedAt > child.startedAt
}

function untoldOf(
  known: Omit<ProcessDetails, 'untold'>,
  reasons: Readonly<Partial<Record<ProcessFact, UntoldFact>>>,
  wantsCommandLine: boolean,
): ProcessDetails['untold'] {
  const values: Readonly<Record<ProcessFact, unknown>> = {
    executable: known.executable,
    user: known.user,
    workingDirectory: known.workingDirectory,
    commandLine: wantsCommandLine ? known.commandLine : reasons.commandLine?.reason === undefined || undefined,
    activity: known.state,
    threads: known.threads,
    memory: known.memoryBytes,
    descriptors: known.descriptors,
    container: known.container,
    namespaces: known.otherNamespaces,
  }
  return Object.fromEntries(
    processFacts.flatMap((fact) => {
      const why = reasons[fact]
      return values[fact] === undefined && why !== undefined ? [[fact, why]] : []
    }),
  )
}
