import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forkEngine } from '../../src-main/native/fork-engine.ts'

/** `sockscope serve` of a package starts its own program again as the engine; here that program is the stand-in with the built app. */
describe.skipIf(process.platform === 'win32')('the engine of an installed package', () => {
  const { execPath } = process
  let work: string
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'sockscope-engine-'))
    const program = join(work, 'program')
    writeFileSync(program, `#!/bin/sh\nexec '${execPath}' '${resolve('test/standin/run-app.mjs')}' '${resolve('.')}' "$@"\n`)
    chmodSync(program, 0o755)
    process.execPath = program
  })
  afterEach(() => {
    process.execPath = execPath
    rmSync(work, { recursive: true })
  })

  it('is the same program with a switch, speaks over the channel and ends with its host', { timeout: 30_000 }, async () => {
    const { channel } = forkEngine('not used', true)
    const first = await new Promise((done) => void channel.on('message', done))
    expect(first).toMatchObject({ type: 'event' })
    const closed = new Promise<void>((done) => void channel.on('close', done))
    channel.close()
    await closed
  })
})
