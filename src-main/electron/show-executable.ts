/** "Open file location". The page names a process; which file that is, only the engine is asked, never the page. */
import { shell } from 'electron'
import { isAbsolute } from 'node:path'
import * as v from 'valibot'
import type { Api } from '../../src-shared/contract/api.ts'
import { contract } from '../../src-shared/contract/contract.ts'

/** Shows the executable of a process in the system's file manager. Undefined when that was done, else why not, for the log. */
export async function showExecutable(api: Api, process: unknown): Promise<string | undefined> {
  const wanted = v.safeParse(contract.previewEndProcess.input, process)
  if (!wanted.success) return 'A page asked for the executable of what is no process.'
  const answer = await api.call('getProcess', wanted.output)
  if (!answer.ok) return `The executable of process ${wanted.output.pid} is not known: ${answer.error.message}`
  const { executable, executableDeleted } = answer.value
  if (executable === undefined || executableDeleted === true || !isAbsolute(executable))
    return `Process ${wanted.output.pid} has no executable that could be shown.`
  shell.showItemInFolder(executable)
  return undefined
}
