/** Field 22 of /proc/PID/stat (proc_pid_stat(5)): the start in clock ticks since boot. Undefined when the text is none. */
export function linuxStartToken(stat: string): string | undefined {
  // The second field is the name in parentheses and may itself hold parentheses and spaces: count from the last one.
  const afterName = stat.lastIndexOf(')')
  if (afterName < 0) return undefined
  const token = stat.slice(afterName + 2).split(' ')[startField - firstFieldAfterName]
  return token !== undefined && /^\d+$/.test(token) ? token : undefined
}

const firstFieldAfterName = 3
const startField = 22
