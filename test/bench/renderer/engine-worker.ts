/** Stands for the engine and the transport: sends change sets at a steady pace, each made while the page has nothing to do. */
import { seededRandom } from '../../unit/view/random.ts'
import { SimulatedTable } from './simulated-table.ts'
import type { FromWorker, ToWorker } from './messages.ts'

interface WorkerScope {
  onmessage: ((event: { data: ToWorker }) => void) | null
  postMessage: (message: FromWorker, transfer: ArrayBuffer[]) => void
}
const scope = globalThis as unknown as WorkerScope
const seed = 12_345

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

async function run(table: SimulatedTable, { phase, intervalMs, sets }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  const start = performance.now()
  for (let index = 0; index < sets; index += 1) {
    await pause(start + (index + 0.55) * intervalMs - performance.now())
    const set = table.delta(intervalMs)
    await pause(start + (index + 1) * intervalMs - performance.now())
    scope.postMessage({ kind: 'changes', phase, set }, [set.bytes.buffer])
  }
  await pause(intervalMs)
  scope.postMessage({ kind: 'ended', phase }, [])
}

let table: SimulatedTable | undefined
scope.onmessage = ({ data }) => {
  if (data.kind === 'run') {
    if (table !== undefined) void run(table, data)
    return
  }
  table = new SimulatedTable(data.rows, seededRandom(seed))
  const set = table.full()
  scope.postMessage({ kind: 'first', set }, [set.bytes.buffer])
}
