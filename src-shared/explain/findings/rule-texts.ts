import type { RuleId } from '../../contract/diagnosis.ts'
import { thresholds, type ThresholdId, type Thresholds } from '../../model/thresholds.ts'
import type { ExplainLanguage } from '../state-text.ts'
import { closingRulesEn } from './closing-rules-en.ts'
import { closingRulesZhCn } from './closing-rules-zh-cn.ts'
import { figureValueText } from './finding-values.ts'
import { loadRulesEn } from './load-rules-en.ts'
import { loadRulesZhCn } from './load-rules-zh-cn.ts'
import type { ByLanguage, RuleTexts } from './rule-text.ts'

export const ruleTexts: ByLanguage<RuleTexts> = {
  en: { ...closingRulesEn, ...loadRulesEn },
  'zh-CN': { ...closingRulesZhCn, ...loadRulesZhCn },
}

export function ruleName(rule: RuleId, language: ExplainLanguage): string {
  return ruleTexts[language][rule].name
}

/** When the rule fires, with the thresholds in force. */
export function ruleCondition(rule: RuleId, inForce: Thresholds, language: ExplainLanguage): string {
  return ruleTexts[language][rule].fires.replaceAll(/\{([a-z0-9-]+)\}/g, (whole, id: string) =>
    Object.hasOwn(thresholds, id) ? thresholdText(id as ThresholdId, inForce[id as ThresholdId], language) : whole,
  )
}

export function thresholdText(id: ThresholdId, value: number, language: ExplainLanguage): string {
  return figureValueText(thresholds[id].unit, value, language)
}
