/** How values become text in one language. Made once per language and dialect; the formatters inside are costly to build. */
import type { TcpState } from '../../src-shared/model/tcp-state.ts'

/** Looks a message up; `parameters` fill its placeholders. */
export type Translate = (key: string, parameters?: Readonly<Record<string, string | number>>) => string

export interface CellFormat {
  readonly translate: Translate
  /** A TCP state in the words of the reader's dialect. */
  readonly stateText: (state: TcpState) => string
  /** A country's name of its ISO 3166-1 code; the code where the language has none. */
  readonly country: (code: string) => string
  readonly integer: (value: number) => string
  /** Decimal multiples (1 kB is 1000 bytes), as the filter language reads them. */
  readonly bytes: (value: number) => string
  /** Bytes per second. */
  readonly rate: (value: number) => string
  readonly milliseconds: (value: number) => string
  /** A time span in milliseconds, rounded to its largest unit: "12 sec", "3 min". */
  readonly duration: (milliseconds: number) => string
  /** Time of day of a Unix time in milliseconds, with the date when that is not the day of `nowMs`. */
  readonly time: (unixMs: number, nowMs: number) => string
}

export interface CellFormatOptions {
  /** BCP 47 tag, for example "zh-CN". */
  readonly locale: string
  readonly translate: Translate
  readonly stateText: (state: TcpState) => string
  /** IANA name; the machine's zone when left out. */
  readonly timeZone?: string
}

type Scaled = (value: number) => string

/** Symbols of the SI, the same in every language. */
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
const mostRememberedTexts = 100
const spanUnits = [
  { unit: 'second', milliseconds: 1000 },
  { unit: 'minute', milliseconds: 60_000 },
  { unit: 'hour', milliseconds: 3_600_000 },
  { unit: 'day', milliseconds: 86_400_000 },
] as const

export function createCellFormat({ locale, translate, stateText, timeZone }: CellFormatOptions): CellFormat {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const countries = new Intl.DisplayNames([locale], { type: 'region' })
  const milliseconds = withUnit(locale, 'millisecond', 1)
  return {
    translate,
    stateText,
    country: (code) => countries.of(code) ?? code,
    integer: (value) => integer.format(value),
    bytes: scaledBytes(locale, ''),
    rate: scaledBytes(locale, '/s'),
    milliseconds,
    duration: durations(locale),
    time: times(locale, timeZone),
  }
}

function withUnit(locale: string, unit: string, maximumFractionDigits: number): Scaled {
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits })
  // The locale data of Chinese writes "12秒"; our texts, and those of most programs, keep a space.
  return (value) => format.format(value).replace(/(?<=\d)(?=\p{Script=Han})/u, ' ')
}

/** Seconds, minutes and hours have few values; every row on screen asks for some at every look. */
function remembered(format: Scaled): Scaled {
  const texts = new Map<number, string>()
  return (value) => {
    const text = texts.get(value) ?? format(value)
    if (texts.size < mostRememberedTexts) texts.set(value, text)
    return text
  }
}

function scaledBytes(locale: string, per: string): Scaled {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  return (value) => {
    let scaled = value
    let step = 0
    // 999.95 would be rounded to "1,000.0".
    while (scaled >= (step === 0 ? 999.5 : 999.95) && step < byteUnits.length - 1) {
      scaled /= 1000
      step += 1
    }
    return `${(step === 0 ? whole : tenths).format(scaled)} ${byteUnits[step]}${per}`
  }
}

function durations(locale: string): Scaled {
  const formats = spanUnits.map(({ unit }) => remembered(withUnit(locale, unit, 0)))
  return (span) => {
    const known = Math.max(0, span)
    const index = Math.max(
      0,
      spanUnits.findLastIndex(({ milliseconds }) => known >= milliseconds),
    )
    return formats[index]?.(Math.floor(known / (spanUnits[index]?.milliseconds ?? 1))) ?? ''
  }
}

/** Farthest time a JavaScript Date can stand for; anything beyond is a broken clock and not worth an exception. */
const latestTime = 8.64e15

function times(locale: string, timeZone: string | undefined): CellFormat['time'] {
  const zone = timeZone === undefined ? {} : { timeZone }
  const ofDay = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...zone })
  const withDate = new Intl.DateTimeFormat(locale, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...zone,
  })
  const day = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', day: 'numeric', ...zone })
  const today = { minute: Number.NaN, text: '' }
  return (unixMs, nowMs) => {
    if (!(Math.abs(unixMs) <= latestTime) || !(Math.abs(nowMs) <= latestTime)) return ''
    const minute = Math.floor(nowMs / 60_000) // days begin on whole minutes in every zone
    if (minute !== today.minute) {
      today.minute = minute
      today.text = day.format(nowMs)
    }
    return (day.format(unixMs) === today.text ? ofDay : withDate).format(unixMs)
  }
}
