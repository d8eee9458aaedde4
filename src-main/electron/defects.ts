/** Where defects end: the log for those one can live with, a message and the end of the app for those one cannot. */
import { app, dialog } from 'electron'

export interface DefectTexts {
  readonly title: string
  readonly body: string
}

/** A defect that leaves the rest usable. */
export function logDefect(error: unknown): void {
  console.error(describe(error))
}

/** Anything that nobody caught leaves the app in an unknown state: say so, then end. `texts` is asked for when it happens. */
export function failOnDefects(texts: () => DefectTexts): (error: unknown) => void {
  let failed = false
  const onFatal = (error: unknown): void => {
    logDefect(error)
    if (failed) return
    failed = true
    const { title, body } = texts()
    dialog.showErrorBox(title, `${body}\n\n${describe(error)}`)
    app.exit(1)
  }
  process.on('uncaughtException', onFatal)
  process.on('unhandledRejection', onFatal)
  return onFatal
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
