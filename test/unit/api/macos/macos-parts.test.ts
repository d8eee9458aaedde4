import { describe, expect, it } from 'vitest'
import { createMacParts, type MacSystem } from '../../../../src-main/api/macos/macos-parts.ts'
import { doctorTexts } from '../../../../src-main/cli/messages/doctor-texts.ts'
import type { ToolOutput } from '../../../../src-main/native/run-tool.ts'
import { SourceChain } from '../../../../src-main/sources/source-chain.ts'
import { RowTable } from '../../../../src-main/table/row-table.ts'

const text = (lines: string): ToolOutput => ({ ok: true, bytes: Buffer.from(lines) })
const failure: ToolOutput = { ok: false, reason: 'ENOENT' }
const heading = 'Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)  pid   epid\n'
const tcp = `${heading}tcp4 0 0 127.0.0.1.80 *.* LISTEN 742 0\ntcp4 0 0 127.0.0.1.81 *.* LISTEN 742 66713\n`
const udp = `${heading}udp4 0 0 127.0.0.1.53 *.* 5 0\n`
const lsof = ['p742\0cx\0Lana\0', 'f4\0tIPv4\0d0x1\0PTCP\0n127.0.0.1:80\0TST=LISTEN\0'].join('\n')
const ps = ['742 1 501 Fri Nov  6 23:59:59 2026 /usr/libexec/rapportd', '66713 742 -2 Sat Sep 12 16:39:32 2026 /Applications/A b'].join(
  '\n',
)

/** A Mac on which koffi does not work, so that the tools must do. */
function open(tools: { netstat?: ToolOutput; lsof?: ToolOutput; ps?: ToolOutput }, userId = 501) {
  const ran: string[] = []
  const system: MacSystem = {
    load: () => ({ ok: false, reason: 'libSystem: not found' }),
    run: (file, args) => {
      ran.push([file, ...args].join(' '))
      if (file === '/bin/ps') return tools.ps ?? failure
      if (file === '/usr/sbin/lsof') return tools.lsof ?? failure
      return args.includes('udp') && tools.netstat === undefined ? text(udp) : (tools.netstat ?? text(tcp))
    },
    runScript: () => Promise.resolve({ status: 1, output: '', errors: 'execution error: User canceled. (-128)' }),
    ownPid: 4242,
  }
  const options = { steadyNow: () => 0, delay: () => Promise.resolve(), isOwn: () => false, userName: 'ana', userId }
  const parts = createMacParts(options, system)
  const table = new RowTable({ sessionBase: 'test' })
  const look = (chain: SourceChain) => {
    table.begin(table.takenAt + 1000)
    const outcome = chain.look(table)
    if (outcome.ok) table.finish(outcome.unread)
    return { outcome, problems: [...chain.problems, ...parts.resolver.resolve(table)] }
  }
  return { parts, table, look, ran, chain: () => new SourceChain(parts.sources) }
}

const ownersOf = (table: RowTable) => [0, 1, 2].map((slot) => table.ownersOf(slot).map((reference) => table.processes.get(reference)?.name))

