/** Words for the capability table, for the window, the command line and the documentation alike. */
import { capabilityTextsEn } from './capability-texts-en.ts'
import { capabilityTextsZhCn } from './capability-texts-zh-cn.ts'
import type { CapabilityTexts } from './capability-text.ts'
import type { ExplainLanguage } from './state-text.ts'

export const capabilityTexts: Readonly<Record<ExplainLanguage, CapabilityTexts>> = { en: capabilityTextsEn, 'zh-CN': capabilityTextsZhCn }

/** A code of a newer engine is shown as it is. */
export function capabilityReasonText(reason: string, language: ExplainLanguage): string {
  return textOf(capabilityTexts[language].reasons, reason)
}

export function capabilityConditionText(condition: string, language: ExplainLanguage): string {
  return textOf(capabilityTexts[language].conditions, condition)
}

export function featureText(feature: string, language: ExplainLanguage): string {
  return textOf(capabilityTexts[language].features, feature)
}

function textOf(texts: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? code) : code
}
