/** More processes than descriptors to watch them: the table is complete, some owners are missing, and it is said. */
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { endChildren, startProgram, startScript, startShell } from './child-processes.ts'
import { isLinux } from './engine-under-test.ts'

afterAll(endChildren)

it.runIf(isLinux)('too many processes for the limit on open files are a problem that is told, and the rest works', async () => {
  const limit = 64
  const crowd = startProgram(
    `const { spawn } = require('node:child_process');
     const crowd = Array.from({ length: ${limit} }, () => spawn('sleep', ['60']));
     process.stdin.on('end', () => { for (const one of crowd) one.kill('SIGKILL'); process.exit(); }).resume();
     setTimeout(() => process.stdout.write('1\\n'), 200);`,
  )
  await crowd.next()
  // Started last, so that its place is beyond those that can be watched.
  const last = startScript('held-socket.mjs', ['listen', '127.0.0.1', 0])
  const { port } = await last.next<{ port: number }>()
  const script = fileURLToPath(new URL('fixtures/few-descriptors.ts', import.meta.url))
  const engine = startShell('ulimit -n "$1" && exec "$2" "$3" "$4"', [limit, process.execPath, script, port])
  expect(await engine.next()).toMatchObject({
    rows: 1,
    nameless: 0,
    holdersWithoutOwner: 0,
    claimed: [],
    foundLater: [last.pid],
    problems: expect.arrayContaining(['too-many-processes']) as string[],
  })
  crowd.process.stdin!.end()
  await crowd.ended
})
