import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runTool, say } from './run-command.mjs'

const inputs = ['src-main', 'src-renderer', 'src-shared', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const outputs = ['main/index.js', 'main/engine.js', 'main/sockscope.js', 'preload/index.cjs', 'renderer/index.html']

/** Builds when something built is missing or older than what it is made from. Returns whether there is a build now. */
export async function build(root, env) {
  const built = outputs.map((name) => join(root, 'out', name))
  const missing = built.some((file) => !existsSync(file))
  const newestInput = Math.max(...inputs.map((name) => newestTime(join(root, name))))
  if (!missing && newestInput <= Math.min(...built.map((file) => statSync(file).mtimeMs))) return true
  say(missing ? 'Building Sockscope.' : 'Building Sockscope again, because its sources changed.')
  const code = await runTool(root, env, 'electron-vite build --logLevel warn')
  if (code !== 0) say(`The build failed with exit code ${code}.`)
  return code === 0
}

/** Folders count too: taking a file away changes only the folder. */
function newestTime(path) {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestTime(join(path, name))))
}
