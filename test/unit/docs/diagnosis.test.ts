import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withDiagnosisRules } from '../../../scripts/diagnosis-page.mjs'
import { ruleIds } from '../../../src-shared/contract/diagnosis.ts'
import { thresholdIds } from '../../../src-shared/model/thresholds.ts'

const file = fileURLToPath(new URL('../../../docs/diagnosis.md', import.meta.url))
const written = readFileSync(file, 'utf8')

test('docs/diagnosis.md holds the rules and thresholds as they are now (else run "node scripts/generate-diagnosis.mjs")', () => {
  expect(written).toBe(withDiagnosisRules(written))
})

test('it has a section for every rule and a line for every threshold', () => {
  expect(written.match(/^## .*$/gm)?.slice(1, -1)).toEqual(ruleIds.map((id) => `## ${id}`))
  for (const id of thresholdIds) expect(written).toContain(`\n| \`${id}\``)
})

test('a change of a text or a threshold would be noticed, and a page without its marks is refused', () => {
  const stale = written.replace('at least 10 connections', 'at least 11 connections')
  expect(stale).not.toBe(written)
  expect(withDiagnosisRules(stale)).toBe(written)
  expect(() => withDiagnosisRules('# Diagnosis')).toThrow('marks')
})
