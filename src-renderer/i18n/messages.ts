import { createI18n } from 'vue-i18n'
import type { Settings } from '../../src-shared/model/settings.ts'
import { en, type Messages } from './en.ts'
import { zhCn } from './zh-cn.ts'

export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

/** `systemLanguages` are BCP 47 tags, best first; any kind of Chinese gets the Chinese that exists. */
export function chooseLocale(setting: Settings['language'], systemLanguages: readonly string[]): Locale {
  if (setting !== 'system') return setting
  for (const tag of systemLanguages) {
    if (/^zh\b/iu.test(tag)) return 'zh-CN'
    if (/^en\b/iu.test(tag)) return 'en'
  }
  return 'en'
}

export function createMessages(locale: Locale) {
  return createI18n<[Messages], Locale, false>({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: { en, 'zh-CN': zhCn },
  })
}
