import { expect, test } from 'vitest'
import { arrowSigns, asciiSigns, causeLabel } from '../../../src-shared/explain/cause-label.ts'
import type { TransitionCause } from '../../../src-shared/explain/state-transitions.ts'

const cases: readonly (readonly [cause: TransitionCause, label: string])[] = [
  ['connect', 'connect(): SYN →'],
  ['listen', 'listen()'],
  ['syn-ack-arrives', '← SYN+ACK, ACK →'],
  ['fin-acknowledged', '← ACK'],
  ['timer', '2 MSL'],
  ['refused-or-timeout', '← RST | close()'],
]

test.each(cases)('%s is drawn as %s', (cause, label) => {
  expect(causeLabel(cause, arrowSigns)).toBe(label)
})

test('the signs can be plain ASCII', () => {
  expect(causeLabel('fin-arrives', asciiSigns)).toBe('<- FIN, ACK ->')
})
