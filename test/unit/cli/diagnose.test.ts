import { describe, expect, it } from 'vitest'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import type { DiagnosisReport, Finding } from '../../../src-shared/contract/diagnosis.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { thresholdsInForce } from '../../../src-shared/model/thresholds.ts'
import { builderTakenAt, type RowInput } from '../../builders/mirror-builder.ts'
import { fullFinding } from '../../builders/finding-builder.ts'
import { run, type RunOptions, type RunResult } from './run-cli.ts'

const owner = { pid: 812, startToken: 't812', name: 'nginx' }
const rows: readonly RowInput[] = [
  { id: 1, local: '192.0.2.1:8080', owner },
  { id: 2, local: '192.0.2.1:8080', remote: '192.0.2.9:5001', state: 'CLOSE_WAIT', owner },
  { id: 3, local: '192.0.2.1:8080', remote: '192.0.2.9:5002', state: 'CLOSE_WAIT', owner },
]
const evidenceIds = ['c0000000000000002', 'c0000000000000003']
const leak: Finding = fullFinding('close-wait-leak', {
  since: builderTakenAt,
  rows: 2,
  figures: [{ id: 'rows', unit: 'count', value: 2, threshold: { id: 'close-wait-count', value: 2 } }],
  facts: [],
  breakdowns: [],
})
const over: Finding = { ...fullFinding('connection-churn', { severity: 'notice' }), endedAt: builderTakenAt + 1000 }

interface World extends RunOptions {
  readonly findings?: readonly Finding[]
  readonly ended?: readonly Finding[]
  readonly unwatched?: DiagnosisReport['unwatched']
}

/** The fake engine's first look is at `builderTakenAt`, and each further one a second later. */
function diagnose(args: readonly string[], { findings = [], ended = [], unwatched = [], ...more }: World = {}): Promise<RunResult> {
  const answers: RunOptions['answers'] = {
    getDiagnosis: (_input, looks) =>
      succeed({
        takenAt: builderTakenAt + (looks - 1) * 1000,
        watchingSince: builderTakenAt,
        looks,
        findings: looks > 2 ? findings : [],
        ended,
        unwatched,
      } satisfies DiagnosisReport),
    getEvidence: () => succeed({ takenAt: builderTakenAt, ids: evidenceIds, total: 2 }),
    getHost: () => succeed({ machine: 'db-1', platform: 'linux', version: '0', elevated: false, userName: 'ana' }),
    getKernelSettings: () => succeed({ settings: [] }),
    getDoctorReport: () => succeed({ platform: 'linux', kernel: '6.12.0', checks: [], problems: [] }),
    changeSettings: () => succeed({}),
    ...more.answers,
  }
  return run(['diagnose', ...args], { rows, ...more, answers })
}

