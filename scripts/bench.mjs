// npm run bench: the engine against the usual tools, every platform's decoders, the diagnosis, the renderer in a browser; prints medians and ratios.
//   --quick        fewer loads and rounds      --engine, --decoders, --diagnosis, --renderer   only that part
//   --json FILE    the engine's figures as JSON as well
// Figures never make it fail: a shared machine is slow for reasons of its own. A wrong owner or something broken does.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { provideChromium } from './run/chromium.mjs'
import { installDependencies } from './run/dependencies.mjs'
import { findNode, neededNode } from './run/node.mjs'
import { run, say } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const fewRows = ['10000']
const manyRows = ['10000', '100000']
/** Megabytes: room for all that a parser allocates in one round, so that no collection hides any of it. */
const roomForGarbage = 1024

const options = readOptions()
process.exitCode = options === undefined ? 2 : await bench(options)

function readOptions() {
  const flag = { type: 'boolean', default: false }
  try {
    return parseArgs({ options: { quick: flag, engine: flag, decoders: flag, diagnosis: flag, renderer: flag, json: { type: 'string' } } })
      .values
  } catch (error) {
    say(error.message)
    return undefined
  }
}

async function bench({ quick, engine, decoders, diagnosis, renderer, json }) {
  if (!(await installDependencies(root))) return 1
  const node = findNode(root)
  if (node === undefined) {
    say(`The benchmark needs Node ${neededNode} or newer; this is ${process.version}.`)
    return 1
  }
  const all = !engine && !decoders && !diagnosis && !renderer
  const codes = []
  if (engine || all) codes.push(await benchEngine(node, { quick, json }))
  if (decoders || all) codes.push(await benchDecoders(node, quick))
  if (diagnosis || all) codes.push(await benchDiagnosis(node, quick))
  if (renderer || all) codes.push(await benchRenderer(node, quick))
  return codes.find((code) => code !== 0) ?? 0
}

function benchEngine(node, { quick, json }) {
  const args = [...(quick ? ['--quick'] : []), ...(json === undefined ? [] : ['--json', json])]
  return run(node, [join(root, 'test/bench/engine/run.ts'), ...args])
}

function benchDecoders(node, quick) {
  const memory = ['--expose-gc', `--min-semi-space-size=${roomForGarbage}`, `--max-semi-space-size=${roomForGarbage}`]
  return run(node, [...memory, join(root, 'test/bench/decoders/run.ts'), ...(quick ? ['--quick'] : [])])
}

function benchDiagnosis(node, quick) {
  return run(node, [join(root, 'test/bench/diagnosis/run.ts'), ...(quick ? ['--quick'] : [])])
}

async function benchRenderer(node, quick) {
  const chromium = await provideChromium()
  if (chromium === undefined) return 1
  const args = [join(root, 'test/bench/renderer/run.mjs'), ...(quick ? fewRows : manyRows)]
  return run(node, args, { cwd: root, env: { ...process.env, CHROMIUM_PATH: chromium } })
}
