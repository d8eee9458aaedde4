import { explainState, stateSummary } from '../../../src-shared/explain/explain-state.ts'
import { refutationsOf } from '../../../src-shared/explain/refutations.ts'
import { identityPattern } from '../../../src-shared/model/identity.ts'
import { parseState, stateSpellings } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import { nearest } from '../../../src-shared/query/nearest.ts'
import { padToCells } from '../../../src-shared/text/cell-width.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { coloursFor } from '../text/colours.ts'
import { explainOneConnection } from './explain-connection-command.ts'
import { writeState } from './explain-state-text.ts'

export const explainCommand: Command = {
  name: 'explain',
  words: 'targets',
  options: [{ name: 'json' }],
  run: async (context) => {
    const { words } = context.arguments
    if (words.length === 0) return listStates(context)
    // `explain time wait` is one state, not two
    const text = words.join(' ')
    if (identityPattern.test(text)) return explainOneConnection(context, text)
    const state = parseState(text)
    return state === undefined ? unknownState(context, text) : explainOneState(context, state)
  },
}

function listStates(context: CommandContext): ExitCode {
  const { out, tell, language, messages, environment } = context
  if (context.arguments.has('json')) {
    out(
      visibleJson(
        tcpStates.map((state) => ({ state, summary: stateSummary(state, language) })),
        2,
      ),
    )
    return exitCode.done
  }
  const colours = coloursFor(environment.stdout, environment.variables)
  const width = Math.max(...tcpStates.map((state) => state.length))
  for (const state of tcpStates) {
    const word = padToCells(state, width, 'left')
    out(`${colours.state(state)?.(word) ?? word}  ${stateSummary(state, language)}`)
  }
  if (environment.stdout.isTerminal) tell(messages.explain.more)
  return exitCode.done
}

function unknownState({ misuse, messages }: CommandContext, text: string): ExitCode {
  const spellings = tcpStates.flatMap((state) => stateSpellings(state))
  const near = nearest(
    text,
    spellings.map((spelling) => spelling.toLowerCase()),
  )
  const hint = near === undefined ? messages.usage.listStates : messages.usage.didYouMean(near.toUpperCase())
  return misuse(messages.usage.unknownState(visibleText(text)), hint)
}

function explainOneState(context: CommandContext, state: TcpState): ExitCode {
  const { language } = context
  if (context.arguments.has('json'))
    context.out(visibleJson({ language, ...explainState(state, language), wrongAdvice: refutationsOf(state, language) }, 2))
  else writeState(context, state)
  return exitCode.done
}
