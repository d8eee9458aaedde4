/**
 * Where network namespaces can be made: on the machine itself for root, else in a user namespace of our own (user_namespaces(7)),
 * which a keeper process holds open together with a private /run for the names that `ip netns` keeps (ip-netns(8)).
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { namespacePrefix } from './names.ts'

export interface Ground {
  readonly kind: 'machine' | 'user-namespace'
  /** What stands before a command so that it runs here; nothing on the machine itself. */
  readonly prefix: readonly string[]
  close(): void
}

export interface Unavailable {
  /** A sentence for people: why no namespace can be made here. */
  readonly unavailable: string
}

export async function openGround(): Promise<Ground | Unavailable> {
  if (process.platform !== 'linux') return { unavailable: 'network namespaces exist on Linux only' }
  const tool = spawnSync('ip', ['-V'], { encoding: 'utf8' })
  if (tool.error !== undefined) return { unavailable: `the "ip" tool (iproute2) cannot be run: ${tool.error.message}` }
  const onMachine = process.geteuid?.() === 0 ? tryMachine() : 'not root'
  if (onMachine === undefined) return { kind: 'machine', prefix: [], close: () => {} }
  const ground = await tryUserNamespace()
  if (typeof ground !== 'string') return ground
  return { unavailable: `no namespace on this machine (${onMachine}), and none in a user namespace (${ground})` }
}

/** Undefined when a namespace can be made and entered. Containers may let root do the one and not the other. */
function tryMachine(): string | undefined {
  const name = `${namespacePrefix(process.pid)}probe`
  const refused = complaintOf('netns', 'add', name) ?? complaintOf('netns', 'exec', name, 'true')
  complaintOf('netns', 'del', name)
  return refused
}

function complaintOf(...words: readonly string[]): string | undefined {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' })
  return status === 0 ? undefined : oneLine(stderr)
}

const keeperText = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add probe && ip netns del probe && echo ready && exec cat'

async function tryUserNamespace(): Promise<Ground | string> {
  const keeper = spawn('unshare', ['--user', '--map-root-user', '--net', '--mount', 'sh', '-c', keeperText], { stdio: 'pipe' })
  let complaint = ''
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  keeper.stdin.on('error', () => {}) // it may have ended already
  const ready = once(keeper.stdout, 'data')
  const failed = new Promise<string>((resolve) => {
    keeper.once('error', ({ message }) => resolve(message))
    keeper.once('close', () => resolve(oneLine(complaint) || 'unshare ended'))
  })
  const reason = await Promise.race([ready.then(() => undefined), failed])
  if (reason !== undefined) return reason
  keeper.unref()
  keeper.stdout.destroy()
  keeper.stderr.destroy()
  return {
    kind: 'user-namespace',
    prefix: ['nsenter', '--target', String(keeper.pid), '--user', '--net', '--mount', '--preserve-credentials', '--'],
    // Everything in the private /run goes with the last process there.
    close: () => keeper.stdin.end(),
  }
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, '; ')
