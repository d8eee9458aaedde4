/** Advice that is often given about TCP states and is wrong: why, and what helps instead. Kept where people would look for it. */
import type { TcpState } from '../model/tcp-state.ts'
import { refutationTextsEn } from './refutation-texts-en.ts'
import { refutationTextsZhCn } from './refutation-texts-zh-cn.ts'
import { refutationIds, type RefutationId, type RefutationText } from './refutation-text.ts'
import type { ExplainLanguage } from './state-text.ts'

export interface Refutation extends RefutationText {
  readonly id: RefutationId
  readonly states: readonly TcpState[]
}

/** Where a person would look for it, the most likely state first. */
const statesOf: Readonly<Record<RefutationId, readonly TcpState[]>> = {
  'time-wait-is-a-leak': ['TIME_WAIT'],
  'fin-timeout-against-time-wait': ['TIME_WAIT', 'FIN_WAIT_2'],
  'time-wait-recycle': ['TIME_WAIT'],
  'time-wait-reuse-for-servers': ['TIME_WAIT'],
  'syncookies-against-time-wait': ['SYN_RECEIVED', 'TIME_WAIT'],
  'setting-against-close-wait': ['CLOSE_WAIT'],
  'close-always-sends-fin': ['CLOSE_WAIT', 'ESTABLISHED'],
  'established-means-alive': ['ESTABLISHED'],
  'accept-opens-the-connection': ['LISTEN', 'SYN_RECEIVED', 'ESTABLISHED'],
  'killing-removes-everything': ['FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'],
  'reuse-address-everywhere': ['LISTEN', 'BOUND', 'TIME_WAIT'],
}

const texts: Readonly<Record<ExplainLanguage, Readonly<Record<RefutationId, RefutationText>>>> = {
  en: refutationTextsEn,
  'zh-CN': refutationTextsZhCn,
}

export function refutation(id: RefutationId, language: ExplainLanguage): Refutation {
  return { id, states: statesOf[id], ...texts[language][id] }
}

/** In the order in which they are worth reading there. */
export function refutationsOf(state: TcpState, language: ExplainLanguage): readonly Refutation[] {
  return refutationIds
    .filter((id) => statesOf[id].includes(state))
    .toSorted((left, right) => statesOf[left].indexOf(state) - statesOf[right].indexOf(state))
    .map((id) => refutation(id, language))
}
