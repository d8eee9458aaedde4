/** Every entry of the reference with the words it can be found by. Pure. */
import { explainState } from '../../../src-shared/explain/explain-state.ts'
import { netstatViews } from '../../../src-shared/explain/netstat-views.ts'
import { refutationIds } from '../../../src-shared/explain/refutation-text.ts'
import { refutation, refutationsOf } from '../../../src-shared/explain/refutations.ts'
import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import { causeFacts, stateTransitions, transitionCauseText } from '../../../src-shared/explain/state-transitions.ts'
import { parseState, stateSpellings } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import { referenceTopics, type ReferenceEntry, type ReferenceTopic } from '../../stores/reference.ts'

export interface IndexEntry {
  readonly entry: ReferenceEntry
  /** Lower case. */
  readonly words: string
}

/** In the order of a connection's life. */
export const referenceStates: readonly TcpState[] = [
  'CLOSED',
  'BOUND',
  'LISTEN',
  'SYN_SENT',
  'SYN_RECEIVED',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSING',
  'TIME_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'DELETE_TCB',
]

/** `titles` are the topics' names as they are shown. */
export function referenceIndex(language: ExplainLanguage, titles: Readonly<Record<ReferenceTopic, string>>): readonly IndexEntry[] {
  return [
    ...referenceStates.map((state) => ({ entry: state, words: wordsOf(stateTexts(state, language)) })),
    ...referenceTopics.map((topic) => ({ entry: topic, words: wordsOf([titles[topic], ...topicTexts(topic, language)]) })),
  ]
}

/** Entries that mention every word of the search; a spelling of a state finds that state first. */
export function searchReference(index: readonly IndexEntry[], search: string): readonly ReferenceEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  const state = parseState(search)
  const found = index.filter((each) => each.entry === state || words.every((word) => each.words.includes(word))).map(({ entry }) => entry)
  return state === undefined ? found : found.toSorted((left, right) => Number(right === state) - Number(left === state))
}

function stateTexts(state: TcpState, language: ExplainLanguage): string[] {
  const { spellings: _spellings, comesFrom, goesTo, state: _state, ...texts } = explainState(state, language)
  return [
    ...spellingsOf(state, language),
    ...Object.values(texts),
    ...[...comesFrom, ...goesTo].map((step) => `${step.state} ${step.cause}`),
    ...refutationsOf(state, language).flatMap(({ claim, why, instead }) => [claim, why, instead]),
  ]
}

function topicTexts(topic: ReferenceTopic, language: ExplainLanguage): string[] {
  switch (topic) {
    case 'steps':
      return stateTransitions.flatMap(({ from, to, cause }) =>
        [from, to, transitionCauseText(cause, language)].concat(causeFacts[cause].calls ?? []),
      )
    case 'spellings':
      return tcpStates.flatMap((state) => spellingsOf(state, language))
    case 'wrong-advice':
      return refutationIds.flatMap((id) => {
        const { claim, why, instead } = refutation(id, language)
        return [claim, why, instead]
      })
    case 'netstat':
      return netstatViews(language).flatMap(({ command, shows, here, cli = '' }) => [command, shows, here, cli])
  }
}

function spellingsOf(state: TcpState, language: ExplainLanguage): string[] {
  return stateSpellings(state).concat(Object.values(explainState(state, language).spellings).map(String))
}

function wordsOf(texts: readonly string[]): string {
  return texts.join(' ').toLowerCase()
}
