import { describe, expect, it } from 'vitest'
import { ruleIds, type DiagnosisReport } from '../../../../src-shared/contract/diagnosis.ts'
import { maximumReportRows } from '../../../../src-shared/explain/report/evidence-blocks.ts'
import { findingReport, type FindingReportInput } from '../../../../src-shared/explain/report/finding-report.ts'
import { explainLanguages } from '../../../../src-shared/explain/state-text.ts'
import type { Connection } from '../../../../src-shared/model/connection.ts'
import { thresholdsInForce } from '../../../../src-shared/model/thresholds.ts'
import { bareFinding, findingNow, fullFinding } from '../../../builders/finding-builder.ts'

const iso = (unixMs: number): string => new Date(unixMs).toISOString()

const row = (port: number, more: Partial<Connection> = {}): Connection => ({
  id: `c${port}`,
  protocol: 'tcp',
  family: 'ipv4',
  state: 'CLOSE_WAIT',
  local: { address: '192.0.2.1', port: 8080 },
  remote: { address: '192.0.2.9', port },
  owners: [{ pid: 812, name: 'nginx' }],
  visibility: 'full',
  firstSeenAt: iso(findingNow - 15_000),
  stateSinceAt: iso(findingNow - 9000),
  receiveQueue: 1,
  sendQueue: 0,
  ...more,
})

const leak = fullFinding('close-wait-leak')
const over = { ...bareFinding('half-open'), id: 'half-open:x', endedAt: findingNow - 65_000 }
const report: DiagnosisReport = {
  takenAt: findingNow,
  watchingSince: findingNow - 15_000,
  looks: 16,
  findings: [leak, fullFinding('exposed-listener')],
  ended: [over],
  unwatched: [{ rule: 'sender-stalled', reason: 'system-does-not-tell' }],
}

function input(more: Partial<FindingReportInput> = {}): FindingReportInput {
  return {
    report,
    host: { machine: 'db-1', version: '9.8.7', platform: 'linux', userName: 'ana', elevated: false },
    kernel: '6.12.0',
    source: 'netlink',
    thresholds: thresholdsInForce({ 'close-wait-count': 3 }),
    settings: [],
    evidence: new Map([[leak.id, { connections: [row(5001), row(5002, { stateSinceAt: undefined } as never)], total: 12 }]]),
    language: 'en',
    ...more,
  }
}

const lines = (text: string): string[] => text.split('\n')

