import type { Severity } from '../../contract/diagnosis.ts'
import type { ThresholdId } from '../../model/thresholds.ts'
import type { ExplainLanguage } from '../state-text.ts'
import type { ByLanguage } from './rule-text.ts'
import type { Term, TermTexts } from './term-text.ts'
import { termTextsEn } from './term-texts-en.ts'
import { termTextsZhCn } from './term-texts-zh-cn.ts'

export const termTexts: ByLanguage<TermTexts> = { en: termTextsEn, 'zh-CN': termTextsZhCn }

export function severityTerm(severity: Severity, language: ExplainLanguage): Term {
  return termTexts[language].severities[severity]
}

export function thresholdTerm(id: ThresholdId, language: ExplainLanguage): Term {
  return termTexts[language].thresholds[id]
}
