import type { RuleId } from '../../contract/diagnosis.ts'
import type { ExplainLanguage } from '../state-text.ts'

/** In Node's spelling, as `HostInfo.platform` has them. */
export const findingPlatforms = ['linux', 'darwin', 'win32'] as const
export type FindingPlatform = (typeof findingPlatforms)[number]

/** A sentence or two; with `on`, for these systems only. */
export type Advice = string | { readonly on: readonly FindingPlatform[]; readonly text: string }

/** Whom a finding is about, as text that is safe to show; what is unknown is absent. */
export interface FindingSubject {
  readonly process?: string
  /** Instead: user of programs that cannot be seen from here, '' where that is not known either. It may be several programs. */
  readonly unseenUser?: string
  readonly otherProcess?: string
  readonly local?: string
  readonly remote?: string
  readonly service?: string
  readonly rows: number
}

/** What Sockscope says about the findings of one rule. Plain sentences; the facts are those of RFC 9293, RFC 1122 and the systems' manuals. */
export interface RuleText {
  /** The rule's short name, for lists of rules. */
  readonly name: string
  readonly title: (subject: FindingSubject) => string
  /** When it fires; `{threshold-id}` stands for a threshold's value. */
  readonly fires: string
  readonly meaning: string
  readonly now: readonly Advice[]
  readonly lasting: readonly Advice[]
  /** Frequent advice that is wrong, put right. */
  readonly myths: readonly Advice[]
  /** What the rule cannot know. */
  readonly cannotTell: string
}

export type RuleTexts = Readonly<Record<RuleId, RuleText>>
export type ByLanguage<Text> = Readonly<Record<ExplainLanguage, Text>>
