/** What the desktop application's program was started for; its command line is shared with Electron and Chromium. */

/** Everything after it is the command's own. The launchers of the packages set it, because Chromium needs switches before it. */
export const commandSwitch = '--sockscope-command'

export type StartChoice =
  | { readonly kind: 'window' }
  | { readonly kind: 'engine' }
  | { readonly kind: 'command'; readonly args: readonly string[] }

/**
 * Chooses by the arguments (without program and app folder). A first argument that is a word is a command; Electron's own switches, a
 * desktop's and macOS's (`-psn_…`) begin with a dash and mean the window.
 */
export function chooseStart(args: readonly string[], engineSwitch: string): StartChoice {
  const marker = args.indexOf(commandSwitch)
  if (marker !== -1) return { kind: 'command', args: args.slice(marker + 1) }
  const [first] = args
  if (first !== undefined && first !== '' && !first.startsWith('-')) return { kind: 'command', args }
  return { kind: args.includes(engineSwitch) ? 'engine' : 'window' }
}
