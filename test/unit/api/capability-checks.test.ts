import { expect, test } from 'vitest'
import { actionSupport, capabilityChecks } from '../../../src-main/api/capability-checks.ts'

test('actions that a platform cannot do come with the reason', () => {
  expect(actionSupport('linux')).toEqual({ endProcessSupported: true, closeConnectionSupported: true })
  expect(actionSupport('win32')).toEqual({ endProcessSupported: true, closeConnectionSupported: true })
  expect(actionSupport('darwin')).toEqual({
    endProcessSupported: true,
    closeConnectionSupported: false,
    closeConnectionReason: 'no-call-to-close',
  })
  expect(actionSupport('sunos')).toEqual({
    endProcessSupported: false,
    endProcessReason: 'platform-unknown',
    closeConnectionSupported: false,
    closeConnectionReason: 'platform-unknown',
  })
})

test('doctor is told what the source in use cannot do, but not what the system has no notion of', () => {
  expect(told('linux', 'procfs')).toContain('round-trip')
  expect(told('linux', 'netlink')).not.toContain('round-trip')
  expect(told('win32', 'iphlpapi')).not.toContain('other-namespaces')
  // its own checks tell whether the condition is met
  expect(told('win32', 'iphlpapi')).not.toContain('close-ipv6')
  expect(capabilityChecks('linux', 'netlink')).toContainEqual({
    id: 'capability',
    status: 'limited',
    parameters: { feature: 'elevation', support: 'no', reason: 'start-again-elevated', condition: 'root' },
  })
  expect(capabilityChecks('win32', 'netstat')).toContainEqual({
    id: 'capability',
    status: 'limited',
    parameters: { feature: 'tcp-sockets', support: 'partly', reason: 'language-of-tool' },
  })
  expect(capabilityChecks('linux', 'replay')).toEqual([])
})

function told(platform: string, source: string | undefined): unknown[] {
  return capabilityChecks(platform, source).map(({ parameters }) => parameters?.['feature'])
}
