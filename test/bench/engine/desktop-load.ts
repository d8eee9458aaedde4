import { endProgram, startProgram } from './child-program.ts'
import type { DesktopTask } from './desktop-holder.ts'
import type { Load } from './socket-load.ts'

export async function startDesktopLoad(task: DesktopTask): Promise<Load> {
  const { child, first } = await startProgram<readonly number[]>('./desktop-holder.ts', [JSON.stringify(task)])
  return { pids: new Set([...first, child.pid ?? 0]), end: () => endProgram(child) }
}
