/** What the diagnosis found: plain data without words; explain/ puts it into words. */
import type { CapabilityReason } from '../model/capability-reason.ts'
import type { Endpoint } from '../model/connection.ts'
import type { ProcessIdentity } from '../model/process.ts'
import type { ThresholdId, ThresholdUnit } from '../model/thresholds.ts'

export const ruleIds = [
  /** One process lets connections that the peer closed lie around. */
  'close-wait-leak',
  /** Calls to one remote endpoint go unanswered. */
  'syn-sent-stalled',
  /** One process calls many endpoints at once. */
  'syn-sent-fanout',
  /** A listener's half-open connections pile up, or the system answers with SYN cookies. */
  'syn-received-flood',
  /** A listener's program does not accept fast enough. */
  'accept-queue-full',
  /** The dynamic ports towards one destination run out. */
  'port-exhaustion',
  'fin-wait-2-stuck',
  'fin-wait-1-pile',
  'last-ack-pile',
  /** Data goes out again and again, and nothing comes back. */
  'half-open',
  'idle-without-keepalive',
  /** Received data is not read by our program. */
  'reader-stalled',
  /** Sent data is not taken by the peer. */
  'sender-stalled',
  /** Connections to one endpoint are opened and closed all the time. */
  'connection-churn',
  'fd-pressure',
  /** A service that should not be public listens beyond this machine. */
  'exposed-listener',
  /** Two programs answer on one port. */
  'port-conflict',
  'retransmission-storm',
] as const
export type RuleId = (typeof ruleIds)[number]

/** critical: connections fail now or will soon. warning: something is wrong. notice: worth knowing. In this order. */
export const severities = ['critical', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]

/** Quantities that findings show. The first figure of a finding is the one its series and trend are about. */
export const figureIds = [
  'rows',
  'oldest-age',
  'endpoints',
  'hosts',
  'ports',
  'waiting',
  'backlog',
  'overflows',
  'syn-cookies',
  'ports-used',
  'port-range',
  'share',
  'retransmits',
  'queue',
  'held',
  'opened-rate',
  'closed-rate',
  'mean-lifetime',
  'descriptors',
  'descriptor-limit',
  'sockets',
  'orphans',
  'orphan-limit',
  'retransmit-share',
  'segments-sent',
  'round-trip',
  'last-received',
  'last-sent',
  'processor-share',
] as const
export type FigureId = (typeof figureIds)[number]

export type FigureUnit = ThresholdUnit | 'per-minute'

export interface Figure {
  readonly id: FigureId
  readonly unit: FigureUnit
  /** A share is from 0 to 1; ages and times are milliseconds. */
  readonly value: number
  /** The threshold that this figure reached, and its value in force. */
  readonly threshold?: { readonly id: ThresholdId; readonly value: number }
}

/**
 * Evidence that is a word. route: present or absent. timer: a timer kind. process-state: see `ProcessActivity`. address-scope: any,
 * public, private, link-local. risk: see sensitive-services.ts. twin: the process at the other end, where that is on this machine. unseen-owner: the
 * user of rows whose programs cannot be seen from here, or `unknown`; it may be several programs.
 */
export const factIds = [
  'route',
  'service',
  'process-state',
  'timer',
  'address-scope',
  'risk',
  'executable',
  'twin',
  'unseen-owner',
] as const
export type FactId = (typeof factIds)[number]

export interface Fact {
  readonly id: FactId
  readonly value: string
}

/** How the evidence rows fall apart, largest part first. */
export interface Breakdown {
  readonly by: 'remote-address' | 'remote-endpoint' | 'remote-port' | 'state' | 'process' | 'local-endpoint'
  readonly parts: readonly { readonly label: string; readonly rows: number }[]
  /** Rows in parts that are not listed. */
  readonly others: number
}

export interface FindingProcess extends ProcessIdentity {
  readonly name?: string
  readonly executable?: string
  readonly user?: string
}

export interface Trend {
  /** Change of the first figure per minute, a straight line through the last minutes. */
  readonly perMinute: number
  readonly direction: 'rising' | 'steady' | 'falling'
}

export interface Finding {
  /** The rule and what it is about; the same as long as the finding lasts, and the same again when it comes back. */
  readonly id: string
  readonly rule: RuleId
  readonly severity: Severity
  readonly process?: FindingProcess
  /** Further processes, such as the other side of a port conflict. */
  readonly otherProcesses?: readonly FindingProcess[]
  /** Port 0: the address whatever the port. */
  readonly local?: Endpoint
  readonly remote?: Endpoint
  /** Unix milliseconds. */
  readonly since: number
  /** Rows that are its evidence; `getEvidence` names them. */
  readonly rows: number
  readonly figures: readonly Figure[]
  readonly facts: readonly Fact[]
  readonly breakdowns: readonly Breakdown[]
  readonly trend?: Trend
  /** The first figure over time, oldest first. */
  readonly series: readonly { readonly at: number; readonly value: number }[]
  /** Unix milliseconds; set when it is over. */
  readonly endedAt?: number
}

/** A rule that cannot work here, and why. */
export interface UnwatchedRule {
  readonly rule: RuleId
  readonly reason: CapabilityReason
}

export interface DiagnosisReport {
  /** Unix milliseconds of the look it is about. */
  readonly takenAt: number
  /** Unix milliseconds of the first look of the diagnosis; rules that need time cannot fire at once. */
  readonly watchingSince: number
  readonly looks: number
  /** Now, the most severe first. */
  readonly findings: readonly Finding[]
  /** Lately over, the last one first. */
  readonly ended: readonly Finding[]
  readonly unwatched: readonly UnwatchedRule[]
}

export interface Evidence {
  readonly takenAt: number
  /** Connection ids. */
  readonly ids: readonly string[]
  /** There may be more than `ids` lists. */
  readonly total: number
}
