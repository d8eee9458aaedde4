/** The same agent on a real Windows, compared with the system's own netstat. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createAgentBook } from '../wine/agent-link.ts'
import { bundleAgent } from '../wine/bundle-agent.ts'
import type { WindowsMachine } from '../wine/windows-machine.ts'
import { parseWindowsNetstat } from './windows-netstat.ts'

const netstatLimitMs = 20_000

export async function startNativeWindowsMachine(): Promise<WindowsMachine> {
  // Below the checkout, so that the agent finds koffi's library for this system as the product does.
  const folder = mkdtempSync(join(fileURLToPath(new URL('../../node_modules', import.meta.url)), '.sockscope-agent-'))
  await bundleAgent(folder)
  const sockets = new Map<number, Socket>()
  const agents = createAgentBook((agent, text) => sockets.get(agent)?.write(`${text}\n`))
  const server = createServer((socket) => {
    const agent = socket.remotePort as number
    sockets.set(agent, socket)
    agents.opened(agent)
    createInterface({ input: socket }).on('line', (text) => agents.receive(agent, text))
    socket.on('error', () => {}) // an agent that was ended; `close` follows
    socket.on('close', () => agents.ended(agent))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  const started = spawn(process.execPath, [join(folder, 'agent.cjs'), String(port)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: tmpdir(),
  })
  const failed = new Promise<never>((_, reject) => {
    started.once('error', reject)
    started.once('exit', (code) => reject(new Error(`The agent ended: exit code ${code}`)))
  })
  failed.catch(() => {}) // after the end it tells nothing
  const pids = new Set<number>()
  const next = async () => {
    const agent = await Promise.race([agents.next(), failed])
    pids.add(agent.pid)
    return agent
  }
  const agent = await next()
  return {
    agent,
    nextAgent: next,
    async systemRows() {
      const startedAt = performance.now()
      const { status, stdout } = spawnSync('netstat', ['-ano'], { encoding: 'latin1', timeout: netstatLimitMs })
      const tookMs = performance.now() - startedAt
      if (status !== 0) throw new Error(`netstat ended with exit code ${status}`)
      return { rows: parseWindowsNetstat(stdout).filter(({ pid = 0 }) => pids.has(pid)), tookMs }
    },
    concerns: ({ owners }) => owners.some(({ pid }) => pids.has(pid)),
    async end() {
      for (const socket of sockets.values()) socket.destroy()
      server.close()
      started.kill()
      await new Promise((resolve) => (started.exitCode === null ? started.once('exit', resolve) : resolve(undefined)))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
