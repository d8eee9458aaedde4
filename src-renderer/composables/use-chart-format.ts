import { computed } from 'vue'
import { useText } from '../i18n/use-text.ts'

/** Figures and times of charts and tables of counters, in the reader's language. */
export function useChartFormat(): { readonly figure: (value: number) => string; readonly clockTime: (unixMs: number) => string } {
  const { locale } = useText()
  const formats = computed(() => ({
    whole: new Intl.NumberFormat(locale.value, { maximumFractionDigits: 0 }),
    small: new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }),
    compact: new Intl.NumberFormat(locale.value, { notation: 'compact', maximumFractionDigits: 1 }),
    time: new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  }))
  return {
    figure: (value) => {
      const { whole, small, compact } = formats.value
      if (value >= 100_000) return compact.format(value)
      return (value < 100 ? small : whole).format(value)
    },
    clockTime: (unixMs) => formats.value.time.format(unixMs),
  }
}
