import { basename, dirname, join } from 'node:path/win32'

/** First argument of the helper; the pipe's name and the token follow. */
export const helperSwitch = '--sockscope-helper'
/** What the program of a package takes before a command of Sockscope. */
const commandSwitch = '--sockscope-command'

export interface RunningProgram {
  readonly execPath: string
  /** The script that Node runs; the application needs none. */
  readonly script: string | undefined
  readonly isElectron: boolean
}

/** Program and arguments that start the helper of the same installation as the running program. */
export function helperCommand({ execPath, script, isElectron }: RunningProgram): {
  readonly file: string
  readonly args: readonly string[]
} {
  if (isElectron) {
    const whileDeveloping = basename(execPath).toLowerCase() === 'electron.exe' && script !== undefined
    return {
      file: execPath,
      args: whileDeveloping ? [join(dirname(script), 'index.js'), commandSwitch, helperSwitch] : [commandSwitch, helperSwitch],
    }
  }
  // The engine's own script lies beside the command's.
  const command = script === undefined ? [] : [basename(script) === 'engine.js' ? join(dirname(script), 'sockscope.js') : script]
  return { file: execPath, args: [...command, helperSwitch] }
}
