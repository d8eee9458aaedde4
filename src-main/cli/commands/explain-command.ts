import { explainState, stateSummary, type StateExplanation } from '../../../src-shared/explain/explain-state.ts'
import { parseState, stateSpellings } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import { nearest } from '../../../src-shared/query/nearest.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import { coloursFor } from '../text/colours.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'

export const explainCommand: Command = {
  name: 'explain',
  words: 'targets',
  options: [],
  run: async (context) => {
    const { words } = context.arguments
    if (words.length === 0) return listStates(context)
    // `explain time wait` is one state, not two
    const text = words.join(' ')
    const state = parseState(text)
    return state === undefined ? unknownState(context, text) : explainOne(context, state)
  },
}

function listStates({ out, tell, language, messages, environment }: CommandContext): ExitCode {
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

/** Longer lines are hard to read on a wide terminal, and a pipe has no width. */
const widestText = 100

function explainOne({ out, language, messages, environment }: CommandContext, state: TcpState): ExitCode {
  const explanation = explainState(state, language)
  const colours = coloursFor(environment.stdout, environment.variables)
  const labels = messages.explain
  const width = Math.min(environment.stdout.columns ?? widestText, widestText)
  const paragraph = (label: string, text: string): void => {
    out('', colours.header(label), ...wrapText(text, width - 2).map((line) => `  ${line}`))
  }
  out(`${colours.state(state)?.(state) ?? state}  ${explanation.summary}`)
  paragraph(labels.meaning, explanation.meaning)
  paragraph(labels.nextActor, explanation.nextActor)
  paragraph(labels.normalFor, explanation.normalFor)
  paragraph(labels.problemWhen, explanation.problemWhen)
  paragraph(labels.causeAndCure, explanation.causeAndCure)
  const transitions = (label: string, steps: StateExplanation['comesFrom']): void => {
    if (steps.length === 0) return
    const stateWidth = Math.max(...steps.map((step) => cellWidth(step.state)))
    out('', colours.header(label), ...steps.map((step) => `  ${padToCells(step.state, stateWidth, 'left')}  ${step.cause}`))
  }
  transitions(labels.comesFrom, explanation.comesFrom)
  transitions(labels.goesTo, explanation.goesTo)
  out('', colours.header(labels.spellings), ...spellingLines(explanation, labels))
  return exitCode.done
}

function spellingLines({ spellings }: StateExplanation, labels: CommandContext['messages']['explain']): string[] {
  const entries: readonly (readonly [string, string | number | undefined])[] = [
    ['RFC 9293', spellings.rfc],
    ['ss', spellings.ss],
    [labels.inProcNet, spellings.procNet],
    ['Linux netstat', spellings.netstatLinux],
    ['Windows netstat', spellings.netstatWindows],
    [labels.windowsNumber, spellings.windowsNumber],
    ['macOS lsof, netstat', spellings.macos],
  ]
  const known = entries.filter(([, word]) => word !== undefined)
  const width = Math.max(...known.map(([label]) => cellWidth(label)))
  return known.map(([label, word]) => `  ${padToCells(label, width, 'left')}  ${word}`)
}
