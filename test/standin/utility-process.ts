import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { records } from './records.ts'
import { strict } from './strict.ts'

/** A Node process of its own, so that it can crash, hang and be killed like Electron's. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #name: string
  #ended = false
  constructor(entry: string, argv: readonly string[] = [], { serviceName = 'utility', env }: Electron.ForkOptions = {}) {
    super()
    this.#name = serviceName
    this.#child = fork(fileURLToPath(new URL('utility.mjs', import.meta.url)), [entry, ...argv], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(env && { env: env as NodeJS.ProcessEnv }),
    })
    if (this.#child.pid !== undefined) records.utilities.set(serviceName, this.#child.pid)
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code, signal) => this.#end(code ?? (signal === null ? 1 : constants.signals[signal])))
    this.#child.on('error', (error) => this.emit('error', error))
  }
  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child.pid
  }
  postMessage = (message: unknown): void => {
    if (this.#child.connected) this.#child.send(message as object, () => {}) // lost when it has just ended, as in Electron
  }
  kill = (): boolean => this.#child.kill()
  #end(code: number): void {
    this.#ended = true
    records.utilities.delete(this.#name)
    this.emit('exit', code)
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork: (...args: ConstructorParameters<typeof UtilityProcess>): UtilityProcess => new UtilityProcess(...args),
})
