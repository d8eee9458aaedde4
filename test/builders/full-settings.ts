import type { SavedView } from '../../src-shared/model/saved-view.ts'
import type { SettingsPatch } from '../../src-shared/model/settings.ts'
import type { WatchRule } from '../../src-shared/model/watch-rule.ts'

/** What somebody has who saves every way of looking and every alarm: half a million bytes. */
export function fullSettings(): SettingsPatch {
  const columns = Array.from({ length: 45 }, (_, index) => ({ id: `column${index}`, width: 120, hidden: index > 20, pinned: index === 0 }))
  const text = '远程地址属于某个网络'.repeat(20)
  const views = Array.from({ length: 30 }, (_, index): SavedView => ({
    name: `视图 ${index}`,
    page: 'connections',
    filters: { text, hidden: [], states: [] },
    table: { columns, sort: [], density: 'normal' },
  }))
  const watchRules = Array.from({ length: 50 }, (_, index): WatchRule => ({
    id: `rule-${index}`,
    name: `规则 ${index}`,
    query: text.repeat(5),
    kind: 'row',
    count: 0,
    coolDownMs: 0,
    enabled: true,
    sound: false,
  }))
  return { views, watchRules, recentQueries: Array.from({ length: 20 }, (_, index) => `${index} ${text.repeat(8)}`) }
}
