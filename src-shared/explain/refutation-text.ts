/** The wrong advice that Sockscope knows, and what it says about each. */
export const refutationIds = [
  'time-wait-is-a-leak',
  'fin-timeout-against-time-wait',
  'time-wait-recycle',
  'time-wait-reuse-for-servers',
  'syncookies-against-time-wait',
  'setting-against-close-wait',
  'close-always-sends-fin',
  'established-means-alive',
  'accept-opens-the-connection',
  'killing-removes-everything',
  'reuse-address-everywhere',
] as const
export type RefutationId = (typeof refutationIds)[number]

export interface RefutationText {
  /** The advice or belief as people say it. Always shown as wrong. */
  readonly claim: string
  readonly why: string
  readonly instead: string
}
