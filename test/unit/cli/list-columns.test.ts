import { expect, it } from 'vitest'
import { listColumnNames, type ListColumnName } from '../../../src-main/cli/list-columns.ts'
import { columnIds, type ColumnId } from '../../../src-renderer/view/column-id.ts'
import { run } from './run-cli.ts'

/** What the columns of the window are called here. The rest bear the same name, written with hyphens. */
const otherNames: Partial<Record<ColumnId, ListColumnName>> = {
  localEndpoint: 'local',
  remoteEndpoint: 'remote',
  roundTrip: 'rtt',
  timeInState: 'state-since',
  ownerNote: 'visibility',
}
/** A single look has none. */
const needTwoLooks: ReadonlySet<ColumnId> = new Set(['receiveRate', 'sendRate'])

it('has a column for everything that the window shows', () => {
  const wanted = columnIds.filter((id) => !needTwoLooks.has(id))
  const names = wanted.map((id) => otherNames[id] ?? id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  expect(names.filter((name) => !(listColumnNames as string[]).includes(name))).toEqual([])
})

it('fills every column that a row can fill, with the words and units of JSON', async () => {
  const at = Date.parse('2026-11-21T04:00:00.000Z')
  const { out } = await run(
    [
      'list',
      '--csv',
      '--columns',
      'owners,first-seen,state-since,last-received,last-sent,accept-queue,backlog,unanswered,segments-sent',
      '--sort',
      'local-port',
    ],
    {
      rows: [
        {
          local: '127.0.0.1:1',
          owners: [{ pid: 7 }, { pid: 8 }],
          receiveQueue: 3,
          sendQueue: 128,
          firstSeenAt: at,
          stateSinceAt: at + 250,
        },
        {
          local: '127.0.0.1:2',
          remote: '127.0.0.1:1',
          receivedBytes: 1,
          sentBytes: 2,
          lastReceivedSeconds: at / 1000,
          lastSentSeconds: at / 1000 + 1,
          receiveQueue: 9,
          unanswered: 2,
          segmentsSent: 12,
          firstSeenAt: at,
          stateSinceAt: Number.NaN,
        },
      ],
    },
  )
  expect(out.trimEnd().split('\r\n').slice(1)).toEqual([
    '2,2026-11-21T04:00:00.000Z,2026-11-21T04:00:00.250Z,,,3,128,,',
    ',2026-11-21T04:00:00.000Z,,2026-11-21T04:00:00.000Z,2026-11-21T04:00:01.000Z,,,2,12',
  ])
})
