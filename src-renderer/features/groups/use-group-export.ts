import { useCopyTable } from '../../composables/use-copy-table.ts'
import { useSaveFile } from '../../composables/use-save-file.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { useNotices } from '../../stores/notices.ts'
import type { ExportFormat } from '../../view/export/cell-writer.ts'
import type { GroupPageModel } from './group-page-model.ts'
import { groupWriter } from './group-writer.ts'

/** The file is built in memory; no machine has more groups than sockets. */
const maximumGroups = 100_000
/** Groups cost more than rows: some ask all their sockets. No key press and no frame waits longer than this takes. */
const groupsPerSlice = 250

export interface GroupExport {
  /** As text in columns, for reading and for mails. */
  copyAll(): void
  save(format: ExportFormat): Promise<void>
}

/** The groups of a page, in their order and with the columns shown. */
export function useGroupExport<Group>(model: GroupPageModel<Group>): GroupExport {
  const connections = useConnections()
  const notices = useNotices()
  const saveFile = useSaveFile()
  const copyTable = useCopyTable()
  const { clock } = useHostAccess()
  const breathe = (): Promise<void> => new Promise((resolve) => void clock.startTimer(resolve, 0))

  /** Undefined when the page was set otherwise meanwhile: groups are valid until its next look at the rows. */
  async function write(format: ExportFormat, groups: readonly Group[]): Promise<string[] | undefined> {
    const writer = groupWriter(model, format)
    const looks = model.rows.looks()
    const pieces = [writer.head]
    for (let start = 0; start < groups.length; start += groupsPerSlice) {
      if (start > 0) await breathe()
      if (model.rows.looks() !== looks) return undefined
      const lines = groups.slice(start, start + groupsPerSlice).map((group) => writer.row(group))
      pieces.push((start === 0 ? '' : writer.between) + lines.join(writer.between))
    }
    return [...pieces, writer.tail]
  }
  return {
    copyAll() {
      const shown = model.columns.value.filter(({ isDrawn }) => isDrawn !== true)
      const head = shown.map(({ title, align }) => ({ header: title, align: align === 'end' ? 'right' : 'left' }) as const)
      copyTable(head, rowsOf(model.groups(), shown))
    },
    async save(format) {
      const all = model.groups()
      connections.hold('export')
      const pieces = await write(format, all.slice(0, maximumGroups)).finally(() => void connections.release('export'))
      if (pieces === undefined) return notices.show('error', 'groups.saveInterrupted')
      saveFile(format, model.page, pieces)
      if (all.length > maximumGroups) notices.show('info', 'export.cut', { shown: maximumGroups, total: all.length })
      else notices.show('info', 'export.saved', { count: all.length })
    },
  }
  function* rowsOf(groups: readonly Group[], shown: readonly { readonly id: string }[]): Generator<string[]> {
    for (const group of groups) yield shown.map(({ id }) => model.textOf(group, id))
  }
}
