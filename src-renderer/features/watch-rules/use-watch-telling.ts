/** Joins the rules with the settings they are kept in, and tells alarms: in the page, on the desktop, by a sound. */
import { onBeforeUnmount, watch } from 'vue'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { useNotices } from '../../stores/notices.ts'
import { useSettings } from '../../stores/settings.ts'
import { useWatchRules, type WatchEntry } from '../../stores/watch-rules.ts'
import { isQuiet, minuteOfDay } from '../../view/watch/quiet-hours.ts'
import { playAlarm } from './alarm-sound.ts'
import { showDesktopNotice } from './desktop-notice.ts'
import { useRuleWords } from './use-rule-words.ts'
import { useShowAlarm } from './use-show-alarm.ts'
import { entryText } from './watch-text.ts'

export function useWatchTelling(): void {
  const { t } = useText()
  const { clock } = useHostAccess()
  const format = useCellFormat()
  const notices = useNotices()
  const settings = useSettings()
  const rules = useWatchRules()
  const show = useShowAlarm()
  const words = useRuleWords()

  const tell = (entry: WatchEntry): void => {
    const { watchTelling } = settings.current
    if (isQuiet(watchTelling, minuteOfDay(clock.now()))) return
    const text = entryText(entry, t, format.value)
    notices.tell('info', 'watch.notice', { name: entry.rule.name, text })
    if (entry.rule.sound) playAlarm()
    if (!watchTelling.desktop) return
    const title = t('watch.desktopTitle', { name: entry.rule.name })
    showDesktopNotice({ title, body: text, tag: `sockscope-${entry.rule.id}`, onClick: () => void show(entry) })
  }
  watch([() => settings.current.watchRules, words], ([list, known]) => rules.setRules(list, known), {
    immediate: true,
  })
  // At once, not with the next rendering: two alarms of one change set are two.
  watch(
    () => rules.told,
    (entry) => entry !== undefined && tell(entry),
    { flush: 'sync' },
  )
  onBeforeUnmount(rules.start())
}
