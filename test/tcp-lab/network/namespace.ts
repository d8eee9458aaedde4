/** One network namespace: run programs in it, set its settings, and be rid of it with all that runs there. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { undoAtTheEnd } from './cleanup.ts'
import { openEngine, type EngineInNamespace, type EngineOptions } from './engine-in-namespace.ts'
import type { Ground } from './ground.ts'
import { openPeer, type Peer, type PeerOptions } from './peer.ts'

export interface ProgramResult {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

export class Namespace {
  readonly name: string
  readonly #ground: Ground
  readonly #programs = new Set<ChildProcess>()
  readonly #remove: () => void

  constructor(ground: Ground, name: string) {
    this.name = name
    this.#ground = ground
    runOrThrow([...ground.prefix, 'ip', 'netns', 'add', name])
    this.#remove = undoAtTheEnd(() => {
      for (const program of this.#programs) program.kill('SIGKILL')
      const [command = '', ...args] = [...ground.prefix, 'ip', 'netns', 'del', name]
      spawnSync(command, args)
    })
    this.ip(['link', 'set', 'lo', 'up'])
  }

  /** The command line that runs `command` in this namespace: first the program, then its arguments. */
  commandLine(command: string, args: readonly string[] = []): readonly [string, ...string[]] {
    const [first = '', ...rest] = [...this.#ground.prefix, 'ip', 'netns', 'exec', this.name, command, ...args]
    return [first, ...rest]
  }

  /** `ip` with these words each, in one process; throws what it complains about. */
  ip(...commands: readonly (readonly string[])[]): void {
    const batch = commands.map((words) => words.join(' ')).join('\n')
    runOrThrow([...this.#ground.prefix, 'ip', '-n', this.name, '-batch', '-'], batch)
  }

  /** Runs a program to its end. */
  run(command: string, args: readonly string[] = []): Promise<ProgramResult> {
    const program = this.start(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let error = ''
    program.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
    program.stderr?.setEncoding('utf8').on('data', (text: string) => (error += text))
    return new Promise((resolve, reject) => {
      program.once('error', reject)
      program.once('close', (code) => resolve({ code, out, error }))
    })
  }

  /**
   * Starts a program, which is killed with the namespace. Its pid is that of `command`: `ip netns exec` becomes the program. It has a
   * session of its own, so that Ctrl+C reaches the maker alone, who removes things in their order.
   */
  start(command: string, args: readonly string[] = [], options: SpawnOptions = {}): ChildProcess {
    const [first, ...rest] = this.commandLine(command, args)
    const program = spawn(first, rest, { detached: true, ...options })
    this.#programs.add(program)
    program.once('exit', () => this.#programs.delete(program))
    return program
  }

  /** A program that opens and moves sockets as it is told. */
  peer(options: PeerOptions = {}): Promise<Peer> {
    return openPeer(this, options)
  }

  /** Sockscope's engine, looking at this namespace. */
  engine(options: EngineOptions = {}): Promise<EngineInNamespace> {
    return openEngine(this, options)
  }

  /** Sets a setting of sysctl(8) by its dotted name, like `net.ipv4.tcp_fin_timeout`; only network settings belong to a namespace. */
  setSetting(name: string, value: string | number): void {
    const path = `/proc/sys/${name.replaceAll('.', '/')}`
    runOrThrow(this.commandLine('sh', ['-c', 'printf %s "$2" > "$1"', 'sh', path, String(value)]))
  }

  readSetting(name: string): string {
    return runOrThrow(this.commandLine('cat', [`/proc/sys/${name.replaceAll('.', '/')}`])).trim()
  }

  close(): void {
    this.#remove()
  }
}

function runOrThrow([command = '', ...args]: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', input })
  if (status === 0) return stdout
  throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr.trim()}${input === '' ? '' : `\n${input}`}`)
}
