/**
 * Which program a process runs, as far as it can be told without its command line. An executable is a program, but for those that run
 * programs of others: two servers of one Node.js are two programs, its workers are one. What tells them apart is who started them:
 * workers are children of a process of the same executable; a shell or a service manager in between starts a program anew. A process
 * manager of the same executable cannot be told from a program with workers: all that it started counts as one program.
 */
import type { FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import type { DescribedProcess, Surroundings } from './surroundings.ts'

export interface Program {
  readonly name?: string | undefined
  readonly executable?: string | undefined
  /** Of an executable that runs programs of others: the process that the program began with. Undefined elsewhere and where it is not known. */
  readonly root?: number | undefined
}

/** Interpreters and virtual machines, with the versions that some carry in their names. */
const runsOthers =
  /(?:^|[/\\])(?:node|nodejs|deno|bun|python|pypy|java|javaw|ruby|jruby|perl|php|dotnet|mono|mono-sgen|beam\.smp|lua|luajit|rscript|r|julia|electron)[\d.]*w?(?:\.exe)?$/i
/** Longer chains of workers of workers are a circle, or nobody's design. */
const maximumGenerations = 16

export function programOf({ pid, startToken, name, executable }: FindingProcess, { describeProcess }: Surroundings): Program {
  if (executable === undefined || !runsOthers.test(executable)) return { name, executable }
  const own = describeProcess(pid)
  return { name, executable, root: own?.startToken === startToken ? rootOf(pid, own, describeProcess) : undefined }
}

/** True also where it cannot be told: nobody is accused on a guess. */
export function isSameProgram(one: Program, other: Program): boolean {
  if (one.executable === undefined || other.executable === undefined) return one.name !== undefined && one.name === other.name
  if (one.executable !== other.executable) return false
  return one.root === undefined || other.root === undefined || one.root === other.root
}

function rootOf(pid: number, own: DescribedProcess, describe: Surroundings['describeProcess']): number {
  let root = pid
  let youngest = own.startedAt ?? Number.POSITIVE_INFINITY
  let parent = describe(own.parentPid)
  let parentPid = own.parentPid
  for (let generation = 0; generation < maximumGenerations && parent !== undefined; generation += 1) {
    // Whoever began after its child has the number of a parent that ended.
    if (parent.executable !== own.executable || (parent.startedAt ?? 0) > youngest) break
    root = parentPid
    youngest = parent.startedAt ?? youngest
    parentPid = parent.parentPid
    parent = describe(parentPid)
  }
  return root
}
