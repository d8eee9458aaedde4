import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snapNameOf } from '../../../src-main/native/snap-name.ts'

describe('the snap of a program', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sockscope-snap-'))
    symlinkSync('/snap/bin/chromium', join(folder, 'direct'))
    symlinkSync('direct', join(folder, 'twice'))
    symlinkSync('loop', join(folder, 'loop'))
    writeFileSync(join(folder, 'script'), '#!/bin/sh\nif ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium "$@"\n')
    writeFileSync(join(folder, 'plain'), '#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n')
    writeFileSync(join(folder, 'binary'), '\u007fELF /snap/bin/chromium')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['/snap/bin/chromium', 'chromium'],
    ['/snap/firefox/current/usr/lib/firefox/firefox', 'firefox'],
    ['/usr/bin/there-is-no-such-program', undefined],
    ['/opt/snap/bin/chromium', undefined],
  ])('%s is %s', (file, name) => {
    expect(snapNameOf(file)).toBe(name)
  })

  it.each([
    ['direct', 'chromium'],
    ['twice', 'chromium'],
    ['script', 'chromium'],
    ['plain', undefined],
    ['binary', undefined],
    ['loop', undefined],
  ])('a file that is %s is %s', (file, name) => {
    expect(snapNameOf(join(folder, file))).toBe(name)
  })
})