describe('without the native way', () => {
  it('netstat and ps show sockets and owners, and both say that they had to', () => {
    const { look, chain, table } = open({ ps: text(ps) })
    const sources = chain()
    const { outcome, problems } = look(sources)
    expect([sources.currentId, outcome]).toEqual(['netstat', { ok: true, unread: [], problems: [] }])
    expect(problems.map(({ code, parameters }) => [code, parameters?.['source'], parameters?.['reason']])).toEqual([
      ['source-fallback', 'pcblist_n', 'libSystem: not found'],
      ['process-facts-fallback', 'ps', 'libSystem: not found'],
    ])
    expect(ownersOf(table)).toEqual([['rapportd'], ['rapportd', 'A b'], []])
  })

  it('lsof follows when netstat says nothing, and says that it shows own sockets only', () => {
    for (const netstat of [failure, text(''), text(heading), text('usage: netstat')]) {
      const { look, chain } = open({ netstat, lsof: text(lsof), ps: text(ps) })
      const sources = chain()
      const { outcome } = look(sources)
      expect(sources.currentId).toBe('lsof')
      expect(outcome.ok && outcome.problems).toEqual([{ code: 'own-sockets-only', severity: 'warning', parameters: { source: 'lsof' } }])
      expect(sources.problems.map(({ parameters }) => parameters?.['source'])).toEqual(['pcblist_n', 'netstat'])
    }
    const asRoot = open({ netstat: failure, lsof: text(lsof) }, 0)
    expect(asRoot.look(asRoot.chain()).outcome).toMatchObject({ problems: [] })
  })

  it('no tool at all is a failure with every reason, not an empty table', () => {
    const { look, chain } = open({ netstat: failure, lsof: text('') })
    expect(look(chain()).outcome).toEqual({
      ok: false,
      reason: 'pcblist_n: libSystem: not found; netstat: ENOENT; lsof: /usr/sbin/lsof printed no rows',
    })
  })

  it('names stay unknown, with the reason, when ps fails too', () => {
    const { look, chain, table } = open({})
    const { problems } = look(chain())
    expect(problems.at(-1)).toEqual({
      code: 'process-facts-unreadable',
      severity: 'warning',
      parameters: { reason: 'libSystem: not found; ENOENT' },
    })
    expect(ownersOf(table)).toEqual([[], [], []])
  })
})

it('closes no connection, and says what helps', () => {
  const { parts, table } = open({})
  expect(parts.closer.close(table, 'c0000000000000001')).toEqual({
    target: 'c0000000000000001',
    status: 'not-supported',
    reason: 'platform-cannot',
    remedy: 'end-process-instead',
  })
})

it('describes processes and their children, and ends none whose start is another one', async () => {
  const { parts } = open({ ps: text(ps) })
  expect(parts.describeProcess(742)).toEqual({
    startToken: 'p1794009599',
    parentPid: 1,
    name: 'rapportd',
    executable: '/usr/libexec/rapportd',
    user: '501',
    startedAt: 1_794_009_599_000,
  })
  expect([parts.describeProcess(7), parts.childrenOf(742)]).toEqual([undefined, [{ pid: 66_713, startToken: 'p1789231172', name: 'A b' }]])
  expect(await parts.terminator.end({ pid: 742, startToken: 'p1' }, { confirmProtected: false })).toEqual({
    target: '742',
    status: 'replaced',
  })
  // An identity that only the kernel could compare is not compared at all.
  expect((await parts.terminator.end({ pid: 742, startToken: 'u1' }, { confirmProtected: false })).status).toBe('failed')
})

it('tells in doctor what works and why the rest does not', () => {
  const { parts } = open({ ps: text(ps), lsof: text(lsof) })
  expect(parts.doctorChecks()).toEqual([
    { id: 'source-macos-pcblist_n', status: 'missing', parameters: { reason: 'libSystem: not found' } },
    { id: 'source-macos-netstat', status: 'ok' },
    { id: 'source-macos-lsof', status: 'ok' },
    { id: 'process-facts-macos', status: 'limited', parameters: { reason: 'libSystem: not found' } },
    { id: 'end-process-macos', status: 'limited' },
  ])
})

it.each(['en', 'zh-CN'] as const)('has words for every check in %s, and a remedy for what is not well', (language) => {
  const { checks } = doctorTexts[language]
  for (const { id } of open({}).parts.doctorChecks()) {
    expect([id, checks[id]?.('ok', () => '?').text]).toEqual([id, expect.stringMatching(/\S/)])
    expect([id, checks[id]?.('limited', () => '?').remedy]).toEqual([id, expect.stringMatching(/\S/)])
    expect([id, checks[id]?.('missing', () => 'EPERM').text]).toEqual([id, expect.stringMatching(/\S/)])
  }
})

it('asks the tools in the one way that prints everything', () => {
  const { look, chain, ran } = open({ ps: text(ps) })
  look(chain())
  const [probe, ...rest] = ['/usr/sbin/netstat -anlvb -p tcp', '/usr/sbin/netstat -anlvb -p tcp', '/usr/sbin/netstat -anlvb -p udp']
  expect(ran).toEqual([probe, ...rest, '/bin/ps -axww -o pid=,ppid=,uid=,lstart=,comm='])
})
