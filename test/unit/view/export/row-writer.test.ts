import { expect, test } from 'vitest'
import { createCellFormat } from '../../../../src-renderer/view/format.ts'
import { columnOf } from '../../../../src-renderer/view/columns.ts'
import type { CopyFormat, ExportFormat } from '../../../../src-renderer/view/export/cell-writer.ts'
import { rowWriter } from '../../../../src-renderer/view/export/row-writer.ts'
import { writeRows } from '../../../../src-renderer/view/export/write-rows.ts'
import { slotsOfIdentities } from '../../../../src-renderer/view/slots-of-identities.ts'
import { TableView } from '../../../../src-renderer/view/table-view.ts'
import { connectionAt } from '../../../../src-shared/model/connection.ts'
import { ChangeSetBuilder, type RowInput } from '../../../builders/mirror-builder.ts'

const format = createCellFormat({ locale: 'en', translate: (key) => key, stateText: (state) => state })
const columns = (['process', 'localPort', 'remoteAddress'] as const).map(columnOf)

function opened(rows: RowInput[]) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 0 })
  view.apply(builder.full(rows, 1000), 0)
  return { builder, view }
}
const many = (count: number, from = 1): RowInput[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index, local: '127.0.0.1:80', remote: '127.0.0.2:90', owner: 'a' }))

async function written(kind: CopyFormat | ExportFormat, rows: RowInput[]): Promise<string> {
  const { view } = opened(rows)
  const writer = rowWriter(kind, { view, columns, format, titleOf: ({ id }) => id })
  const result = await writeRows(view, view.visible, writer, () => Promise.resolve())
  return result?.pieces.join('') ?? ''
}

const hostile: RowInput = { local: '127.0.0.1:80', remote: '127.0.0.2:90', owner: '=cmd|"a"\t\n,![x](http://y)<b>' }

test('the columns shown become the fields, titles first where the format has titles', async () => {
  const row: RowInput = { local: '127.0.0.1:80', remote: '127.0.0.2:90', owner: 'nginx' }
  expect(await written('text', [row, { ...row, id: 2 }])).toBe('nginx\t80\t127.0.0.2\nnginx\t80\t127.0.0.2')
  expect(await written('csv', [row])).toBe('process,localPort,remoteAddress\r\nnginx,80,127.0.0.2\r\n')
  expect(await written('markdown', [row])).toBe(
    '| process | localPort | remoteAddress |\n| --- | ---: | --- |\n| nginx | 80 | 127.0.0.2 |\n',
  )
})

test('a name from outside runs no formula, loads no picture and breaks no line', async () => {
  expect(await written('text', [hostile])).toBe('\'=cmd|"a"\\x09\\x0a,![x](http://y)<b>\t80\t127.0.0.2')
  expect((await written('csv', [hostile])).split('\r\n')[1]).toBe('"\'=cmd|""a""\\x09\\x0a,![x](http://y)<b>",80,127.0.0.2')
  expect((await written('markdown', [hostile])).split('\n')[2]).toBe(
    '| =cmd\\|"a"\\\\x09\\\\x0a,\\!\\[x\\](http://y)\\<b\\> | 80 | 127.0.0.2 |',
  )
})

test('JSON is the public connections, whatever columns are shown', async () => {
  const { view } = opened([hostile, { id: 2, state: 'LISTEN' }])
  const connections = [...view.visible].map((slot) => connectionAt(view.mirror, slot))
  const rows = [hostile, { id: 2, state: 'LISTEN' } satisfies RowInput]
  expect(JSON.parse(await written('json', rows))).toEqual(connections)
  const lines = (await written('ndjson', rows)).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(connections)
  expect(JSON.parse(await written('json', []))).toEqual([])
})

test('no row that came between two slices is written in the place of one that left', async () => {
  const { view, builder } = opened(many(2500))
  const writer = rowWriter('ndjson', { view, columns, format, titleOf: ({ id }) => id })
  let pauses = 0
  const result = await writeRows(view, view.visible, writer, async () => {
    pauses += 1
    if (pauses > 1) return
    view.apply(builder.delta({ removed: Array.from({ length: 1000 }, (_, index) => 1501 + index) }), 0)
    view.apply(builder.delta({ added: many(900, 5000) }), 0)
  })
  const ids = (result?.pieces.join('') ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)
  expect([pauses, result?.count, new Set(ids).size]).toEqual([2, 1500, 1500])
  expect(ids.filter((id) => Number.parseInt(id.slice(1), 16) > 2500)).toEqual([])
})

test('nothing is written when the engine began anew, after which slots mean other rows', async () => {
  const { view } = opened(many(1500))
  const writer = rowWriter('csv', { view, columns, format, titleOf: ({ id }) => id })
  const result = await writeRows(view, view.visible, writer, async () => {
    view.apply(new ChangeSetBuilder('another').full(many(1500, 7000), 2000), 0)
  })
  expect(result).toBe(undefined)
})

test('rows are found by identity in display order, and hidden ones are not', () => {
  const { view } = opened(many(5))
  const [a, b, c] = [...view.visible].map((slot) => view.mirror.identityOf(slot))
  expect(slotsOfIdentities(view, [c, a, b, 'cffffffffffffffff'] as string[])).toEqual([...view.visible].slice(0, 3))
  const [first] = view.visible
  view.setFilter((_, slot) => slot !== first)
  expect(slotsOfIdentities(view, [a, b] as string[]).length).toBe(1)
})
