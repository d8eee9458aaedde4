/** Numbers of findings in the words of a language. */
import type { FigureUnit } from '../../contract/diagnosis.ts'
import type { ExplainLanguage } from '../state-text.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const kibi = 1024
const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

const durationUnits: Readonly<Record<ExplainLanguage, Readonly<Record<'ms' | 's' | 'min' | 'h' | 'd', string>>>> = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  'zh-CN': { ms: '毫秒', s: '秒', min: '分钟', h: '小时', d: '天' },
}

/** A share is from 0 to 1, times are milliseconds. */
export function figureValueText(unit: FigureUnit, value: number, language: ExplainLanguage): string {
  switch (unit) {
    case 'count':
      return numberText(value, language)
    case 'milliseconds':
      return durationText(value, language)
    case 'bytes':
      return bytesText(value, language)
    case 'share':
      return percentText(value, language)
    case 'per-second':
      return language === 'en' ? `${numberText(value, language)} per second` : `每秒 ${numberText(value, language)}`
    case 'per-minute':
      return language === 'en' ? `${numberText(value, language)} per minute` : `每分钟 ${numberText(value, language)}`
  }
}

/** `3 min 5 s`: the two largest units; one decimal below ten seconds. */
export function durationText(ms: number, language: ExplainLanguage): string {
  const whole = Math.round(ms)
  if (whole < secondMs) return withUnit(roundedText(ms, ms < 10 ? 2 : 0, language), 'ms', language)
  if (whole < 10 * secondMs) return withUnit(roundedText(ms / secondMs, 1, language), 's', language)
  const seconds = Math.round(ms / secondMs)
  if (seconds * secondMs < minuteMs) return withUnit(String(seconds), 's', language)
  if (seconds * secondMs < hourMs) return pair(seconds, 60, ['min', 's'], language)
  const minutes = Math.round(ms / minuteMs)
  if (minutes * minuteMs < dayMs) return pair(minutes, 60, ['h', 'min'], language)
  return pair(Math.round(ms / hourMs), 24, ['d', 'h'], language)
}

/** Large numbers are grouped and whole, small ones keep a decimal that is not zero. */
export function numberText(value: number, language: ExplainLanguage): string {
  return roundedText(value, Math.abs(value) < 100 ? 1 : 0, language)
}

function pair(
  total: number,
  size: number,
  [large, small]: readonly ['min' | 'h' | 'd', 's' | 'min' | 'h'],
  language: ExplainLanguage,
): string {
  const rest = total % size
  const first = withUnit(String(Math.floor(total / size)), large, language)
  return rest === 0 ? first : `${first} ${withUnit(String(rest), small, language)}`
}

function bytesText(bytes: number, language: ExplainLanguage): string {
  let power = 0
  let rest = bytes
  while (rest >= kibi && power < byteUnits.length - 1) {
    rest /= kibi
    power += 1
  }
  return `${numberText(rest, language)} ${byteUnits[power]}`
}

function percentText(share: number, language: ExplainLanguage): string {
  const percent = share * 100
  return `${roundedText(percent, percent < 10 ? 1 : 0, language)}%`
}

function withUnit(text: string, unit: keyof (typeof durationUnits)['en'], language: ExplainLanguage): string {
  return `${text} ${durationUnits[language][unit]}`
}

function roundedText(value: number, maximumFractionDigits: number, language: ExplainLanguage): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits }).format(value)
}
