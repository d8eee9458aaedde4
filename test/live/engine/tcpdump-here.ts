/** Whether this machine lets the tests capture packets, and why not. */
import { spawnSync } from 'node:child_process'
import { findTool } from '../../../src-main/native/capture-headers.ts'
import { isRefusal } from '../../../src-main/trace/tool-words.ts'

/** Undefined when it does. */
export function whyNoTrace(): string | undefined {
  const tool = findTool('tcpdump')
  if (tool === undefined) return 'tcpdump is not installed'
  const { stderr } = spawnSync(tool, ['-i', process.platform === 'darwin' ? 'lo0' : 'lo', '-L'], { encoding: 'utf8', env: { LC_ALL: 'C' } })
  return isRefusal(stderr) ? 'needs the right to capture packets' : undefined
}
