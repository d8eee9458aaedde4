/** How the table looks at the machine: freeze, refresh, interval. */
import { useConnections } from '../stores/connections.ts'
import { useSettings } from '../stores/settings.ts'
import { intervalsMs } from '../features/settings/interval-options.ts'
import type { Command } from './command.ts'

export function useTableCommands(): readonly Command[] {
  const connections = useConnections()
  const settings = useSettings()
  return [
    {
      id: 'table.freeze',
      group: 'table',
      title: (t) => t(connections.paused ? 'command.unfreeze' : 'command.freeze'),
      keys: [{ key: ' ' }],
      isOn: () => connections.paused,
      run: () => void connections.togglePause(),
    },
    {
      id: 'table.refresh',
      group: 'table',
      title: (t) => t('command.refresh'),
      keys: [{ key: 'F5' }],
      run: () => void connections.refresh(),
    },
    {
      id: 'table.keep-sorted',
      group: 'table',
      title: (t) => t('stillness.command'),
      isOn: () => settings.current.keepSorted,
      run: () => void settings.change({ keepSorted: !settings.current.keepSorted }),
    },
    ...intervalsMs.map((intervalMs): Command => ({
      id: `table.interval-${intervalMs}`,
      group: 'table',
      title: (t) => t('command.interval', { seconds: t('toolbar.seconds', { value: intervalMs / 1000 }) }),
      isOn: () => settings.current.intervalMs === intervalMs,
      run: () => void settings.change({ intervalMs }),
    })),
  ]
}
