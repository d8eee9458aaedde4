/** Attacks by other users of this machine: with a stolen cookie, and by filling the host's places. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPeerCheck } from '../../src-main/server/peer-check.ts'
import { PeerUserQuery } from '../../src-main/sources/linux/peer-user.ts'
import { get, startTestHost, type TestHost } from './start-test-host.ts'

const nobody = 65_534
const isLinux = process.platform === 'linux'
const isRoot = process.geteuid?.() === 0
const needsRoot = 'becoming another user needs root; test/unit/server tests the same decisions without a kernel'

/** Connects argv[2] times from argv[3] or from wherever, sends a request with the cookie argv[4], and tells what became of each. */
const intruder = `
  const { connect } = require('node:net')
  const [port, count, localAddress, cookie] = process.argv.slice(1)
  const attempts = Array.from({ length: Number(count) }, () => new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), ...(localAddress && { localAddress }) })
    let heard = ''
    socket.on('connect', () => { if (cookie) socket.write('GET / HTTP/1.1\\r\\nHost: 127.0.0.1:' + port + '\\r\\nCookie: ' + cookie + '\\r\\n\\r\\n') })
    socket.on('data', (bytes) => { heard += bytes; socket.destroy() })
    socket.on('error', (error) => { heard += error.code })
    socket.on('close', () => resolve(heard))
  }))
  Promise.all(attempts).then((heard) => process.stdout.write(JSON.stringify(heard)))
`

describe.runIf(isLinux)('a host for one user', () => {
  let host: TestHost
  let said: string[]
  let query: PeerUserQuery
  let children: ChildProcess[]
  beforeEach(async () => {
    said = []
    children = []
    query = new PeerUserQuery()
    const own = new Set([process.geteuid?.() ?? 0])
    const check = { findUser: query.find.bind(query), allowedUsers: own, say: (text: string) => void said.push(text) }
    host = await startTestHost({ admits: createPeerCheck(check) })
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    await host.close()
    query.close()
  })
  const intrude = async ({ count = 1, from = '', cookie = '', user = nobody } = {}): Promise<string[]> => {
    const args = ['-e', intruder, String(host.port), String(count), from, cookie]
    const child = spawn(process.execPath, args, { uid: user, gid: user, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
    await once(child, 'close')
    return JSON.parse(text) as string[]
  }

  it('serves its own user, over any loopback address', async () => {
    const cookie = await host.newCookie()
    expect((await get(host, '/', { headers: { Cookie: cookie } })).status).toBe(200)
    const user = process.geteuid?.() ?? 0
    expect((await intrude({ from: '127.0.0.9', cookie, user }))[0]).toContain('200 OK')
    expect(said).toEqual([])
  })

  it('resets a connection of another user before it reads, also with a good cookie', async ({ skip }) => {
    skip(!isRoot, needsRoot)
    const cookie = await host.newCookie()
    expect(await intrude({ cookie })).toEqual(['ECONNRESET'])
    expect(await intrude({ from: '127.0.0.9', cookie })).toEqual(['ECONNRESET'])
    expect(said).toEqual([expect.stringContaining(String(nobody))])
    expect(host.defects).toEqual([])
  })

  it('keeps its places for its own user while another one wants them all', async ({ skip }) => {
    skip(!isRoot, needsRoot)
    const cookie = await host.newCookie()
    const flood = intrude({ count: 300 })
    const answers = await Promise.all(Array.from({ length: 10 }, () => get(host, '/', { headers: { Cookie: cookie } })))
    expect(new Set(await flood)).toEqual(new Set(['ECONNRESET']))
    expect((await get(host, '/', { headers: { Cookie: cookie } })).status).toBe(200)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  })
})

describe.runIf(isLinux)('the user at the other end', () => {
  it('is none for an address nobody has a connection from, and not whoever listens there', async () => {
    const query = new PeerUserQuery()
    const host = await startTestHost()
    const socket = createConnection({ host: '127.0.0.1', port: host.port })
    await once(socket, 'connect')
    const { localPort = 0 } = socket
    const connection = { localAddress: '127.0.0.1', localPort: host.port, remoteAddress: '127.0.0.1', remotePort: localPort }
    expect(query.find(connection)).toEqual({ userId: process.geteuid?.() })
    expect(query.find({ ...connection, localAddress: '::ffff:127.0.0.1', remoteAddress: '::ffff:127.0.0.1' })).toEqual({
      userId: process.geteuid?.(),
    })
    expect(query.find({ ...connection, localPort: 1, remotePort: host.port })).toBe('none')
    socket.destroy()
    await host.close()
    query.close()
  })
})
