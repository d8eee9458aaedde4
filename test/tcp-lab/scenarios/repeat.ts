/** Does something again and again, never twice at once, until the returned function is called or it fails. */
export function repeat(act: () => Promise<unknown>, everyMs: number): () => void {
  let timer: NodeJS.Timeout
  let stopped = false
  const round = async (): Promise<void> => {
    try {
      await act()
    } catch {
      return // the lab is being taken down with the programs that were to act
    }
    if (!stopped) timer = setTimeout(() => void round(), everyMs)
  }
  timer = setTimeout(() => void round(), 0)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
