import type { RuleId } from '../../../src-shared/contract/diagnosis.ts'
import type { ThresholdId } from '../../../src-shared/model/thresholds.ts'

export interface ThresholdGroup {
  /** Rules that share these thresholds. */
  readonly rules: readonly RuleId[]
  readonly thresholds: readonly ThresholdId[]
}

/** Every threshold once, under the rules that it is for. */
export const thresholdGroups: readonly ThresholdGroup[] = [
  { rules: ['close-wait-leak'], thresholds: ['close-wait-count', 'close-wait-age'] },
  { rules: ['syn-sent-stalled'], thresholds: ['syn-sent-count', 'syn-sent-age'] },
  { rules: ['syn-sent-fanout'], thresholds: ['fanout-endpoints', 'fanout-window'] },
  { rules: ['syn-received-flood'], thresholds: ['syn-received-share'] },
  { rules: ['accept-queue-full'], thresholds: ['accept-queue-share'] },
  { rules: ['port-exhaustion'], thresholds: ['port-share'] },
  { rules: ['fin-wait-2-stuck'], thresholds: ['fin-wait-2-count', 'fin-wait-2-age'] },
  { rules: ['fin-wait-1-pile', 'last-ack-pile'], thresholds: ['pile-count', 'pile-age'] },
  { rules: ['half-open'], thresholds: ['half-open-retransmits'] },
  { rules: ['idle-without-keepalive'], thresholds: ['idle-age'] },
  { rules: ['reader-stalled', 'sender-stalled'], thresholds: ['stalled-queue', 'stalled-time'] },
  { rules: ['connection-churn'], thresholds: ['churn-rate', 'churn-window'] },
  { rules: ['fd-pressure'], thresholds: ['descriptor-share'] },
  { rules: ['retransmission-storm'], thresholds: ['retransmit-share', 'retransmit-window'] },
]