describe('a report in Markdown', () => {
  const text = findingReport(input(), 'markdown')

  it('tells machine, system, source, time and how long was watched', () => {
    for (const line of [
      '| Machine | db-1 |',
      '| System | linux 6.12.0 |',
      '| Source | netlink |',
      '| Sockscope | 9.8.7 |',
      '| User | ana |',
    ])
      expect(lines(text)).toContain(line)
    expect(lines(text)).toContain('| Time | 2026-11-20 08:00:00 UTC |')
    expect(lines(text)).toContain('| Watched | 15 s, 16 looks |')
  })

  it('has every finding with figures, advice, commands and evidence', () => {
    expect(text).toContain('\n## Warning: nginx\\[812\\] does not close 12 connections that the other side has closed\n')
    expect(text).toContain('(close-wait-leak), for 2 min 5 s, rising by 24 per minute')
    expect(text).toContain('| 192.0.2.9 | 3 |')
    expect(text).toContain('### What to do now\n\n- Restart the program')
    expect(text).toContain("```\n# See these connections of the process\nss -tanp state close-wait | grep -F 'pid=812,'\n")
    expect(text).toContain('\n# Close these connections; asks before (needs root, changes something)\n')
    expect(text).toContain('| CLOSE_WAIT | 192.0.2.1:8080 | 192.0.2.9:5001 | nginx\\[812\\] | 9 s | 1 | 0 |  |')
    expect(text).toContain('| ≥ 15 s |')
    expect(text).toContain('\nand 10 more\n')
  })

  it('tells what is over, what could not be seen and why, and which thresholds were in force', () => {
    expect(text).toContain('| 2026-11-20 07:58:55 UTC | 1 min | A peer no longer confirms what this machine sends |')
    expect(text).toContain('- Sent data is not taken (sender-stalled): The system does not tell it.')
    expect(text).toContain('- Peers that do not close (fin-wait-2-stuck): needs 1 min, had 15 s.')
    expect(text).not.toContain('(sender-stalled): needs')
    expect(text).not.toContain('(syn-sent-stalled): needs')
    expect(text).toContain('| close-wait-count | 3 (changed) |')
    expect(text).toContain('| close-wait-age | 1 min |')
  })

  it('says what holds for every finding of a rule only with the first of them', () => {
    const second = fullFinding('close-wait-leak', { id: 'close-wait-leak:2', process: { pid: 2, startToken: 't', name: 'app' } })
    const two = findingReport(input({ report: { ...report, findings: [leak, second] } }), 'markdown')
    expect(two.match(/^### What to do now$/gm)).toHaveLength(1)
    expect(two.match(/^What it means and what to do: as above\.$/gm)).toHaveLength(1)
    expect(two.match(/^### Figures$/gm)).toHaveLength(2)
    expect(two).toContain("grep -F 'pid=2,'")
  })

  it('keeps tables whole: each line of one has as many cells as its head', () => {
    for (const language of explainLanguages) {
      const all = findingReport(input({ language, report: { ...report, findings: ruleIds.map((rule) => fullFinding(rule)) } }), 'markdown')
      const counts = lines(all).map((line) => (line.startsWith('|') ? line.replaceAll(String.raw`\|`, '').split('|').length : 0))
      const broken = counts.filter((count, index) => count > 0 && (counts[index - 1] ?? 0) > 0 && counts[index - 1] !== count)
      expect(broken).toEqual([])
      expect(counts.filter((count) => count > 0).length).toBeGreaterThan(500)
      expect(all).not.toMatch(/undefined|NaN|\[object/)
    }
  })

  it('of one finding holds that one, its evidence and its own thresholds', () => {
    const one = findingReport(input({ finding: leak.id }), 'markdown')
    expect(one.match(/^## .*$/gm)).toEqual([
      '## Warning: nginx\\[812\\] does not close 12 connections that the other side has closed',
      '## Thresholds in force',
    ])
    expect(one).not.toContain('port-share')
    const ended = findingReport(input({ finding: over.id }), 'markdown')
    expect(ended.match(/^## .*$/gm)).toEqual(['## Over', '## Thresholds in force'])
    expect(ended).not.toContain('Nothing was found')
  })

  it('says that nothing was found', () => {
    const calm = findingReport(input({ report: { ...report, findings: [], ended: [] } }), 'markdown')
    expect(calm).toContain('\n\nNothing was found.\n\n')
  })

  it('shows at most so many rows, and says how many more there are', () => {
    const connections = Array.from({ length: 200 }, (_, index) => row(1000 + index))
    const long = findingReport(input({ evidence: new Map([[leak.id, { connections, total: 12_345 }]]) }), 'markdown')
    expect(long.match(/^\| CLOSE_WAIT /gm)).toHaveLength(maximumReportRows)
    expect(long).toContain('and 12,295 more')
  })

  it('lets no name become markup, a link, a mention or an escape sequence', () => {
    const name = '@octocat #12 <img src=x> [a](http://x) www.x.org ![](y) `c` |\u001b[31m\u202e\n# h\n***'
    const evil = fullFinding('close-wait-leak', {
      id: leak.id,
      process: { pid: 7, startToken: 't', name },
      breakdowns: [{ by: 'process', parts: [{ label: name, rows: 1 }], others: 0 }],
    })
    const hostile = findingReport(
      input({
        report: { ...report, findings: [evil] },
        host: { ...input().host, machine: name, userName: name },
        evidence: new Map([[leak.id, { connections: [row(1, { owners: [{ pid: 7, name }] })], total: 1 }]]),
      }),
      'markdown',
    )
    expect(hostile).not.toMatch(/@octocat|(?<!\\)#12|(?<!\\)<img|(?<!\\)\[a|http:\/\/|www\.x|(?<!\\)`c|\p{Cf}/u)
    expect(hostile).not.toContain('\u001b')
    expect(hostile).not.toMatch(/^# h$/m)
    expect(hostile.match(/^# .*$/gm)?.[0]).toBe('# Network diagnosis by Sockscope')
  })

  it('keeps words with an underscore readable', () => {
    expect(text).toContain('CLOSE_WAIT')
    expect(text).not.toContain(String.raw`CLOSE\_WAIT`)
  })
})

describe('a report in plain text', () => {
  it('has the same parts without markup, prose broken at 100 cells', () => {
    const text = findingReport(input(), 'text')
    expect(lines(text).slice(0, 2)).toEqual(['Network diagnosis by Sockscope', '='.repeat(30)])
    expect(lines(text)).toContain('Warning: nginx[812] does not close 12 connections that the other side has closed')
    expect(lines(text)).toContain('  What to do now')
    expect(text).toContain('    - Restart the program')
    expect(text).toContain("    ss -tanp state close-wait | grep -F 'pid=812,'\n")
    expect(text.endsWith('\n')).toBe(true)
    expect(text).not.toMatch(/[ \t]$/m)
    const prose = lines(text).filter((line) => / - /.test(line.slice(0, 8)))
    expect(prose.length).toBeGreaterThan(5)
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(100)
  })

  it('speaks Chinese', () => {
    const text = findingReport(input({ language: 'zh-CN' }), 'text')
    expect(lines(text)).toContain('警告：nginx[812] 没有关闭对端已关闭的 12 个连接')
    expect(text).not.toMatch(/\b(?:What|Value|Finding|needs)\b/)
  })

  it('contains no escape sequence of a process', () => {
    const evil = fullFinding('close-wait-leak', { process: { pid: 7, startToken: 't', name: '\u001b[2Jx' } })
    expect(findingReport(input({ report: { ...report, findings: [evil] } }), 'text')).not.toContain('\u001b')
  })
})
