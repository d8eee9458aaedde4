// Writes the capability table into docs/platforms.md; with --check it only says whether the file is up to date (exit code 1).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withCapabilityTables } from './platform-tables.mjs'

const file = fileURLToPath(new URL('../docs/platforms.md', import.meta.url))
const written = readFileSync(file, 'utf8')
const wanted = withCapabilityTables(written)
if (process.argv.includes('--check')) {
  if (wanted !== written) {
    console.error('docs/platforms.md is stale: run "node scripts/generate-platforms.mjs".')
    process.exitCode = 1
  }
} else if (wanted !== written) {
  writeFileSync(file, wanted)
  console.log('docs/platforms.md was written anew.')
}
