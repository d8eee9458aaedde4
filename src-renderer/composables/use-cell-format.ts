import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { stateWord } from '../../src-shared/model/state-spelling.ts'
import { useSettings } from '../stores/settings.ts'
import { createCellFormat, type CellFormat } from '../view/format.ts'

/** The formatters of the reader's language and state dialect. */
export function useCellFormat(): ComputedRef<CellFormat> {
  const { t, locale } = useI18n({ useScope: 'global' })
  const settings = useSettings()
  return computed(() => {
    const dialect = settings.current.stateDialect
    return createCellFormat({
      locale: locale.value,
      translate: (key, parameters) => t(key, parameters ?? {}),
      stateText: (state) => stateWord(state, dialect),
    })
  })
}
