import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ErrorCode } from '../../src-shared/contract/error-codes.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import { en, type MessageKey } from './en.ts'
import { locales, type Locale } from './messages.ts'

type Parameters = Readonly<Record<string, string | number>>

export interface Text {
  /** A message in the reader's language. A `count` among the parameters chooses singular or plural. */
  readonly t: (key: MessageKey, parameters?: Parameters) => string
  /** A failed call in the reader's language. */
  readonly failureText: (failure: Failure) => string
  readonly locale: ComputedRef<Locale>
}

export function useText(): Text {
  const { t: translate, locale } = useI18n({ useScope: 'global' })
  const t: Text['t'] = (key, parameters = {}) =>
    typeof parameters['count'] === 'number' ? translate(key, parameters, parameters['count']) : translate(key, parameters)
  return {
    t,
    failureText: ({ code }) => t(`error.${isKnownError(code) ? code : 'internal'}`),
    locale: computed(() => locale.value as Locale),
  }
}

/** The messages in one language each, whatever the reader's is: what is searched for may be typed in any. */
export function useTextsOfAll(): readonly Text['t'][] {
  const { t: translate } = useI18n({ useScope: 'global' })
  return locales.map(
    (locale) =>
      (key, parameters = {}) =>
        translate(key, parameters, { locale }),
  )
}

/** The other side may be newer than this page. */
function isKnownError(code: string): code is ErrorCode {
  return Object.hasOwn(en.error, code)
}
