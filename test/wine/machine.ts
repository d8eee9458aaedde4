/**
 * A small Linux machine with Wine in it: mounts and a network of its own, made by `unshare` before this program starts. It starts the
 * agent under a Windows Node, passes its messages on to the tests, and ends everything in its network when the tests are done.
 *
 * The wineserver owns all sockets of Windows programs, so it has to be started in here: it is the reason for the whole arrangement.
 */
import { spawn, spawnSync } from 'node:child_process'
import { openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { insideFolder, type FromMachine, type MachinePlan, type ToMachine } from './machine-messages.ts'

const { tree, folder } = JSON.parse(process.argv[2] ?? '{}') as MachinePlan
const logFile = join(folder, 'agent.log')
/** Making a Windows installation takes 5 s on two idle cores. */
const prefixLimitMs = 90_000
const toolLimitMs = 20_000
const goodbyeLimitMs = 3_000
const outputLimit = 32 * 1024 * 1024
const wineEnv = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin', // chroot itself is looked for here too
  HOME: insideFolder,
  WINEPREFIX: `${insideFolder}/prefix`,
  WINESERVER: '/usr/lib/wine/wineserver64',
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
}
const systemPath = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
const agents = new Map<number, Socket>()
let ending = false

process.on('message', (message) => receive(message as ToMachine))
process.on('disconnect', end)
process.on('SIGTERM', end)
try {
  prepareMachine()
  startAgent()
} catch (error) {
  tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) })
}

function receive(message: ToMachine): void {
  if (message.type === 'text') agents.get(message.agent)?.write(`${message.text}\n`)
  else if (message.type === 'run') run(message)
  else end()
}

function prepareMachine(): void {
  must('ip', ['link', 'set', 'lo', 'up'])
  // The first process of a namespace of processes; `ss` and Wine read there who is who.
  if (process.pid === 1) must('mount', ['-t', 'proc', 'proc', '/proc'])
  for (const name of ['proc', 'dev']) must('mount', ['--rbind', `/${name}`, join(tree, name)])
  must('mount', ['-t', 'tmpfs', 'none', join(tree, 'tmp')])
  must('mount', ['-t', 'tmpfs', 'none', join(tree, 'run')])
  must('mkdir', [join(tree, insideFolder)])
  must('mount', ['--bind', folder, join(tree, insideFolder)])
  must('chroot', [tree, '/usr/lib/wine/wine64', 'wineboot', '-i'], prefixLimitMs, wineEnv)
}

function must(file: string, args: readonly string[], timeout = toolLimitMs, env: NodeJS.ProcessEnv = systemPath): void {
  // Not a pipe for what Wine prints: its server, which outlives the program, would keep it open.
  const { status, error } = spawnSync(file, args, { env, timeout, stdio: 'ignore' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`)
}

function startAgent(): void {
  const server = createServer(accept)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    const args = [tree, '/usr/lib/wine/wine64', `${insideFolder}/node.exe`, `Z:${insideFolder}/agent.cjs`, String(port)]
    // Files, because a Windows Node cannot open a pipe as its standard output under Wine.
    const log = openSync(logFile, 'w')
    const wine = spawn('chroot', args, { env: { ...systemPath, ...wineEnv }, stdio: ['ignore', log, log] })
    wine.once('error', (error) => tell({ type: 'failed', reason: error.message }))
    wine.once('exit', (code, signal) => {
      if (!ending) tell({ type: 'failed', reason: `The Windows Node ended: ${code ?? signal}\n${readFileSync(logFile, 'utf8')}` })
    })
  })
}

function accept(socket: Socket): void {
  const agent = socket.remotePort as number
  agents.set(agent, socket)
  tell({ type: 'agent', agent })
  createInterface({ input: socket }).on('line', (text) => tell({ type: 'text', agent, text }))
  socket.on('error', () => {}) // an agent that was ended; `close` follows
  socket.on('close', () => {
    agents.delete(agent)
    tell({ type: 'gone', agent })
  })
}

function run({ id, file, args }: Extract<ToMachine, { type: 'run' }>): void {
  const startedAt = performance.now()
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    env: systemPath,
    timeout: toolLimitMs,
    maxBuffer: outputLimit,
    encoding: 'utf8',
  })
  const tookMs = performance.now() - startedAt
  const failed = status === 0 ? {} : { error: error?.message ?? `${file}: ${stderr}` }
  tell({ type: 'ran', id, output: stdout, tookMs, ...failed })
}

function tell(message: FromMachine): void {
  if (process.connected) process.send?.(message)
}

/** The wineserver ends by itself after its last program, but late; nothing in this network is anybody else's. */
function end(): void {
  if (ending) return
  ending = true
  for (const socket of agents.values()) socket.destroy()
  spawnSync('chroot', [tree, wineEnv.WINESERVER, '-k'], { env: { ...systemPath, ...wineEnv }, timeout: goodbyeLimitMs, stdio: 'ignore' })
  for (const pid of inThisNetwork()) kill(pid)
  process.exit(0)
}

function inThisNetwork(): number[] {
  const own = readlinkSync('/proc/self/ns/net')
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
  return pids.filter((pid) => networkOf(pid) === own)
}

function networkOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return undefined // ended, or another user's
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile, as it should.
  }
}
