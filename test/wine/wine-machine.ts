/** Starts the machine with Wine in it and gives the tests its agent, its `ss`, and its end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, linkSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wine } from '../../scripts/wine/provide-wine.mjs'
import { createAgentBook } from './agent-link.ts'
import { bundleAgent } from './bundle-agent.ts'
import type { FromMachine, MachinePlan, ToMachine } from './machine-messages.ts'
import { parseSocketStatistics } from './socket-statistics.ts'
import type { WindowsMachine } from './windows-machine.ts'

const goodbyeLimitMs = 10_000
const socketStatistics = ['-H', '-t', '-u', '-a', '-n', '-p', '-O'] as const

export async function startWineMachine({ cache, unshare, tree, nodeExe, koffi }: Wine): Promise<WindowsMachine> {
  const folder = mkdtempSync(join(cache, 'run-'))
  try {
    await bundleAgent(folder)
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
  cpSync(koffi, join(folder, 'node_modules/@koromix/koffi-win32-x64'), { recursive: true })
  linkSync(nodeExe, join(folder, 'node.exe'))

  const plan: MachinePlan = { tree, folder }
  const script = fileURLToPath(new URL('machine.ts', import.meta.url))
  const machine = spawn('unshare', [...unshare, process.execPath, script, JSON.stringify(plan)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const tell = (message: ToMachine): void => void machine.send(message)
  const agents = createAgentBook((agent, text) => tell({ type: 'text', agent, text }))
  const runs = new Map<number, (ran: Extract<FromMachine, { type: 'ran' }>) => void>()
  let lastRun = 0
  const failed = new Promise<never>((_, reject) => {
    machine.once('exit', (code) => reject(new Error(`The machine with Wine ended: exit code ${code}`)))
    machine.on('message', (message: FromMachine) => {
      if (message.type === 'agent') agents.opened(message.agent)
      else if (message.type === 'text') agents.receive(message.agent, message.text)
      else if (message.type === 'gone') agents.ended(message.agent)
      else if (message.type === 'ran') runs.get(message.id)?.(message)
      else reject(new Error(message.reason))
    })
  })
  failed.catch(() => {}) // whoever waits for something gets it; after the end it tells nothing
  const run = (file: string, args: readonly string[]): Promise<Extract<FromMachine, { type: 'ran' }>> => {
    lastRun += 1
    const id = lastRun
    const ran = new Promise<Extract<FromMachine, { type: 'ran' }>>((resolve) => runs.set(id, resolve))
    tell({ type: 'run', id, file, args })
    return Promise.race([ran, failed])
  }
  const end = async (): Promise<void> => {
    if (machine.connected) tell({ type: 'end' })
    const limit = setTimeout(() => machine.kill('SIGKILL'), goodbyeLimitMs)
    if (machine.exitCode === null && machine.signalCode === null) await once(machine, 'exit')
    clearTimeout(limit)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const agent = await Promise.race([agents.next(), failed])
    return {
      agent,
      nextAgent: () => Promise.race([agents.next(), failed]),
      async systemRows() {
        const { output, tookMs, error } = await run('ss', socketStatistics)
        if (error !== undefined) throw new Error(error)
        return { rows: parseSocketStatistics(output).filter(({ programs }) => programs.includes('wineserver64')), tookMs }
      },
      // Wine tells the sockets of its own programs only, and only ours run here.
      concerns: () => true,
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}
