export const commandNames = ['list', 'watch', 'kill', 'close', 'explain', 'doctor'] as const
export type CommandName = (typeof commandNames)[number]
