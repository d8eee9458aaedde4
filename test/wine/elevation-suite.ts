/** A user without rights: the engine has its helper started, and what the helper may, it does. Wine gives rights without asking. */
import { expect, it } from 'vitest'
import type { Agent } from './agent-link.ts'
import { asked, createEngineView } from './engine-view.ts'
import type { WindowsMachine } from './windows-machine.ts'

interface Listed {
  readonly pid: number
  readonly name?: string
}

const patience = { timeout: 10_000, interval: 100 }

export function describeElevation(machine: () => WindowsMachine | undefined): void {
  it('has done by its helper what it may not do itself', async () => {
    const wine = machine() as WindowsMachine
    const { agent } = wine
    await agent.command('startChild')
    const child = await wine.nextAgent()
    await child.command('startChild')
    const target = await wine.nextAgent()
    try {
      await useHelper(agent, child, target)
    } finally {
      for (const one of [child, target]) await one.command('leave').catch(() => {})
    }
    // The helper ends with the engine that started it.
    const alive = async () => (await nodesOf(agent)).filter((pid) => pid !== agent.pid)
    await expect.poll(alive, patience).toEqual([])
  })
}

async function useHelper(agent: Agent, child: Agent, target: Agent): Promise<void> {
  const view = createEngineView(child.api)
  await child.command('loseRights')
  const { port } = await target.command<{ port: number }>('listen', { host: '127.0.0.1', halfOpen: true })
  const client = await target.command<{ handle: number; port: number }>('connect', { host: '127.0.0.1', port })
  const { connections } = await view.refresh()
  const row = connections.find(({ local, remote }) => local.port === port && remote?.port === client.port)

  expect(await asked(child.api, 'closeConnections', { ids: [row?.id ?? ''] })).toMatchObject([{ status: 'still-there' }])
  const helpers = (await nodesOf(agent)).filter((pid) => ![agent.pid, child.pid, target.pid].includes(pid))
  expect(helpers).toHaveLength(1)
  expect(await agent.command('isElevated', { pid: child.pid })).toBe(false)
  expect(await agent.command('isElevated', { pid: helpers[0] })).toBe(true)

  const startToken = view.startTokenOf(target.pid) ?? ''
  const end = { targets: [{ pid: target.pid, startToken }], confirmProtected: true }
  expect(await asked(child.api, 'endProcess', end)).toMatchObject([{ target: String(target.pid), status: 'done' }])
  await target.gone
}

async function nodesOf(agent: Agent): Promise<number[]> {
  const processes = await agent.command<Listed[]>('listProcesses')
  return processes.filter(({ name }) => name === 'node.exe').map(({ pid }) => pid)
}
