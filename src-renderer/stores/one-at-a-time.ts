/**
 * A question that is never under way twice: asked for again meanwhile, it runs once more when it is done, so that any number of
 * reasons to ask become one. The promise ends with the last run.
 */
export function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false
  const runRepeatedly = async (): Promise<void> => {
    try {
      do {
        again = false
        await run()
      } while (again)
    } finally {
      running = undefined
    }
  }
  return () => {
    if (running !== undefined) again = true
    running ??= runRepeatedly()
    return running
  }
}
