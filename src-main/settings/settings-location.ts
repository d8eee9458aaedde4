import { posix, win32 } from 'node:path'

export interface LocationFacts {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeFolder: string
}

/**
 * Where this user's settings belong on each system: XDG Base Directory (a relative XDG_CONFIG_HOME is to be ignored, says the
 * specification), `Library/Application Support` on macOS, APPDATA on Windows.
 */
export function settingsFile(facts: LocationFacts): string {
  const path = facts.platform === 'win32' ? win32 : posix
  return path.join(configFolder(facts), 'sockscope', 'settings.json')
}

function configFolder({ platform, env, homeFolder }: LocationFacts): string {
  if (platform === 'win32') {
    const roaming = env['APPDATA']
    return roaming !== undefined && win32.isAbsolute(roaming) ? roaming : win32.join(homeFolder, 'AppData', 'Roaming')
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support')
  const configured = env['XDG_CONFIG_HOME']
  return configured !== undefined && posix.isAbsolute(configured) ? configured : posix.join(homeFolder, '.config')
}
