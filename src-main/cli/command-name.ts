export const commandNames = [
  'list',
  'watch',
  'kill',
  'close',
  'explain',
  'doctor',
  'stats',
  'interfaces',
  'routes',
  'gauges',
  'diagnose',
  'trace',
] as const
export type CommandName = (typeof commandNames)[number]
