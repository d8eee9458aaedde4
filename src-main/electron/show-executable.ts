/** "Open file location". The page names a process; which file that is, only the engine is asked, never the page. */
import { shell } from 'electron'
import { access } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import * as v from 'valibot'
import type { Api } from '../../src-shared/contract/api.ts'
import { contract } from '../../src-shared/contract/contract.ts'
import { isExecutableOf } from '../native/linux/is-executable-of.ts'
import { logDefect } from './defects.ts'
import type { ExecutableNotShown } from './page-envelope.ts'

/** Shows the executable of a process in the system's file manager. Undefined when that was done, else what to tell the person. */
export async function showExecutable(api: Api, process: unknown): Promise<ExecutableNotShown | undefined> {
  const wanted = v.safeParse(contract.previewEndProcess.input, process)
  if (!wanted.success) {
    logDefect('A page asked for the executable of what is no process.')
    return undefined
  }
  const { pid } = wanted.output
  const answer = await api.call('getProcess', wanted.output)
  if (!answer.ok) return { pid, obstacle: answer.error.code === 'not-found' ? 'ended' : 'unknown' }
  const { executable, executableDeleted, otherNamespaces = [] } = answer.value
  if (executable === undefined) return { pid, obstacle: 'unknown' }
  if (executableDeleted === true) return { pid, obstacle: 'removed' }
  // File managers say nothing, or show some other folder, when the file is not there.
  if (!isAbsolute(executable) || !(await exists(executable))) return { pid, obstacle: 'elsewhere' }
  // A container has paths of its own: what lies there under the same path here is another file.
  if (otherNamespaces.includes('mount') && !(await isExecutableOf(pid, executable))) return { pid, obstacle: 'elsewhere' }
  shell.showItemInFolder(executable)
  return undefined
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    // Why does not matter: it is no file that could be shown.
    return false
  }
}
