/** A library that stands in for libSystem of macOS, compiled where there is a C compiler. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface FakeLibSystem {
  readonly path: string
  /** What a function answers; see fake-libsystem.c for the names. Undefined: nothing any more. */
  set(name: string, content: string | Uint8Array | undefined): void
  /** What was called since the last time, one line each. */
  calls(): readonly string[]
  dispose(): void
}

const source = fileURLToPath(new URL('../fixtures/macos/fake-libsystem.c', import.meta.url))

/** Why there is none here. */
export const noCompiler = process.platform === 'win32' ? 'no C compiler is asked for on Windows' : missingCompiler()

function missingCompiler(): string | undefined {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'there is no C compiler (cc) here'
  }
}

export function buildFakeLibSystem(): FakeLibSystem {
  const folder = mkdtempSync(join(tmpdir(), 'fake-libsystem-'))
  const path = join(folder, 'libSystem.so')
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-w', `-DFAKE_DIR="${folder}"`, '-o', path, source])
  return {
    path,
    set(name, content) {
      if (content === undefined) rmSync(join(folder, name), { force: true })
      else writeFileSync(join(folder, name), content)
    },
    calls() {
      const file = join(folder, 'calls')
      writeFileSync(file, '', { flag: 'a' })
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
      rmSync(file)
      return lines
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}
