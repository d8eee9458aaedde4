import type { ActionOutcome, ActionReason } from '../../../src-shared/contract/actions.ts'
import type { Api } from '../../../src-shared/contract/api.ts'
import { maximumTargets } from '../../../src-shared/contract/contract.ts'
import { connectionAt, type Connection } from '../../../src-shared/model/connection.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { tellFailure, tellProblems, withEngine, type Command, type CommandContext } from '../command.ts'
import { confirm } from '../confirm.ts'
import { connectionLine } from '../connection-line.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { readFilter, type Filter } from '../filter.ts'
import { inOrder } from '../list-order.ts'
import { lookOnce, sawNothing } from '../look.ts'
import { exitOfOutcomes, outcomeLine } from '../outcomes.ts'
import { coloursFor } from '../text/colours.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'

export const closeCommand: Command = {
  name: 'close',
  words: 'query',
  options: [{ name: 'yes', short: 'y' }, { name: 'dry-run' }],
  run: async (context) => {
    const text = context.arguments.words.join(' ')
    if (text.trim() === '') return context.misuse(context.messages.usage.closeNeedsQuery)
    const filter = readFilter(context, text)
    if (!filter.ok) return filter.exit
    return withEngine(context, (api) => close(context, api, filter.value))
  },
}

async function close(context: CommandContext, api: Api, filter: Filter): Promise<ExitCode> {
  const { messages, tell, environment } = context
  const mirror = new RowMirror()
  const status = await lookOnce(api, mirror)
  if (!status.ok) return tellFailure(context, status.error)
  tellProblems(context, status.value.problems)
  if (sawNothing(status.value)) return exitCode.failed
  const matches = await filter.compile(api)
  const slots = [...mirror.liveSlots()].filter((slot) => matches(mirror, slot))
  if (slots.length === 0) {
    tell(messages.list.nothingMatched(visibleText(filter.text)))
    return exitCode.nothing
  }
  const connections = inOrder(
    slots.map((slot) => connectionAt(mirror, slot)),
    [],
  )
  const closable = connections.filter((connection) => refusal(connection) === undefined)
  tellRefused(
    context,
    connections.filter((connection) => refusal(connection) !== undefined),
  )
  if (closable.length === 0) {
    tell(messages.close.nothingToClose)
    return exitCode.nothing
  }
  const dry = context.arguments.has('dry-run') // what would happen is then the answer
  const colours = coloursFor(dry ? environment.stdout : environment.stderr, environment.variables)
  const preview = dry ? context.out : tell
  preview(messages.close.willClose(closable.length), ...closable.map((connection) => `  ${connectionLine(connection, messages, colours)}`))
  const confirmed = await confirm(context, messages.close.ask(closable.length))
  return confirmed === true ? closeAll(context, api, closable) : confirmed
}

/** Why a socket is not closed from outside; the same reasons as the engine's, told before anybody is asked. */
function refusal({ protocol, state }: Connection): ActionReason | undefined {
  if (protocol === 'udp') return 'udp-stays-bound'
  if (state === 'LISTEN') return 'listening-owner-would-spin'
  return state === 'BOUND' ? 'bound-socket-cannot-be-destroyed' : undefined
}

function tellRefused({ messages, tell, environment }: CommandContext, refused: readonly Connection[]): void {
  if (refused.length === 0) return
  const colours = coloursFor(environment.stderr, environment.variables)
  tell(messages.close.refused(refused.length))
  for (const connection of refused) {
    const reason = refusal(connection)
    const [owner] = connection.owners
    const remedy = owner === undefined ? messages.remedy['use-kill'] : messages.remedyKill(owner.pid)
    tell(`  ${connectionLine(connection, messages, colours)}: ${reason === undefined ? '' : messages.reason[reason]}; ${remedy}`)
  }
}

async function closeAll(context: CommandContext, api: Api, connections: readonly Connection[]): Promise<ExitCode> {
  const { messages, environment, out } = context
  const colours = coloursFor(environment.stdout, environment.variables)
  const outcomes: ActionOutcome[] = []
  for (let start = 0; start < connections.length; start += maximumTargets) {
    const batch = connections.slice(start, start + maximumTargets)
    const closed = await api.call('closeConnections', { ids: batch.map(({ id }) => id) })
    if (!closed.ok) return tellFailure(context, closed.error)
    const byId = new Map(batch.map((connection) => [connection.id, connection]))
    for (const outcome of closed.value) {
      const connection = byId.get(outcome.target)
      const label = connection === undefined ? visibleText(outcome.target) : connectionLine(connection, messages, colours)
      out(outcomeLine(label, outcome, messages, colours))
      outcomes.push(outcome)
    }
  }
  return exitOfOutcomes(outcomes)
}
