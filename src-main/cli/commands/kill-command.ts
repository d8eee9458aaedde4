import { descendantsOf } from '../../../src-shared/actions/descendants.ts'
import { maximumTree, type EndProcessPreview } from '../../../src-shared/contract/actions.ts'
import type { Api } from '../../../src-shared/contract/api.ts'
import { portTargets } from '../../../src-shared/model/port-targets.ts'
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { choiceOption, numberOption, parseNumber, tellFailure, withEngine, type Command, type CommandContext } from '../command.ts'
import { confirm } from '../confirm.ts'
import { endInOrder, type EndingMember } from '../end-in-order.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { previewLines } from '../kill-preview.ts'
import { portListeners, processInMirror, type PortListener } from '../kill-targets.ts'
import { lookOnce, sawNothing } from '../look.ts'
import { exitOfOutcomes } from '../outcomes.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'

const signals = ['TERM', 'KILL'] as const
const portRange = { least: 1, most: 65_535, whole: true } as const
/** Linux and Windows pids are 32-bit at most. */
const pidRange = { least: 1, most: 0xffffffff, whole: true } as const

interface Wanted {
  readonly pids: readonly number[]
  readonly port: number | undefined
  readonly signal: (typeof signals)[number] | undefined
}
type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly exit: ExitCode }
const stop = (exit: ExitCode): { readonly ok: false; readonly exit: ExitCode } => ({ ok: false, exit })

export const killCommand: Command = {
  name: 'kill',
  words: 'targets',
  options: [
    { name: 'port', value: 'N' },
    { name: 'signal', value: 'TERM|KILL' },
    { name: 'tree' },
    { name: 'yes', short: 'y' },
    { name: 'dry-run' },
    { name: 'even-protected' },
  ],
  run: async (context) => {
    const wanted = readWanted(context)
    if (!wanted.ok) return wanted.exit
    return withEngine(context, (api) => kill(context, api, wanted.value))
  },
}

function readWanted(context: CommandContext): Step<Wanted> {
  const { messages, misuse, arguments: given } = context
  const port = numberOption(context, 'port', portRange)
  if (!port.ok) return port
  const signal = choiceOption(context, 'signal', signals)
  if (!signal.ok) return signal
  if (port.value !== undefined && given.words.length > 0) return stop(misuse(messages.usage.notTogether('--port', 'PID')))
  if (port.value === undefined && given.words.length === 0) return stop(misuse(messages.usage.killNeedsTarget))
  const pids: number[] = []
  for (const word of given.words) {
    const pid = parseNumber(word, pidRange)
    if (pid === undefined) return stop(misuse(messages.usage.badNumber('PID', visibleText(word), pidRange.least, pidRange.most)))
    if (!pids.includes(pid)) pids.push(pid)
  }
  return { ok: true, value: { pids, port: port.value, signal: signal.value } }
}

async function kill(context: CommandContext, api: Api, wanted: Wanted): Promise<ExitCode> {
  const { messages, tell } = context
  const mirror = new RowMirror()
  const status = await lookOnce(api, mirror)
  if (!status.ok) return tellFailure(context, status.error)
  if (wanted.port !== undefined && sawNothing(status.value)) {
    tell(messages.failure.couldNotRead)
    return exitCode.failed
  }
  const identities = wanted.port === undefined ? await ofPids(context, mirror, wanted.pids) : ofPort(context, mirror, wanted.port)
  if (!identities.ok) return identities.exit
  const members = await membersOf(context, api, identities.value)
  if (!members.ok) return members.exit
  const order = members.value.map((member) => member.preview)
  const preview = context.arguments.has('dry-run') ? context.out : tell // what would happen is then the answer
  preview(messages.kill.willEnd(order.length), ...order.flatMap((target) => previewLines(target, order, messages)))
  if (order.some(({ protection }) => protection !== undefined) && !context.arguments.has('even-protected')) {
    tell(messages.kill.needsProtected)
    return exitCode.notPermitted
  }
  const confirmed = await confirm(context, messages.kill.ask(wanted.signal ?? messages.kill.termThenKill))
  if (confirmed !== true) return confirmed
  const before = wanted.port === undefined ? [] : portListeners(mirror, wanted.port)
  const ended = await endInOrder(context, api, members.value, wanted.signal)
  if (!ended.ok) return tellFailure(context, ended.error)
  if (ended.value.growing) tell(messages.kill.treeGrows)
  const exit = ended.value.growing ? exitCode.nothing : exitOfOutcomes(ended.value.outcomes)
  const freed = wanted.port === undefined ? exitCode.done : await tellPort(context, api, mirror, { port: wanted.port, before })
  return exit === exitCode.done ? freed : exit
}

