/** On a system that no source knows, everything says so instead of showing an empty table. */
import type { PlatformParts } from './platform-parts.ts'

export function createUnknownPlatformParts(platform: string): PlatformParts {
  return {
    sources: [{ id: platform, open: () => ({ unusable: `there is no source for ${platform} yet` }) }],
    resolver: { resolve: () => [], close: () => {} },
    terminator: { end: ({ pid }) => Promise.resolve({ target: String(pid), status: 'not-supported', reason: 'platform-cannot' }) },
    closer: { close: (_table, id) => ({ target: id, status: 'not-supported', reason: 'platform-cannot' }), dispose: () => {} },
    elevated: false,
    machine: { untold: { descriptors: 'platform-unknown', orphans: 'platform-unknown', 'tcp-memory': 'platform-unknown' } },
    describeProcess: () => undefined,
    childrenOf: () => [],
    parentsNow: () => () => undefined,
    processFacts: { untold: {} },
    doctorChecks: () => [{ id: 'platform', status: 'missing', parameters: { platform } }],
  }
}
