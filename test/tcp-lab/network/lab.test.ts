/** The lab itself: its cable can be cut, its programs do as told, and nothing of it stays behind however its maker ends. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wait } from '../../live/engine/engine-under-test.ts'
import { openLab } from './lab.ts'
import { makerOf, namespacePrefix } from './names.ts'
import type { Pair } from './pair.ts'
import type { Peer } from './peer.ts'

interface Held {
  readonly kind: string
  readonly namespaces: readonly string[]
  readonly pids: readonly number[]
}

const lab = await openLab()
afterAll(() => {
  if (!('unavailable' in lab)) lab.close()
})
beforeEach(({ skip }) => {
  if ('unavailable' in lab) skip(lab.unavailable)
})

describe('the cable', () => {
  let pair: Pair
  let server: Peer
  let client: Peer
  const SYN_SENT = 2
  const ESTABLISHED = 1

  beforeAll(async () => {
    if ('unavailable' in lab) return
    pair = await lab.pair({ addresses: 3 })
    server = await pair.server.peer()
    client = await pair.client.peer()
  })

  it.each([4, 6] as const)('is cut for one address and one direction, and heals (IPv%i)', async (family) => {
    const listener = await server.listen({ family, port: 7000 })
    const connect = (index: number, waits: boolean) =>
      client.connect({
        family,
        host: pair.serverAddress(family, index),
        port: 7000,
        localAddress: pair.clientAddress(family, index),
        waits,
      })
    pair.cut('to-server', family, 2)
    const lost = await connect(2, false)
    const other = await connect(1, true)
    expect([await lost.kernelState(), await other.kernelState()]).toEqual([SYN_SENT, ESTABLISHED])
    const accepted = await listener.accepted(other)
    pair.cut('to-client', family, 1)
    await accepted.write(100)
    await other.write(50)
    await expect.poll(async () => accepted.read(), { timeout: 10_000 }).toEqual({ bytes: 50, ended: false })
    expect(await other.read()).toEqual({ bytes: 0, ended: false })
    pair.heal('to-client', family, 1)
    pair.heal('to-server', family, 2)
    await expect.poll(async () => other.read(), { timeout: 10_000 }).toEqual({ bytes: 100, ended: false })
    await lost.untilKernelState(ESTABLISHED)
  })

  it('a program says which call failed and why', async () => {
    await expect(client.connect({ family: 4, host: pair.serverAddress(4, 3), port: 9 })).rejects.toThrow('connect: ECONNREFUSED')
    await expect(server.bind({ family: 4, address: pair.clientAddress(4, 1), port: 9 })).rejects.toThrow('bind: ')
  })

  it('a setting holds in its namespace alone', () => {
    const before = readFileSync('/proc/sys/net/ipv4/tcp_fin_timeout', 'utf8').trim()
    pair.server.setSetting('net.ipv4.tcp_fin_timeout', Number(before) + 7)
    expect(pair.server.readSetting('net.ipv4.tcp_fin_timeout')).toBe(String(Number(before) + 7))
    expect(pair.client.readSetting('net.ipv4.tcp_fin_timeout')).toBe(before)
    expect(readFileSync('/proc/sys/net/ipv4/tcp_fin_timeout', 'utf8').trim()).toBe(before)
  })

  it('a program has the limit on open files that was asked for', async () => {
    const limited = await pair.server.peer({ openFiles: 60 })
    expect(await limited.openDescriptors(1000)).toBeLessThan(60)
    await limited.stop()
  })
})

describe('of a lab', () => {
  it.each(['close', 'SIGTERM', 'SIGINT'] as const)('nothing is left after %s', async (end) => {
    const { maker, held } = await holder()
    const isVisible = held.kind === 'machine'
    expect(held.namespaces.every((name) => namesOnMachine().includes(name))).toBe(isVisible)
    const ended = once(maker, 'exit')
    if (end === 'close') maker.stdin!.write('close\n')
    else maker.kill(end)
    expect((await ended)[1]).toBe(end === 'close' ? null : end)
    await untilGone(held)
    expect(namesOnMachine().filter((name) => held.namespaces.includes(name))).toEqual([])
  })

  it('whose maker was killed, the next lab removes what is left', async () => {
    const { maker, held } = await holder()
    const ended = once(maker, 'exit')
    maker.kill('SIGKILL')
    await ended
    // The programs read their orders from their maker, and end with it.
    await untilGone(held)
    const next = await openLab()
    expect(next).not.toHaveProperty('unavailable')
    expect(namesOnMachine().filter((name) => held.namespaces.includes(name))).toEqual([])
    if (!('unavailable' in next)) next.close()
  })

  it('that is in use, the next one leaves everything alone', async () => {
    const { maker, held } = await holder()
    const next = await openLab()
    await wait(50)
    expect(held.pids.every(isRunning)).toBe(true)
    expect(namesOnMachine().filter((name) => held.namespaces.includes(name))).toHaveLength(held.kind === 'machine' ? 2 : 0)
    if (!('unavailable' in next)) next.close()
    const ended = once(maker, 'exit')
    maker.kill('SIGTERM')
    await ended
  })
})

describe('where no lab can be', () => {
  it('the reason is told', () => {
    const program = `import { openLab } from ${JSON.stringify(new URL('lab.ts', import.meta.url).href)}; console.log(JSON.stringify(await openLab()))`
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { PATH: '/nowhere' }, encoding: 'utf8' })
    expect(JSON.parse(out)).toEqual({ unavailable: expect.stringContaining('"ip" tool') as string })
  })
})

describe('the names of namespaces', () => {
  it('tell their maker, and those of others tell none', () => {
    expect(makerOf(`${namespacePrefix(123)}4-server`)).toBe(123)
    expect(['vpn', 'sockscope-lab-x-1', 'my-sockscope-lab-12-1', ''].map(makerOf)).toEqual([undefined, undefined, undefined, undefined])
  })
})

async function holder(): Promise<{ maker: ChildProcess; held: Held }> {
  const script = fileURLToPath(new URL('fixtures/lab-holder.ts', import.meta.url))
  const maker = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(maker.stdout, 'data')) as [Buffer]
  return { maker, held: JSON.parse(line.toString()) as Held }
}

function namesOnMachine(): string[] {
  return existsSync('/run/netns') ? readdirSync('/run/netns') : []
}

async function untilGone({ pids }: Held): Promise<void> {
  for (const pid of pids) await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
}

function isRunning(pid: number): boolean {
  try {
    // A zombie that nobody has waited for yet is not running any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
