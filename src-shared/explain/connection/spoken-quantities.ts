/** Time spans and counts as they stand in a sentence. */
import type { ExplainLanguage } from '../state-text.ts'

type Unit = 'second' | 'minute' | 'hour' | 'day'

const secondMs = 1000
const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

/** "12 seconds", "4 minutes 12 seconds", "2 hours 5 minutes", "3 days 4 hours"; anything below a second is "less than a second". */
export function spokenDuration(milliseconds: number, language: ExplainLanguage): string {
  if (milliseconds < secondMs) return language === 'en' ? 'less than a second' : '不到 1 秒'
  const span = milliseconds
  if (span < minuteMs) return amount(span / secondMs, 'second', language)
  if (span < hourMs) return two(span, minuteMs, 'minute', secondMs, 'second', language)
  if (span < dayMs) return two(span, hourMs, 'hour', minuteMs, 'minute', language)
  return two(span, dayMs, 'day', hourMs, 'hour', language)
}

/** "1,234 bytes". */
export function spokenBytes(bytes: number, language: ExplainLanguage): string {
  return amountOf(bytes, 'byte', language)
}

function two(span: number, bigMs: number, big: Unit, smallMs: number, small: Unit, language: ExplainLanguage): string {
  const rest = Math.floor((span % bigMs) / smallMs)
  const first = amount(span / bigMs, big, language)
  return rest === 0 ? first : `${first} ${amount(rest, small, language)}`
}

function amount(value: number, unit: Unit, language: ExplainLanguage): string {
  return amountOf(Math.floor(value), unit, language)
}

function amountOf(value: number, unit: Unit | 'byte', language: ExplainLanguage): string {
  if (language === 'zh-CN') return `${value.toLocaleString('en')} ${chineseUnits[unit]}`
  return `${value.toLocaleString('en')} ${unit}${value === 1 ? '' : 's'}`
}

const chineseUnits: Readonly<Record<Unit | 'byte', string>> = { second: '秒', minute: '分', hour: '小时', day: '天', byte: '字节' }
