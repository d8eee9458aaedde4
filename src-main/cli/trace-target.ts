/** Which one connection a trace is to follow. */
import type { Api } from '../../src-shared/contract/api.ts'
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import { identityPattern } from '../../src-shared/model/identity.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import { tellFailure, tellProblems, type CommandContext } from './command.ts'
import { connectionLine } from './connection-line.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Filter } from './filter.ts'
import { inOrder } from './list-order.ts'
import { lookOnce, sawNothing } from './look.ts'
import { coloursFor } from './text/colours.ts'

export type TraceTarget = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly exit: ExitCode }

/** More than these are not compared by eye. */
const listedAtMost = 10

/** An id is taken at its word; a query has to match exactly one TCP connection with a remote end. */
export async function findTraceTarget(context: CommandContext, api: Api, filter: Filter): Promise<TraceTarget> {
  const mirror = new RowMirror()
  const status = await lookOnce(api, mirror)
  if (!status.ok) return { ok: false, exit: tellFailure(context, status.error) }
  tellProblems(context, status.value.problems)
  if (sawNothing(status.value)) return { ok: false, exit: exitCode.failed }
  const word = filter.text.trim()
  if (identityPattern.test(word)) return { ok: true, id: word }
  const matches = await filter.compile(api)
  const found = [...mirror.liveSlots()].filter((slot) => matches(mirror, slot)).map((slot) => connectionAt(mirror, slot))
  const candidates = inOrder(found.filter(canBeTraced), [])
  const [only, another] = candidates
  if (only !== undefined && another === undefined) return { ok: true, id: only.id }
  return { ok: false, exit: only === undefined ? tellNone(context, word) : tellSeveral(context, candidates) }
}

function canBeTraced({ protocol, remote, state }: Connection): boolean {
  return protocol === 'tcp' && remote !== undefined && state !== 'LISTEN' && state !== 'BOUND'
}

function tellNone({ tell, messages }: CommandContext, word: string): ExitCode {
  tell(messages.trace.noneMatched(visibleText(word)))
  return exitCode.nothing
}

function tellSeveral({ tell, messages, environment }: CommandContext, candidates: readonly Connection[]): ExitCode {
  const colours = coloursFor(environment.stderr, environment.variables)
  tell(messages.trace.severalMatched(candidates.length))
  for (const connection of candidates.slice(0, listedAtMost)) tell(`  ${connection.id}  ${connectionLine(connection, messages, colours)}`)
  if (candidates.length > listedAtMost) tell(`  ${messages.trace.andMore(candidates.length - listedAtMost)}`)
  return exitCode.wrongUsage
}
