import { runTool, say } from './run-command.mjs'

/** What `npm run check` does before its tests, one by one so that each can pass or fail by itself. */
const checks = [
  { name: 'format', command: 'oxfmt --check' },
  { name: 'lint of scripts', command: 'oxlint' },
  { name: 'lint of templates', command: 'eslint src-renderer' },
  { name: 'layers', command: 'depcruise src-main src-renderer src-shared' },
  { name: 'dead code', command: 'knip' },
  { name: 'types of src-shared', command: 'tsc -p tsconfig.shared.json' },
  { name: 'types of src-main', command: 'tsc -p tsconfig.main.json' },
  { name: 'types of the preload', command: 'tsc -p tsconfig.preload.json' },
  { name: 'types of src-renderer', command: 'vue-tsc -p tsconfig.renderer.json' },
  { name: 'types of the tests', command: 'tsc -p tsconfig.test.json' },
]

/** Returns the names of those that failed, and how many passed. */
export async function runStaticChecks(root, env) {
  const failed = []
  for (const { name, command } of checks) {
    const code = await runTool(root, env, command)
    say(`${code === 0 ? '✓' : '✗'} ${name} (${command})`)
    if (code !== 0) failed.push(name)
  }
  return { passed: checks.length - failed.length, failed }
}
