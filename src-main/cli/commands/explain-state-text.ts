/** What is known about one state, for people. */
import { explainState, type StateExplanation } from '../../../src-shared/explain/explain-state.ts'
import { refutationsOf, type Refutation } from '../../../src-shared/explain/refutations.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'
import type { CommandContext } from '../command.ts'
import { canDraw } from '../text/can-draw.ts'
import { coloursFor, type Paint } from '../text/colours.ts'
import { sideWay, stateDrawing } from '../text/state-drawing.ts'

/** Longer lines are hard to read on a wide terminal, and a pipe has no width. */
const widestText = 100

export interface Writer {
  /** Cells of a line. */
  readonly width: number
  readonly paragraph: (label: string, text: string) => void
}

export function writerFor({ out, environment }: CommandContext): Writer {
  const { header } = coloursFor(environment.stdout, environment.variables)
  const width = Math.min(environment.stdout.columns ?? widestText, widestText)
  return { width, paragraph: (label, text) => out('', header(label), ...wrapText(text, width - 2).map((line) => `  ${line}`)) }
}

export function writeState(context: CommandContext, state: TcpState): void {
  const { out, language, messages, environment } = context
  const explanation = explainState(state, language)
  const colours = coloursFor(environment.stdout, environment.variables)
  const labels = messages.explain
  const { paragraph, width } = writerFor(context)
  out(`${colours.state(state)?.(state) ?? state}  ${explanation.summary}`)
  paragraph(labels.meaning, explanation.meaning)
  paragraph(labels.nextActor, explanation.nextActor)
  paragraph(labels.normalFor, explanation.normalFor)
  paragraph(labels.problemWhen, explanation.problemWhen)
  paragraph(labels.causeAndCure, explanation.causeAndCure)
  writeDrawing(context, state, width)
  const transitions = (label: string, steps: StateExplanation['comesFrom']): void => {
    if (steps.length === 0) return
    const stateWidth = Math.max(...steps.map((step) => cellWidth(step.state)))
    out('', colours.header(label), ...steps.map((step) => `  ${padToCells(step.state, stateWidth, 'left')}  ${step.cause}`))
  }
  transitions(labels.comesFrom, explanation.comesFrom)
  transitions(labels.goesTo, explanation.goesTo)
  out('', colours.header(labels.spellings), ...spellingLines(explanation, labels))
  writeWrongAdvice(context, refutationsOf(state, language), width)
}

/** DELETE_TCB is on no way that one could draw. */
function writeDrawing({ out, messages, environment }: CommandContext, state: TcpState, width: number): void {
  if (state === 'DELETE_TCB') return
  const labels = messages.explain
  const colours = coloursFor(environment.stdout, environment.variables)
  const paint: Paint = colours.state(state) ?? ((text) => text)
  const options = { marked: state, unicode: canDraw(environment.variables), paint }
  out('', colours.header(labels.inTheMachine))
  out(...stateDrawing({ ...options, width, titles: { client: labels.client, server: labels.server } }))
  out('', ...wrapText(labels.whoeverClosesFirst, width - 2).map((line) => `  ${line}`))
  if (state === 'BOUND')
    out(`  ${labels.boundWay}`, sideWay(['CLOSED', 'BOUND', 'LISTEN'], options), sideWay(['CLOSED', 'BOUND', 'SYN_SENT'], options))
  if (state === 'CLOSING') out(`  ${labels.bothClose}`, sideWay(['FIN_WAIT_1', 'CLOSING', 'TIME_WAIT'], options))
  if (state === 'SYN_RECEIVED') out(`  ${labels.bothCall}`, sideWay(['SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED'], options))
  if (state === 'FIN_WAIT_1') out(`  ${labels.finWithAck}`, sideWay(['FIN_WAIT_1', 'TIME_WAIT'], options))
}

export function writeWrongAdvice({ out, messages, environment }: CommandContext, wrong: readonly Refutation[], width: number): void {
  if (wrong.length === 0) return
  const { header, warning } = coloursFor(environment.stdout, environment.variables)
  const indented = (text: string): string[] => wrapText(text, width - 4).map((line) => `    ${line}`)
  out('', header(messages.explain.wrongAdvice))
  for (const { claim, why, instead } of wrong) {
    out(...wrapText(messages.explain.claim(claim), width - 2).map((line) => `  ${warning(line)}`))
    out(...indented(why), ...indented(messages.explain.instead(instead)))
  }
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
