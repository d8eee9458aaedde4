import type { CounterText, CounterTexts } from './counter-text.ts'
import { counterTextsEn } from './counter-texts-en.ts'
import { counterTextsZhCn } from './counter-texts-zh-cn.ts'
import type { ExplainLanguage } from './state-text.ts'

const texts: Readonly<Record<ExplainLanguage, CounterTexts>> = { en: counterTextsEn, 'zh-CN': counterTextsZhCn }

/** Undefined for a counter that nobody wrote words for. */
export function counterText(counter: string, language: ExplainLanguage): CounterText | undefined {
  return Object.hasOwn(texts[language], counter) ? texts[language][counter] : undefined
}

/** Counters that stand still on a machine where all is well: their growth is worth a look. */
const troubles: ReadonlySet<string> = new Set([
  'ipInHdrErrors',
  'ipInDiscards',
  'ipOutDiscards',
  'ipOutNoRoutes',
  'ipReasmFails',
  'ipFragFails',
  'tcpAttemptFails',
  'tcpEstabResets',
  'tcpRetransSegs',
  'tcpInErrs',
  'tcpInCsumErrors',
  'tcpKeepaliveDrops',
  'tcpListenDrops',
  'tcpRetransmitTimeouts',
  'udpInErrors',
  'udpRcvbufErrors',
  'udpSndbufErrors',
  'udpMemErrors',
  'ListenOverflows',
  'ListenDrops',
  'SyncookiesSent',
  'PruneCalled',
  'RcvPruned',
  'TCPTimeWaitOverflow',
  'TCPLostRetransmit',
  'TCPTimeouts',
  'TCPAbortOnMemory',
  'TCPAbortOnTimeout',
  'TCPMemoryPressures',
  'TCPBacklogDrop',
  'IPReversePathFilter',
  'TCPReqQFullDoCookies',
  'TCPReqQFullDrop',
  'TCPToZeroWindowAdv',
  'TCPSynRetrans',
  'TCPZeroWindowDrop',
  'TCPRcvQDrop',
  'TCPOFODrop',
])

export function tellsOfTrouble(counter: string): boolean {
  return troubles.has(counter)
}
