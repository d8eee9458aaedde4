// A Vitest reporter that keeps what the closing lines of `npm test` need, the reasons of skipped tests among it.
import { writeFileSync } from 'node:fs'

export default class OutcomeReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    const outcome = {
      passed: inState('passed').length,
      failed: [
        ...inState('failed').map(name),
        // A file that cannot be loaded, or a failing hook, leaves no failed test behind.
        ...modules.filter((module) => module.errors().length > 0).map((module) => `${module.project.name}: ${module.relativeModuleId}`),
        ...unhandledErrors.map((error) => `unhandled: ${String(error.message).split('\n')[0]}`),
      ],
      passedLater: inState('passed')
        .filter((test) => test.diagnostic()?.flaky === true)
        .map((test) => ({ name: name(test), reason: String(test.result().errors?.[0]?.message).split('\n')[0] })),
      skipped: [...inState('skipped'), ...inState('pending')].map((test) => ({ name: name(test), reason: test.result().note })),
    }
    writeFileSync(process.env.SOCKSCOPE_TEST_OUTCOME, JSON.stringify(outcome))
  }
}

function name(test) {
  return `${test.project.name}: ${test.fullName}`
}
