/** What has to be undone however this process ends; a kill that cannot be caught is left to the sweep of the next lab. */
const undos = new Set<() => void>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
let watching = false

/** Runs `undo` once: when the returned function is called, or at the latest when this process ends. `undo` is synchronous. */
export function undoAtTheEnd(undo: () => void): () => void {
  watchTheEnd()
  const once = (): void => {
    if (undos.delete(once)) undo()
  }
  undos.add(once)
  return once
}

function watchTheEnd(): void {
  if (watching) return
  watching = true
  process.on('exit', undoAll)
  for (const signal of signals) {
    process.once(signal, () => {
      undoAll()
      // Whoever handles the signal too decides how this process ends; without anyone it ends as the signal wants it.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    })
  }
}

/** The last made first: programs end before the namespaces that they run in. */
function undoAll(): void {
  for (const undo of [...undos].toReversed()) undo()
}