async function ofPids(
  { environment, messages, tell }: CommandContext,
  mirror: RowMirror,
  pids: readonly number[],
): Promise<Step<ProcessIdentity[]>> {
  const identities: ProcessIdentity[] = []
  for (const pid of pids) {
    const process = await environment.processOfThread(pid)
    if (process !== undefined) {
      tell(messages.kill.isThread(pid, process))
      return stop(exitCode.nothing)
    }
    const identity = (await environment.identifyProcess(pid)) ?? processInMirror(mirror, pid)
    if (identity === undefined) {
      tell(messages.kill.noSuchProcess(pid))
      return stop(exitCode.targetGone) // all or nothing: a list with a mistake in it is asked again
    }
    identities.push({ pid, startToken: identity.startToken })
  }
  return { ok: true, value: identities }
}

function ofPort(
  { messages, tell, arguments: given, out }: CommandContext,
  mirror: RowMirror,
  port: number,
): Step<readonly ProcessIdentity[]> {
  const targets = portTargets(mirror, port)
  switch (targets.kind) {
    case 'owners':
      if (targets.hidden !== undefined) {
        const { sockets, visibility } = targets.hidden
        const say = given.has('dry-run') ? out : tell
        say(messages.kill.portHidden(port, sockets, messages.kill.portHint[visibility]))
      }
      return { ok: true, value: targets.owners }
    case 'unused':
      tell(messages.kill.portUnused(port))
      return stop(exitCode.nothing)
    case 'hidden':
      tell(messages.kill.portWithoutOwner(port, messages.kill.portHint[targets.visibility]))
      return stop(targets.visibility === 'not-permitted' ? exitCode.notPermitted : exitCode.nothing)
  }
}

/** The targets, with --tree their descendants too: each once, parents before their children. */
async function membersOf(
  context: CommandContext,
  api: Api,
  identities: readonly ProcessIdentity[],
): Promise<Step<readonly EndingMember[]>> {
  const { messages, tell } = context
  const members = new Map<number, EndingMember>()
  for (const { pid, startToken } of identities) {
    const preview = await api.call('previewEndProcess', { pid, startToken })
    if (!preview.ok) {
      if (preview.error.code !== 'not-found') return stop(tellFailure(context, preview.error))
      tell(messages.kill.noSuchProcess(pid))
      return stop(exitCode.targetGone)
    }
    const tree = context.arguments.has('tree') ? await descendants(context, api, preview.value) : { ok: true as const, value: [] }
    if (!tree.ok) return tree
    for (const member of [{ preview: preview.value, depth: 0 }, ...tree.value]) {
      // A target that is a descendant of another one stands where its parent goes first.
      const before = members.get(member.preview.pid)
      if (before === undefined || before.depth < member.depth) members.set(member.preview.pid, member)
    }
  }
  return { ok: true, value: [...members.values()].toSorted((one, other) => one.depth - other.depth) }
}

/** All of them, or none. */
async function descendants(context: CommandContext, api: Api, root: EndProcessPreview): Promise<Step<readonly EndingMember[]>> {
  const { list, cut, failure } = await descendantsOf(api, root, new Set([root.pid]))
  if (cut) return stop(context.misuse(context.messages.kill.treeTooLarge(maximumTree)))
  if (failure !== undefined) return stop(tellFailure(context, failure))
  return { ok: true, value: list }
}

/** A supervisor may start the service anew: the port, not the process, is what was asked for. */
async function tellPort(
  { messages, tell }: CommandContext,
  api: Api,
  mirror: RowMirror,
  { port, before }: { readonly port: number; readonly before: readonly PortListener[] },
): Promise<ExitCode> {
  const status = await lookOnce(api, mirror)
  if (!status.ok) return exitCode.done // the outcome is told already; only the extra word is missing
  const listeners = portListeners(mirror, port)
  const isNew = ({ id }: PortListener): boolean => !before.some((listener) => listener.id === id)
  const listener = listeners.find(isNew) ?? listeners[0]
  if (listener === undefined) {
    tell(messages.kill.portFree(port))
    return exitCode.done
  }
  const owner = listener.owner === undefined ? messages.kill.someProcess : visibleText(listener.owner)
  tell(isNew(listener) ? messages.kill.portTakenAgain(port, owner) : messages.kill.portStillTaken(port, owner))
  return exitCode.nothing
}
