/** `sockscope serve` as a process of its own: what it prints and where, how it ends, and what it leaves behind. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('./fixtures/serve-process.ts', import.meta.url))

interface Run {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly addresses: () => string[]
  readonly ended: Promise<number | null>
}

describe('sockscope serve', () => {
  let folder: string
  let runs: Run[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sockscope-serve-'))
    mkdirSync(join(folder, 'pages'))
    writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html><title>Sockscope</title>')
    runs = []
  })
  afterEach(async () => {
    for (const { child, ended } of runs) {
      child.kill('SIGKILL')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (...args: string[]): Run => {
    const env = { ...process.env, XDG_CONFIG_HOME: folder, DISPLAY: '', WAYLAND_DISPLAY: '' }
    const child = spawn(process.execPath, [program, join(folder, 'pages'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const ended = once(child, 'close').then(([code]) => code as number | null)
    const started: Run = { child, stdout: () => out, stderr: () => err, addresses: () => out.split('\n').filter(Boolean), ended }
    runs.push(started)
    return started
  }
  const started = async (...args: string[]): Promise<Run> => {
    const one = run(...args)
    await expect.poll(() => one.addresses().length, { timeout: 10_000 }).toBe(1)
    return one
  }
  it('prints one address that lets a browser in once, and nothing else, on standard output', async () => {
    const one = await started('--port', '0')
    expect(one.stdout()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/)
    expect(one.stderr()).toContain('Only looking is allowed')
    const { origin, cookie } = await enter(one.addresses()[0])
    expect((await fetch(one.addresses()[0] ?? '')).status).toBe(403)
    expect(await (await fetch(origin, { headers: { Cookie: cookie } })).text()).toContain('<title>Sockscope</title>')
  })

  it('answers calls over the socket, says which host it is, and refuses to act', async () => {
    const one = await started('--port', '0')
    const socket = await connect(await enter(one.addresses()[0]))
    expect(await ask(socket, 'getHost')).toMatchObject({
      result: { value: { host: 'web', actionsAllowed: false, ownPids: [4242, one.child.pid] } },
    })
    expect(await ask(socket, 'endProcess', { targets: [{ pid: 1, startToken: 'x' }] })).toMatchObject({
      result: { error: { code: 'not-allowed' } },
    })
    socket.terminate()
  })

  it('keeps settings that a page changes', async () => {
    const one = await started('--port', '0')
    const socket = await connect(await enter(one.addresses()[0]))
    const heard: unknown[] = []
    socket.on('message', (data) => heard.push(JSON.parse((data as Buffer).toString())))
    socket.send(JSON.stringify({ type: 'call', id: 1, name: 'changeSettings', input: { theme: 'dark' } }))
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: 'result' }))
    expect(heard).toContainEqual(expect.objectContaining({ type: 'event', name: 'settingsChanged' }))
    expect(JSON.parse(readFileSync(join(folder, 'sockscope', 'settings.json'), 'utf8'))).toMatchObject({ settings: { theme: 'dark' } })
    socket.terminate()
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with 0 on %s, also with a window open, and takes its engine along',
    async (signal) => {
      const one = await started('--port', '0')
      const socket = await connect(await enter(one.addresses()[0]))
      const closed = once(socket, 'close')
      const children = childrenOf(one.child.pid ?? 0)
      expect(children).toHaveLength(1)
      one.child.kill(signal)
      expect(await one.ended).toBe(0)
      expect((await closed)[0]).toBe(1001)
      expect(children.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])
    },
  )

  it('takes its engine along even when it is killed without warning', async () => {
    const one = await started('--port', '0')
    const [engine] = childrenOf(one.child.pid ?? 0)
    one.child.kill('SIGKILL')
    await one.ended
    await expect.poll(() => existsSync(`/proc/${engine}`), { timeout: 5_000 }).toBe(false)
  })

  it('prints another address on SIGUSR2, and the first one stays good until it is used', async () => {
    const one = await started('--port', '0')
    expect(one.stderr()).toContain(`kill -USR2 ${one.child.pid}`)
    one.child.kill('SIGUSR2')
    await expect.poll(() => one.addresses().length).toBe(2)
    for (const address of one.addresses()) expect((await fetch(address)).status).toBe(200)
    expect(new Set(one.addresses()).size).toBe(2)
  })

  it('restarts an engine that was killed while a window is open', async () => {
    const one = await started('--port', '0')
    const socket = await connect(await enter(one.addresses()[0]))
    const links: { state: string }[] = []
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { name?: string; value: { state: string } }
      if (message.name === 'engineLink') links.push(message.value)
    })
    const [engine] = childrenOf(one.child.pid ?? 0)
    process.kill(engine ?? 0, 'SIGKILL')
    await expect.poll(() => links.at(-1)?.state, { timeout: 3_000 }).toBe('running')
    expect(links.map(({ state }) => state)).toContain('restarting')
    expect(await ask(socket, 'getHost')).toMatchObject({ result: { ok: true } })
    socket.terminate()
  })

  it('says what to do when its port is taken, and ends with 1', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    const one = run('--port', String(port))
    expect(await one.ended).toBe(1)
    expect(one.stderr()).toContain(`127.0.0.1 port ${port} is taken`)
    expect(one.stderr()).toContain('--port')
    expect(one.stdout()).toBe('')
    squatter.close()
  })

  it('takes another port when its usual one is taken', async () => {
    const first = await started()
    const second = await started()
    const ports = [first, second].map((each) => new URL(each.addresses()[0] ?? '').port)
    expect(new Set(ports).size).toBe(2)
    expect(second.stderr()).toContain('Port 7625 is taken')
  })

  it.each([
    [['--port', 'abc'], 2, '--port'],
    [['--host', 'nowhere'], 2, '--host'],
    [['--frobnicate'], 2, '--frobnicate'],
    [['--host', '192.0.2.1', '--port', '0'], 1, 'not an address of this machine'],
  ])('with %j ends with %i and says why', async (args, code, words) => {
    const one = run(...args)
    expect(await one.ended).toBe(code)
    expect(one.stderr()).toContain(words)
    expect(one.stdout()).toBe('')
  })

  it('tells its usage on standard output', async () => {
    const one = run('--help')
    expect(await one.ended).toBe(0)
    expect(one.stdout()).toContain('Usage: sockscope serve')
  })

  it('goes on when the reader of its addresses is gone', async () => {
    const one = await started('--port', '0')
    one.child.stdout?.destroy()
    one.child.kill('SIGUSR2')
    one.child.kill('SIGUSR2')
    expect((await fetch(one.addresses()[0] ?? '')).status).toBe(200)
  })

  it('resets connections of another user and says so, unless --any-local-user is given', async ({ skip }) => {
    skip(process.platform !== 'linux' || process.geteuid?.() !== 0, 'becoming another user needs root, and the kernel to tell it Linux')
    const closed = await started('--port', '0')
    expect(asNobody(closed.addresses()[0])).toContain('ECONNRESET')
    await expect.poll(() => closed.stderr()).toContain(`user number ${nobody} was refused`)
    const open = await started('--port', '0', '--any-local-user')
    expect(asNobody(open.addresses()[0])).toBe('200')
    expect(open.stderr()).not.toContain('refused')
  })

  it('says that there is nothing to open a browser on without a display', async () => {
    const one = await started('--port', '0', '--open')
    await expect.poll(() => one.stderr()).toContain('No browser can be opened')
  })
})

const nobody = 65_534
const fetchStatus = 'fetch(process.argv[1]).then(({ status }) => status, ({ cause }) => cause.code).then((text) => console.log(text))'

/** What another user's program gets from this address: a status, or the error's name. */
function asNobody(address = ''): string {
  return execFileSync(process.execPath, ['-e', fetchStatus, address], { uid: nobody, gid: nobody, cwd: '/', encoding: 'utf8' }).trim()
}

interface Session {
  readonly origin: string
  readonly cookie: string
}

async function enter(address = ''): Promise<Session> {
  const response = await fetch(address)
  return { origin: new URL(address).origin, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

async function connect({ origin, cookie }: Session): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { Origin: origin, Cookie: cookie } })
  await once(socket, 'open')
  return socket
}

/** One call's answer; events may come before it. */
function ask(socket: WebSocket, name: string, input?: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const onMessage = (data: Buffer): void => {
      const message = JSON.parse(data.toString()) as { type: string }
      if (message.type !== 'result') return
      socket.off('message', onMessage)
      resolve(message)
    }
    socket.on('message', onMessage)
    socket.send(JSON.stringify({ type: 'call', id: 1, name, input }))
  })
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number)
}

function parentOf(pid: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It ended between the listing and this look.
    return undefined
  }
}
