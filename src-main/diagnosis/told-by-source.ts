/** Why a rule cannot work with the source in use. Undefined where it can, or where the source is not known. */
import type { CapabilityReason } from '../../src-shared/model/capability-reason.ts'
import type { Feature } from '../../src-shared/model/capability.ts'
import type { Surroundings } from './surroundings.ts'

/** The reason for the first of `features` that is not told, not even in part. */
export function firstUntold({ capabilities }: Surroundings, features: readonly Feature[]): CapabilityReason | undefined {
  return features.map((feature) => capabilities?.[feature]).find((capability) => capability?.support === 'no')?.reason
}

/** Send queues, and whether they move: told by the bytes that went through, or by timers that expire. */
export function flowUntold(surroundings: Surroundings): CapabilityReason | undefined {
  const { capabilities } = surroundings
  const bytes = firstUntold(surroundings, ['tcp-bytes'])
  return firstUntold(surroundings, ['queues']) ?? (capabilities?.timers.support === 'no' ? bytes : undefined)
}

/** Queues, and how often nobody answered: told with the timers, or with the round trip where the kernel's TCP control block is read. */
export function unansweredUntold(surroundings: Surroundings): CapabilityReason | undefined {
  const { capabilities } = surroundings
  if (capabilities === undefined) return undefined
  const told = capabilities.timers.support === 'yes' || capabilities['round-trip'].support === 'yes'
  return firstUntold(surroundings, ['queues']) ?? (told ? undefined : capabilities.timers.reason)
}
