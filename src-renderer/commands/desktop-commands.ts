/** What only the desktop application has: its window and its tray icon. */
import { useSettings } from '../stores/settings.ts'
import type { Command, CommandContext } from './command.ts'

export function useDesktopCommands({ inDesktop, onMac }: CommandContext): readonly Command[] {
  const settings = useSettings()
  if (!inDesktop) return []
  return [
    {
      id: 'setting.always-on-top',
      group: 'settings',
      title: (t) => t('desktop.alwaysOnTop'),
      // The keys of the application menu; with Alt, macOS types a sign of its own.
      keys: [onMac ? { key: 't', code: 'KeyT', command: true, alt: true } : { key: 't', command: true, shift: true }],
      isOn: () => settings.current.alwaysOnTop,
      run: () => void settings.change({ alwaysOnTop: !settings.current.alwaysOnTop }),
    },
    {
      id: 'setting.tray-icon',
      group: 'settings',
      title: (t) => t('desktop.trayIcon'),
      isOn: () => settings.current.trayIcon,
      run: () => void settings.change({ trayIcon: !settings.current.trayIcon }),
    },
  ]
}
