/** What can be seen and done here, and why not more. Each check's text is found under its id in the message tables. */
import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import type { Problem } from '../../../src-shared/model/problem.ts'
import type { SourceFactory } from '../../sources/source.ts'

/** Ids in the order in which they are told. */
export function macDoctorChecks(sources: readonly SourceFactory[], processProblems: readonly Problem[], isRoot: boolean): DoctorCheck[] {
  return [
    ...sources.map(sourceCheck),
    processFactsCheck(processProblems[0]),
    { id: 'end-process-macos', status: isRoot ? 'ok' : 'limited' },
  ]
}

function sourceCheck(source: SourceFactory): DoctorCheck {
  const { id } = source
  const opened = source.open()
  if ('unusable' in opened) return { id: `source-macos-${id}`, status: 'missing', parameters: { reason: opened.unusable } }
  opened.close()
  return { id: `source-macos-${id}`, status: 'ok' }
}

function processFactsCheck(problem: Problem | undefined): DoctorCheck {
  if (problem === undefined) return { id: 'process-facts-macos', status: 'ok' }
  const status = problem.code === 'process-facts-unreadable' ? 'missing' : 'limited'
  return { id: 'process-facts-macos', status, parameters: { reason: problem.parameters?.['reason'] ?? '?' } }
}
