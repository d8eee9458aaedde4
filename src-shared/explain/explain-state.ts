import type { TcpState } from '../model/tcp-state.ts'
import { stateSpellings, type StateSpellings } from './state-spellings.ts'
import type { ExplainLanguage, StateText } from './state-text.ts'
import { stateTextsEn } from './state-texts-en.ts'
import { stateTextsZhCn } from './state-texts-zh-cn.ts'
import { stateTransitions, transitionCauseText } from './state-transitions.ts'

export interface TransitionText {
  readonly state: TcpState
  readonly cause: string
}

export interface StateExplanation extends StateText {
  readonly state: TcpState
  readonly spellings: StateSpellings
  /** States this one is reached from, and why. */
  readonly comesFrom: readonly TransitionText[]
  readonly goesTo: readonly TransitionText[]
}

const texts: Record<ExplainLanguage, Record<TcpState, StateText>> = { en: stateTextsEn, 'zh-CN': stateTextsZhCn }

/** Everything Sockscope knows to say about a state, in one language. */
export function explainState(state: TcpState, language: ExplainLanguage): StateExplanation {
  return {
    state,
    ...texts[language][state],
    spellings: stateSpellings[state],
    comesFrom: stateTransitions
      .filter(({ to }) => to === state)
      .map(({ from, cause }) => ({ state: from, cause: transitionCauseText(cause, language) })),
    goesTo: stateTransitions
      .filter(({ from }) => from === state)
      .map(({ to, cause }) => ({ state: to, cause: transitionCauseText(cause, language) })),
  }
}

/** The one-sentence explanation, for tooltips and legends. */
export function stateSummary(state: TcpState, language: ExplainLanguage): string {
  return texts[language][state].summary
}
