/** Why a process must not be ended in one step: it is Sockscope itself, or the first process of the system. */
export function protectionOf(pid: number, isOwn: (pid: number) => boolean): 'self' | 'init' | undefined {
  if (pid === 1) return 'init'
  return isOwn(pid) ? 'self' : undefined
}
