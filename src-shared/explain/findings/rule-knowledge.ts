/** What belongs to each rule in every language: thresholds, settings of the system, what can be done from here, where the facts are from. */
import { ruleIds, type RuleId } from '../../contract/diagnosis.ts'
import type { KernelSettingId } from '../../contract/network.ts'
import type { ThresholdId, Thresholds } from '../../model/thresholds.ts'

/** Steps that the interface offers beside a finding. What is possible on this host is for the interface to know. */
export const findingActions = ['show-rows', 'close-rows', 'end-process', 'trace-one', 'open-settings'] as const
export type FindingAction = (typeof findingActions)[number]

export interface RuleKnowledge {
  readonly thresholds: readonly ThresholdId[]
  readonly settings: readonly KernelSettingId[]
  readonly actions: readonly FindingAction[]
  readonly sources: readonly string[]
  /** The rule is about something that must have lasted so long before its eyes, or a share of it: earlier it cannot fire. */
  readonly lasting?: { readonly threshold: ThresholdId; readonly share?: number }
}

const states = 'RFC 9293, section 3.3.2'
const closing = 'RFC 9293, section 3.6'
const ipSysctl = 'Linux, Documentation/networking/ip-sysctl.rst'

export const ruleKnowledge: Readonly<Record<RuleId, RuleKnowledge>> = {
  'close-wait-leak': {
    thresholds: ['close-wait-count', 'close-wait-age'],
    lasting: { threshold: 'close-wait-age' },
    settings: [],
    actions: ['show-rows', 'close-rows', 'end-process', 'open-settings'],
    sources: [closing, states],
  },
  'syn-sent-stalled': {
    thresholds: ['syn-sent-count', 'syn-sent-age'],
    lasting: { threshold: 'syn-sent-age' },
    settings: ['syn-retries', 'connect-timeout'],
    actions: ['show-rows', 'trace-one', 'close-rows', 'open-settings'],
    sources: [states, 'RFC 9293, section 3.8.3', ipSysctl],
  },
  'syn-sent-fanout': {
    thresholds: ['fanout-endpoints', 'fanout-window'],
    settings: [],
    actions: ['show-rows', 'end-process', 'trace-one', 'open-settings'],
    sources: [states],
  },
  'syn-received-flood': {
    thresholds: ['syn-received-share'],
    settings: ['syncookies', 'max-syn-backlog', 'listen-backlog-limit', 'synack-retries'],
    actions: ['show-rows', 'trace-one', 'open-settings'],
    sources: ['RFC 4987', ipSysctl, 'listen(2)'],
  },
  'accept-queue-full': {
    thresholds: ['accept-queue-share'],
    settings: ['listen-backlog-limit', 'abort-on-overflow'],
    actions: ['show-rows', 'end-process', 'open-settings'],
    sources: ['listen(2)', ipSysctl],
  },
  'port-exhaustion': {
    thresholds: ['port-share'],
    settings: ['local-port-range', 'time-wait-reuse', 'max-time-wait', 'segment-lifetime'],
    actions: ['show-rows', 'close-rows', 'end-process', 'open-settings'],
    sources: ['RFC 6056', 'RFC 6191', 'RFC 1337', ipSysctl],
  },
  'fin-wait-2-stuck': {
    thresholds: ['fin-wait-2-count', 'fin-wait-2-age'],
    lasting: { threshold: 'fin-wait-2-age' },
    settings: ['fin-timeout'],
    actions: ['show-rows', 'close-rows', 'end-process', 'open-settings'],
    sources: [closing, ipSysctl],
  },
  'fin-wait-1-pile': {
    thresholds: ['pile-count', 'pile-age'],
    lasting: { threshold: 'pile-age' },
    settings: ['orphan-retries', 'max-orphans'],
    actions: ['show-rows', 'close-rows', 'trace-one', 'open-settings'],
    sources: [closing, ipSysctl],
  },
  'last-ack-pile': {
    thresholds: ['pile-count', 'pile-age'],
    lasting: { threshold: 'pile-age' },
    settings: ['orphan-retries', 'max-orphans'],
    actions: ['show-rows', 'close-rows', 'trace-one', 'open-settings'],
    sources: [closing, ipSysctl],
  },
  'half-open': {
    thresholds: ['half-open-retransmits'],
    settings: ['retransmit-retries', 'keepalive-time'],
    actions: ['show-rows', 'close-rows', 'trace-one', 'open-settings'],
    sources: ['RFC 9293, section 3.5.1', 'RFC 1122, section 4.2.3.5', 'RFC 6298', 'RFC 5482'],
  },
  'idle-without-keepalive': {
    thresholds: ['idle-age'],
    settings: ['keepalive-time', 'keepalive-interval', 'keepalive-probes'],
    actions: ['show-rows', 'close-rows', 'open-settings'],
    sources: ['RFC 1122, section 4.2.3.6', 'RFC 5382, section 5', 'tcp(7)'],
  },
  'reader-stalled': {
    thresholds: ['stalled-queue', 'stalled-time'],
    lasting: { threshold: 'stalled-time' },
    settings: [],
    actions: ['show-rows', 'end-process', 'trace-one', 'open-settings'],
    sources: ['RFC 9293, section 3.8.6'],
  },
  'sender-stalled': {
    thresholds: ['stalled-queue', 'stalled-time'],
    lasting: { threshold: 'stalled-time' },
    settings: ['retransmit-retries'],
    actions: ['show-rows', 'trace-one', 'close-rows', 'open-settings'],
    sources: ['RFC 9293, section 3.8.6', 'RFC 6298'],
  },
  'connection-churn': {
    thresholds: ['churn-rate', 'churn-window'],
    // Looks do not come on the millisecond: most of the window will do.
    lasting: { threshold: 'churn-window', share: 0.8 },
    settings: ['local-port-range', 'time-wait-reuse'],
    actions: ['show-rows', 'end-process', 'open-settings'],
    sources: ['RFC 9112, section 9.3', 'RFC 9293, section 3.6.1'],
  },
  'fd-pressure': {
    thresholds: ['descriptor-share'],
    settings: [],
    actions: ['show-rows', 'close-rows', 'end-process', 'open-settings'],
    sources: ['getrlimit(2)', 'accept(2)'],
  },
  'exposed-listener': {
    thresholds: [],
    settings: [],
    actions: ['show-rows', 'end-process'],
    sources: ['IANA Service Name and Transport Protocol Port Number Registry'],
  },
  'port-conflict': {
    thresholds: [],
    settings: [],
    actions: ['show-rows', 'end-process'],
    sources: ['socket(7)', 'RFC 6761, section 6.3', 'Microsoft, Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE'],
  },
  'retransmission-storm': {
    thresholds: ['retransmit-share', 'retransmit-window'],
    lasting: { threshold: 'retransmit-window' },
    settings: ['retransmit-retries'],
    actions: ['show-rows', 'trace-one', 'open-settings'],
    sources: ['RFC 6298', 'RFC 5681', 'RFC 8899'],
  },
}

/** Milliseconds that must have been watched before the rule can fire; 0: it may at once. */
export function neededWatchMs(rule: RuleId, thresholds: Thresholds): number {
  const { lasting } = ruleKnowledge[rule]
  return lasting === undefined ? 0 : thresholds[lasting.threshold] * (lasting.share ?? 1)
}

/** Rules that could not fire in so short a time. */
export function tooShortFor(watchedMs: number, thresholds: Thresholds): readonly RuleId[] {
  return ruleIds.filter((rule) => neededWatchMs(rule, thresholds) > watchedMs)
}
