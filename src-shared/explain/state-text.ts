/** What Sockscope tells people about one TCP state. Plain sentences; facts from RFC 9293, the Linux ip-sysctl page and measurement. */
export interface StateText {
  /** One short sentence, for tooltips and legends. */
  readonly summary: string
  readonly meaning: string
  /** Who has to do something for the connection to move on. */
  readonly nextActor: string
  readonly normalFor: string
  readonly problemWhen: string
  readonly causeAndCure: string
}

export const explainLanguages = ['en', 'zh-CN'] as const
export type ExplainLanguage = (typeof explainLanguages)[number]
