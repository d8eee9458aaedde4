import type { Text } from '../../i18n/use-text.ts'

/** The intervals that are offered everywhere, milliseconds. */
export const intervalsMs = [500, 1000, 2000, 5000, 10_000] as const

/** The intervals to choose from; a current value that is none of them (from a file or the command line) is offered too. */
export function intervalOptions(currentMs: number, locale: string, t: Text['t']): { value: number; text: string }[] {
  const number = new Intl.NumberFormat(locale)
  return [...new Set([...intervalsMs, currentMs])]
    .toSorted((a, b) => a - b)
    .map((value) => ({ value, text: t('toolbar.seconds', { value: number.format(value / 1000) }) }))
}
