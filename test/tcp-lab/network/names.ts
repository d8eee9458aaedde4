/** Names of namespaces carry the pid of their maker, so that what a killed one left behind can be told from what is in use. */
const family = 'sockscope-lab-'

export const namespacePrefix = (makerPid: number): string => `${family}${makerPid}-`

/** The maker's pid; undefined for a namespace that is not ours. */
export function makerOf(name: string): number | undefined {
  const match = /^sockscope-lab-(\d+)-/.exec(name)
  return match === null ? undefined : Number(match[1])
}
