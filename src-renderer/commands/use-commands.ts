/** The one table of commands. Whatever a person can have done belongs here: it then has a place in the palette and may have a key. */
import type { Command, CommandContext } from './command.ts'
import { useAnnounceCommands } from './announce-commands.ts'
import { useDesktopCommands } from './desktop-commands.ts'
import { useExportCommands } from './export-commands.ts'
import { useFilterCommands } from './filter-commands.ts'
import { useHelpCommands } from './help-commands.ts'
import { useLayoutCommands } from './layout-commands.ts'
import { usePageCommands, useReferenceCommands } from './page-commands.ts'
import { usePartCommands } from './part-commands.ts'
import { useRowCommands } from './row-commands.ts'
import { useSettingCommands } from './setting-commands.ts'
import { useViewCommands } from './view-commands.ts'
import { useTableCommands } from './table-commands.ts'

export function useCommands(context: CommandContext): readonly Command[] {
  return [
    ...usePageCommands(context),
    ...usePartCommands(),
    ...useViewCommands(),
    ...useTableCommands(),
    ...useAnnounceCommands(context),
    ...useFilterCommands(context),
    ...useRowCommands(context),
    ...useExportCommands(),
    ...useLayoutCommands(),
    ...useHelpCommands(),
    ...useSettingCommands(),
    ...useDesktopCommands(context),
    ...useReferenceCommands(),
  ]
}
