/** The page under measurement: the real view and the real table, driven by the worker and by run.mjs through `window.bench`. */
import { createApp, h, markRaw, ref, shallowRef } from 'vue'
import ConnectionTable from '../../../src-renderer/features/connection-table/ConnectionTable.vue'
import { tableColumns } from '../../../src-renderer/view/columns.ts'
import { createCellFormat } from '../../../src-renderer/view/format.ts'
import { TableView, type ColumnId, type SortOrder } from '../../../src-renderer/view/table-view.ts'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import { compileQuery, parseQuery } from '../../../src-shared/query/index.ts'
import type { FromWorker, ToWorker } from './messages.ts'

const rows = Number(new URLSearchParams(location.search).get('rows'))
const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' })
const send = (message: ToWorker): void => worker.postMessage(message)

const view = markRaw(new TableView({ highlightMs: 2000 }))
const version = ref(0)
const sort = shallowRef<SortOrder>({ column: 'sendRate', descending: true })
const columns = tableColumns.filter((column) => column.shown)
const format = createCellFormat({ locale: 'en', translate: (key) => key, stateText: (state) => state })
const labels = { table: 'Connections', columns: Object.fromEntries(tableColumns.map(({ id }) => [id, id])) as Record<ColumnId, string> }

/** Resolves when the frame that shows what was done before has been handed over. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve()
      port2.postMessage(0)
    })
  })

let expiry: ReturnType<typeof setTimeout> | undefined
function apply(set: ChangeSet): void {
  const outcome = view.apply(set, performance.now())
  if (!outcome.ok) throw new Error(outcome.reason)
  version.value += 1
  expireLater()
}

function expireLater(): void {
  clearTimeout(expiry)
  const at = view.nextExpiryAt()
  if (at === undefined) return
  expiry = setTimeout(
    () => {
      if (view.expire(performance.now())) version.value += 1
      expireLater()
    },
    Math.max(0, at - performance.now()),
  )
}

async function showFirst(set: ChangeSet): Promise<void> {
  const start = performance.now()
  view.setSort(sort.value)
  apply(set)
  const table = () => h(ConnectionTable, { view, version: version.value, columns, sort: sort.value, format, labels })
  createApp({ render: table }).mount('#app')
  await painted()
  bench.firstPaintMs = performance.now() - start
}

const scroller = (): HTMLElement => document.querySelector('.connection-table') as HTMLElement
let ended: (() => void) | undefined

const bench = {
  firstPaintMs: undefined as number | undefined,
  run: (phase: string, intervalMs: number, sets: number): Promise<void> =>
    new Promise((resolve) => {
      ended = resolve
      send({ kind: 'run', phase, intervalMs, sets })
    }),
  sortBy: async (column: ColumnId, descending: boolean): Promise<number> => {
    const start = performance.now()
    sort.value = { column, descending }
    view.setSort(sort.value)
    version.value += 1
    await painted()
    return performance.now() - start
  },
  /** Milliseconds from each key to the frame that shows its answer. */
  type: async (texts: readonly string[], pauseMs: number): Promise<number[]> => {
    const answers: number[] = []
    for (const text of texts) {
      const start = performance.now()
      const outcome = parseQuery(text)
      if (!outcome.ok) throw new Error(text)
      view.setFilter(
        text === '' ? undefined : compileQuery(outcome.query, { now: Date.now, highlightOf: (slot) => view.highlightOf(slot) }),
      )
      version.value += 1
      await painted()
      answers.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    return answers
  },
  /** Scrolls two rows a frame, back and forth; the gaps between the frames in milliseconds. */
  scroll: (durationMs: number): Promise<number[]> =>
    new Promise((resolve) => {
      const gaps: number[] = []
      const start = performance.now()
      let last: number | undefined
      let step = 48
      const frame = (time: number): void => {
        if (last !== undefined) gaps.push(time - last)
        last = time
        const at = scroller().scrollTop
        if (at > 60_000) step = -48
        if (at <= 0) step = 48
        scroller().scrollTop = at + step
        if (performance.now() - start < durationMs) requestAnimationFrame(frame)
        else resolve(gaps)
      }
      requestAnimationFrame(frame)
    }),
  /** What is on screen, to check that what was measured was a table and not a blank. */
  check: (): { shown: number; painted: number; sorted: boolean } => {
    const keys = [...view.visible.subarray(0, 2000)].map((slot) => view.sortKeyOf(slot))
    return {
      shown: view.visibleCount,
      painted: document.querySelectorAll('.connection-row:not([hidden]) .cell-localPort').length,
      sorted: keys.every((key, index) => index === 0 || key >= (keys[index - 1] as number)),
    }
  },
}
export type Bench = typeof bench
Object.assign(globalThis, { bench })

worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
  if (data.kind === 'first') void showFirst(data.set)
  else if (data.kind === 'ended') {
    performance.mark(`end|${data.phase}`)
    ended?.()
  } else {
    performance.mark(`set|${data.phase}`)
    apply(data.set)
  }
}
send({ kind: 'start', rows })
