import type { Feature } from '../model/capability.ts'
import type { CapabilityCondition, CapabilityReason } from '../model/capability-reason.ts'

export interface CapabilityTexts {
  readonly features: Readonly<Record<Feature, string>>
  readonly reasons: Readonly<Record<CapabilityReason, string>>
  readonly conditions: Readonly<Record<CapabilityCondition, string>>
}
