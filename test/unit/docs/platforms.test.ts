import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withCapabilityTables } from '../../../scripts/platform-tables.mjs'

const file = fileURLToPath(new URL('../../../docs/platforms.md', import.meta.url))
const written = readFileSync(file, 'utf8')

test('docs/platforms.md holds the capability table as it is now (else run "node scripts/generate-platforms.mjs")', () => {
  expect(written).toBe(withCapabilityTables(written))
})

test('a change of the table would be noticed, and a page without its marks is refused', () => {
  const stale = written.replace('Creation time of a socket', 'Age of a socket')
  expect(stale).not.toBe(written)
  expect(withCapabilityTables(stale)).toBe(written)
  expect(() => withCapabilityTables('# Platforms')).toThrow('marks')
})