describe('diagnose', () => {
  it('exits with 0 when nothing is found, and says how long it looked', async () => {
    const { exit, out, err, engine } = await diagnose(['--for', '3'])
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain('Nothing was found in 3 s (4 looks).\n')
    expect(engine.stopped).toBe(true)
    expect(engine.inputsOf('refresh')).toHaveLength(4)
  })

  it('exits with 1 when something is found, and prints it with advice, commands and its rows', async () => {
    const { exit, out } = await diagnose(['--for', '3'], { findings: [leak] })
    expect(exit).toBe(1)
    const lines = out.split('\n')
    expect(lines[0]).toBe('Warning: nginx[812] does not close 2 connections that the other side has closed')
    expect(out).toContain('(close-wait-leak), for 3 s, rising by 24 per minute')
    expect(out).toContain('  What to do now\n    - Restart the program')
    expect(out).toContain("    ss -tanp state close-wait | grep -F 'pid=812,'\n")
    expect(lines.filter((line) => line.startsWith('    CLOSE_WAIT'))).toHaveLength(2)
    expect(lines.at(-2)).toBe('1 finding in 3 s (4 looks).')
  })

  it('watches 15 seconds with a look per second when nothing else is said', async () => {
    const { engine } = await diagnose([])
    expect(engine.inputsOf('refresh')).toHaveLength(16)
  })

  it('hands the thresholds of this run to the engine before it looks', async () => {
    const { engine } = await diagnose(['--for', '1', '--thresholds', 'close-wait-age=2s,port-share=50%'])
    expect(engine.calls[0]).toEqual({ name: 'changeSettings', input: { thresholds: { 'close-wait-age': 2000, 'port-share': 0.5 } } })
  })

  it('takes the thresholds of the settings, over which options win', async () => {
    const settings = { ...defaultSettings, thresholds: { 'close-wait-age': 5000, 'close-wait-count': 2 } }
    const { engine, err, out } = await diagnose(['--for', '1', '--json', '--thresholds', 'close-wait-age=3s'], { stored: { settings } })
    const inForce = { 'close-wait-age': 3000, 'close-wait-count': 2 }
    expect([engine.calls[0]?.input, err]).toEqual([{ thresholds: inForce }, ''])
    expect(JSON.parse(out).thresholds).toEqual(thresholdsInForce(inForce))
    const usual = await diagnose(['--for', '1', '--usual-thresholds'], { stored: { settings } })
    expect(usual.engine.calls[0]?.input).toEqual({ thresholds: {} })
  })

  it('says whose thresholds apply where a person reads it', async () => {
    const settings = { ...defaultSettings, thresholds: { 'close-wait-age': 5000 } }
    const { err } = await diagnose(['--for', '1'], { stored: { settings }, terminal: { columns: 80 } })
    expect(err).toContain('One threshold of your settings in /home/ana/settings.json applies;')
  })

  it('says when the settings file is damaged, or lies where others may write', async () => {
    const damaged = await diagnose(['--for', '1'], { stored: { damage: 'not JSON' } })
    expect([damaged.exit, damaged.err]).toEqual([
      0,
      'The settings file /home/ana/settings.json is damaged (not JSON). What is good of it applies; the file is left as it is.\n',
    ])
    const { err } = await diagnose(['--for', '1', '--lang', 'zh-CN'], { stored: { objection: 'other users may write to the folder' } })
    expect(err).toBe('没有读取设置文件 /home/ana/settings.json（other users may write to the folder）。采用默认阈值。\n')
  })

  it('names the rules that needed more time, as the thresholds of this run have it', async () => {
    const { out } = await diagnose(['--for', '3'])
    expect(out).toContain('(close-wait-leak): needs 1 min, had 3 s.')
    expect(out).toContain('(fin-wait-1-pile): needs 10 s, had 3 s.')
    expect(out).not.toContain('(syn-sent-stalled)')
    const lower = await diagnose(['--for', '3', '--thresholds', 'close-wait-age=3s'])
    expect(lower.out).not.toContain('(close-wait-leak)')
  })

  it('names the rules that cannot work here, and why', async () => {
    const { out } = await diagnose(['--for', '1'], { unwatched: [{ rule: 'sender-stalled', reason: 'system-does-not-tell' }] })
    expect(out).toContain('- Sent data is not taken (sender-stalled): The system does not tell it.\n')
    expect(out).not.toContain('(sender-stalled): needs')
  })

  it('counts what was found and is over again', async () => {
    const { exit, out } = await diagnose(['--for', '3'], { ended: [over] })
    expect(exit).toBe(1)
    expect(out).toContain('over again: nginx[812] opens and closes connections')
    expect(out).toContain('1 finding in 3 s')
  })

  it('looks only at the rules and severities that were asked for', async () => {
    const world: World = { findings: [leak], ended: [over], unwatched: [{ rule: 'sender-stalled', reason: 'system-does-not-tell' }] }
    const rule = await diagnose(['--for', '3', '--rule', 'port-conflict,connection-churn'], world)
    expect([rule.exit, rule.out]).toEqual([1, expect.not.stringMatching(/close-wait|sender-stalled|forgot/)])
    const severity = await diagnose(['--for', '3', '--severity', 'warning', '--rule', 'connection-churn'], world)
    expect([severity.exit, severity.out]).toEqual([0, expect.stringMatching(/Nothing was found in 3 s \(4 looks\)\.\n$/)])
    expect((await diagnose(['--for', '3', '--severity', 'critical'], world)).exit).toBe(0)
    expect((await diagnose(['--for', '3', '--severity', 'Warning'], world)).exit).toBe(1)
  })

  it('gives JSON with the rows as connections, without explanations, in words that no language changes', async () => {
    const english = await diagnose(['--for', '3', '--json', '--thresholds', 'close-wait-count=2'], { findings: [leak] })
    const chinese = await diagnose(['--for', '3', '--json', '--thresholds', 'close-wait-count=2', '--lang', 'zh-CN'], { findings: [leak] })
    expect(english.exit).toBe(1)
    expect(chinese.out).toBe(english.out)
    const told = JSON.parse(english.out)
    expect(told).toEqual({
      takenAt: builderTakenAt + 3000,
      watchingSince: builderTakenAt,
      looks: 4,
      host: { machine: 'db-1', platform: 'linux', kernel: '6.12.0', version: '9.8.7' },
      thresholds: thresholdsInForce({ 'close-wait-count': 2 }),
      findings: [{ ...leak, evidence: { total: 2, connections: [expect.anything(), expect.anything()] } }],
      ended: [],
      unwatched: [],
      tooShort: expect.arrayContaining([{ rule: 'close-wait-leak', neededMs: 60_000 }]),
    })
    expect(told.findings[0].evidence.connections.map((row: { id: string; state: string }) => [row.id, row.state])).toEqual(
      evidenceIds.map((id) => [id, 'CLOSE_WAIT']),
    )
    expect(english.out).not.toMatch(/Restart|forgot/)
  })

  it('writes a whole report to hand on', async () => {
    const markdown = await diagnose(['--for', '3', '--report', 'markdown'], { findings: [leak] })
    expect([markdown.exit, markdown.out.split('\n')[0]]).toEqual([1, '# Network diagnosis by Sockscope'])
    expect(markdown.out).toContain('| Machine | db-1 |\n| System | linux 6.12.0 |')
    expect(markdown.out).toContain('| CLOSE_WAIT | 192.0.2.1:8080 | 192.0.2.9:5001 | nginx\\[812\\] |')
    const text = await diagnose(['--for', '3', '--report', 'text', '--lang', 'zh-CN'])
    expect([text.exit, text.out.split('\n')[0]]).toEqual([0, 'Sockscope 网络诊断'])
    expect(text.out).toContain('没有发现问题。')
  })

  it('ends on Ctrl+C with what was found so far', async () => {
    let waits = 0
    const { exit, out, engine } = await diagnose(['--for', '600'], {
      findings: [leak],
      onWait: (stop) => void ((waits += 1) === 4 && stop()),
    })
    expect(exit).toBe(1)
    expect(out).toMatch(/1 finding in \d s/)
    expect(engine.inputsOf('refresh').length).toBeLessThan(10)
  })

  it('shows its progress on a terminal only, and wipes it away', async () => {
    const { err } = await diagnose(['--for', '3'], { terminal: { columns: 80 }, findings: [leak] })
    expect(err).toMatch(/^Watching for 3 s\. Ctrl\+C ends early\.\n/)
    expect(err).toContain('\r\u001b[K1 of 3 s, 0 found')
    expect(err).toContain('\r\u001b[K2 of 3 s, 1 found')
    expect(err.endsWith('\r\u001b[K')).toBe(true)
    const dumb = await diagnose(['--for', '3'], { terminal: { columns: 80 }, variables: { TERM: 'dumb' } })
    expect(dumb.err).toBe('Watching for 3 s. Ctrl+C ends early.\n')
  })

  it('colours titles by severity on a terminal, and keeps to its width', async () => {
    const { out } = await diagnose(['--for', '3'], { terminal: { columns: 60 }, findings: [leak] })
    expect(out).toContain('\u001b[33mWarning: nginx[812]')
    for (const line of out.split('\n').filter((each) => each.startsWith('    - '))) expect(line.length).toBeLessThanOrEqual(60)
    expect(
      (await diagnose(['--for', '3'], { terminal: { columns: 60 }, variables: { NO_COLOR: '1' }, findings: [leak] })).out,
    ).not.toContain('\u001b')
  })

  it('tells problems of the machine, and fails when it cannot be read at all', async () => {
    const limited = await diagnose(['--for', '3'], {
      problems: [{ code: 'table-unreadable', severity: 'warning', parameters: { table: 'tcp6', reason: 'EACCES' } }],
    })
    expect(limited.err).toBe('The table tcp6 could not be read (EACCES); its rows are missing.\n')
    const blind = await diagnose(['--for', '300'], {
      findings: [leak],
      problems: [{ code: 'source-failed', severity: 'error', parameters: { reason: 'EPERM' } }],
    })
    expect([blind.exit, blind.out]).toEqual([5, ''])
    expect(blind.engine.inputsOf('refresh')).toHaveLength(1)
  })

  it('goes on after a look that failed, and fails when the engine does', async () => {
    let refreshes = 0
    const { exit, err } = await diagnose(['--for', '4'], {
      findings: [leak],
      answers: {
        refresh: () => {
          refreshes += 1
          if (refreshes === 2 || refreshes === 3) return fail('timeout', 'too slow')
          return succeed({ session: 's', sequence: 1, takenAt: builderTakenAt, intervalMs: 1000, rows: 3, tickMs: 1, problems: [] })
        },
      },
    })
    expect([exit, err]).toEqual([1, 'A look failed: too slow\n'])
    const broken = await diagnose(['--for', '4'], { answers: { getDiagnosis: () => fail('internal', 'a defect') } })
    expect(broken.exit).toBe(5)
  })

  it('leaves a finding without rows when it ended just then', async () => {
    const { exit, out } = await diagnose(['--for', '3', '--json'], {
      findings: [leak],
      answers: { getEvidence: () => fail('not-found', 'gone') },
    })
    expect(exit).toBe(1)
    expect(JSON.parse(out).findings[0].evidence).toEqual({ connections: [], total: 0 })
  })

  it.each([
    [
      ['--thresholds', 'close-wait-cout=3'],
      ['there is no threshold "close-wait-cout"', 'Did you mean "close-wait-count"?'],
    ],
    [
      ['--thresholds', 'xyz=3'],
      ['there is no threshold "xyz"', 'There are: close-wait-count, close-wait-age,'],
    ],
    [
      ['--thresholds', 'close-wait-age=2'],
      ['close-wait-age must be from 500 ms to 1 d, not "2"', 'Add a unit: 2ms, 2s, 2m, 2h.'],
    ],
    [['--thresholds', 'port-share=150%'], ['port-share must be from 1% to 100%, not "150%"']],
    [
      ['--thresholds', 'close-wait-age'],
      ['"close-wait-age" has no value', 'close-wait-age=2s'],
    ],
    [['--thresholds', 'pile-count=3,pile-count=4'], ['pile-count is given twice']],
    [
      ['--rule', 'close-wait'],
      ['--rule cannot be "close-wait"', 'Did you mean "close-wait-leak"?'],
    ],
    [['--severity', 'waring'], ['Did you mean "warning"?']],
    [['--report', 'html'], ['Choose from: markdown, text']],
    [['--json', '--report', 'text'], ['--json and --report cannot be used together']],
    [['--for', '0'], ['--for must be a number from 1 to 86400']],
    [['--interval', '61'], ['--interval must be a number from 0.1 to 60']],
    [['close-wait-leak'], ['"close-wait-leak" is one argument too many']],
    [['--thresholds', '\u001b[2J=3'], [String.raw`there is no threshold "\x1b[2j"`]],
  ])('refuses %j, says what is wrong and what would be right', async (args, parts) => {
    const { exit, err, engine } = await diagnose(args)
    expect(exit).toBe(2)
    for (const part of parts) expect(err).toContain(part)
    expect(err).toContain('Run "sockscope diagnose --help" for help.')
    expect(engine.calls).toEqual([])
    const chinese = await diagnose([...args, '--lang', 'zh-CN'])
    expect(chinese.exit).toBe(2)
    expect(chinese.err).toMatch(/\p{Script=Han}/u)
  })
})
