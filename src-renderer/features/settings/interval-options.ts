import type { Text } from '../../i18n/use-text.ts'

const offeredMs = [500, 1000, 2000, 5000, 10_000] as const

/** The intervals to choose from; a current value that is none of them (from a file or the command line) is offered too. */
export function intervalOptions(currentMs: number, locale: string, t: Text['t']): { value: number; text: string }[] {
  const number = new Intl.NumberFormat(locale)
  return [...new Set([...offeredMs, currentMs])]
    .toSorted((a, b) => a - b)
    .map((value) => ({ value, text: t('toolbar.seconds', { value: number.format(value / 1000) }) }))
}
