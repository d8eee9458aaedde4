// node test/standin/run-app.mjs [folder] [arguments]: what `electron [folder] [arguments]` does, with the stand-in in its place.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const target = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier.startsWith('electron/') ? { url: target, shortCircuit: true } : next(specifier, context),
})
const { app, standin } = await import(target)

app.appPath = resolve(process.argv[2] ?? '.')
process.argv.splice(1, 1) // Electron's own are the program and the folder
process.defaultApp = true
// A termination signal quits the app; the process ends when the app has quit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => app.quit())
app.once('quit', (_event, code) => void standin.close().finally(() => process.exit(code)))

const { main } = JSON.parse(readFileSync(join(app.appPath, 'package.json'), 'utf8'))
await import(pathToFileURL(join(app.appPath, main)).href)
app.becomeReady()
