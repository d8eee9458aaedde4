// Writes the rules into docs/diagnosis.md; with --check it only says whether the file is up to date (exit code 1).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withDiagnosisRules } from './diagnosis-page.mjs'

const file = fileURLToPath(new URL('../docs/diagnosis.md', import.meta.url))
const written = readFileSync(file, 'utf8')
const wanted = withDiagnosisRules(written)
if (process.argv.includes('--check')) {
  if (wanted !== written) {
    console.error('docs/diagnosis.md is stale: run "node scripts/generate-diagnosis.mjs".')
    process.exitCode = 1
  }
} else if (wanted !== written) {
  writeFileSync(file, wanted)
  console.log('docs/diagnosis.md was written anew.')
}
