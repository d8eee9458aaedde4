/** In the order of the palette and of the list of shortcuts. */
export const commandGroups = ['pages', 'table', 'filter', 'rows', 'watch', 'settings', 'help'] as const
export type CommandGroup = (typeof commandGroups)[number]
