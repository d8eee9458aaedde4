/**
 * The lab: private networks on this machine in which the kernel is brought into any TCP state. Nothing outside is touched, and
 * everything is removed with it: by `close`, when this process ends, or by the next lab's sweep.
 */
import { readdirSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { undoAtTheEnd } from './cleanup.ts'
import { openGround, type Ground, type Unavailable } from './ground.ts'
import { makerOf, namespacePrefix } from './names.ts'
import { Namespace } from './namespace.ts'
import { makePair, type Pair } from './pair.ts'

export interface Lab {
  /** `machine` for root, `user-namespace` for everyone else. */
  readonly kind: Ground['kind']
  /** Two namespaces joined by a cable. */
  pair(options?: { readonly addresses?: number }): Promise<Pair>
  /** A namespace with nothing but loopback. */
  loopback(): Namespace
  close(): void
}

export async function openLab(): Promise<Lab | Unavailable> {
  const ground = await openGround()
  if ('unavailable' in ground) return ground
  sweep(ground)
  const leave = undoAtTheEnd(() => ground.close())
  const made: { close(): void }[] = []
  return {
    kind: ground.kind,
    pair: async ({ addresses } = {}) => {
      const pair = await makePair(ground, nextName(), addresses)
      made.push(pair)
      return pair
    },
    loopback: () => {
      const namespace = new Namespace(ground, nextName())
      made.push(namespace)
      return namespace
    },
    close: () => {
      for (const one of made.splice(0).toReversed()) one.close()
      leave()
    },
  }
}

/** Of this process, not of one lab: two labs of one process must not give the same name twice. */
let lastNumber = 0
const nextName = (): string => `${namespacePrefix(process.pid)}${(lastNumber += 1)}`

/** Removes namespaces whose maker is no more. Those of a user namespace went with their maker. */
function sweep({ kind }: Ground): void {
  if (kind !== 'machine') return
  for (const name of namespaceNames()) {
    const maker = makerOf(name)
    if (maker === undefined || isRunning(maker)) continue
    const { stdout } = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
    for (const pid of stdout.split(/\s+/).filter((word) => /^\d+$/.test(word))) endQuietly(Number(pid))
    spawnSync('ip', ['netns', 'del', name])
  }
}

/** The place is ip-netns(8)'s; it does not exist before the first namespace. */
function namespaceNames(): string[] {
  try {
    return readdirSync('/run/netns')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
