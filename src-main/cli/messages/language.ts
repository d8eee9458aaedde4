import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import { messagesEn, type Messages } from './messages-en.ts'
import { messagesZhCn } from './messages-zh-cn.ts'

export type Language = ExplainLanguage

const tables: Record<Language, Messages> = { en: messagesEn, 'zh-CN': messagesZhCn }

export function messagesFor(language: Language): Messages {
  return tables[language]
}

/** The language of LC_ALL, LC_MESSAGES or LANG, the first that is set (POSIX order). Anything but Chinese is English. */
export function languageOf(variables: Readonly<Record<string, string | undefined>>): Language {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG || ''
  return /^zh([_.-]|$)/i.test(locale) ? 'zh-CN' : 'en'
}
