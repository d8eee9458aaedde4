import { describe, expect, it } from 'vitest'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { problemCodes } from '../../../src-shared/model/problem.ts'
import { run } from './run-cli.ts'

/** Independent of the product's own measure; good for ASCII and Chinese. */
const cells = (line: string): number => line.length + (line.match(/[\u3000-\uffef]/g)?.length ?? 0)

describe('explain', () => {
  it.each(['CLOSE_WAIT', 'close-wait', 'CloseWait', 'close wait'])('understands %s', async (word) => {
    const { exit, out, engine } = await run(['explain', ...word.split(' ')])
    expect([exit, engine.calls]).toEqual([0, []])
    for (const part of ['CLOSE_WAIT', 'Who acts next', 'Our own program', 'Comes from', 'ESTABLISHED', 'LAST_ACK', '08'])
      expect(out).toContain(part)
  })

  it('lists all states without an argument', async () => {
    const { exit, out } = await run(['explain'])
    expect(exit).toBe(0)
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual([...tcpStates])
  })

  it('wraps to the terminal, Chinese too', async () => {
    for (const lang of ['en', 'zh-CN']) {
      const { out } = await run(['explain', 'time_wait', '--lang', lang], { terminal: { columns: 60 }, variables: { NO_COLOR: '1' } })
      const paragraphs = out.split('\n').filter((line) => /^ {2}\S/.test(line))
      expect(paragraphs.filter((line) => !line.includes('  ', 2)).every((line) => cells(line) <= 60)).toBe(true)
    }
  })

  it('guesses what a wrong word was meant to be', async () => {
    const { exit, err } = await run(['explain', 'TIME_WAITT'])
    expect([exit, err]).toEqual([2, expect.stringContaining('Did you mean "TIME_WAIT"?')])
    expect((await run(['explain', 'nonsense'])).err).toContain('sockscope explain')
  })
})

describe('doctor', () => {
  const doctor = {
    platform: 'linux',
    kernel: '6.18.0',
    source: 'netlink',
    checks: [
      { id: 'source-netlink', status: 'ok' },
      { id: 'socket-owners', status: 'limited', parameters: { refused: 3 } },
      { id: 'close-connection', status: 'limited', parameters: { ptraceScope: 1 } },
      { id: 'source-procfs', status: 'missing', parameters: { reason: 'EACCES' } },
      { id: 'from-the-future', status: 'limited', parameters: { answer: 42, name: 'a\u001b[2J' } },
    ],
    problems: [{ code: 'table-unreadable', severity: 'warning', parameters: { table: 'udp6', reason: 'EACCES' } }],
  } as const

  it('reads the report out with what would change it, and exits with 1 when something is missing', async () => {
    const { exit, out } = await run(['doctor'], { doctor })
    expect(exit).toBe(1)
    expect(out).toContain('linux, 6.18.0, source netlink')
    expect(out).toMatch(/^limited {2}Processes that may not be looked at: 3\. .*\n {9}Run as root/m)
    expect(out).toContain('kernel.yama.ptrace_scope is 1')
    expect(out).toContain('The table udp6 could not be read (EACCES)')
  })

  it('takes limits for what is normal without root or administrator rights', async () => {
    const limits = [...doctor.checks.slice(0, 3), { id: 'windows-counters', status: 'limited' as const }]
    const { exit, out } = await run(['doctor'], { doctor: { ...doctor, checks: limits, problems: [] } })
    expect([exit, out]).toEqual([0, expect.stringContaining('kernel.yama.ptrace_scope is 1')])
  })

  it('prints an unknown check with its parameters, made safe', async () => {
    const { out } = await run(['doctor'], { doctor })
    expect(out).toContain('from-the-future answer=42 name=a\\x1b[2J')
  })

  it('reads the capability table out: what, why not, and on which condition all the same', async () => {
    const parameters = { feature: 'close-ipv6', support: 'partly', reason: 'experimental-call', condition: 'experimental-switch' }
    const checks = [
      { id: 'capability', status: 'limited', parameters },
      { id: 'capability', status: 'limited', parameters: { feature: 'timers', support: 'no', reason: 'system-does-not-tell' } },
    ] as const
    const told = await run(['doctor'], { doctor: { ...doctor, checks, problems: [] } })
    expect(told.exit).toBe(0) // a platform that is as it is, is no finding
    expect(told.out).toContain('limited  Close an IPv6 connection: Only an undocumented call exists for it.')
    expect(told.out).toMatch(/^ {9}Switch on the experiment/m)
    expect(told.out).toMatch(/^limited {2}Timers: The system does not tell it\.$/m)
    expect((await run(['doctor', '--lang', 'zh-CN'], { doctor: { ...doctor, checks, problems: [] } })).out).toContain(
      '定时器：系统不提供。',
    )
  })

  it('gives the report as JSON, and exits with 0 when all is there', async () => {
    const good = { ...doctor, checks: doctor.checks.slice(0, 2), problems: [] }
    const { exit, out } = await run(['doctor', '--json'], { doctor: good })
    expect([exit, JSON.parse(out)]).toEqual([0, good])
  })

  it('has words for every check of the Linux engine and every problem, in both languages', async () => {
    const ids = ['source-netlink', 'source-procfs', 'socket-owners', 'hidden-processes', 'process-namespace', 'network-namespace']
    ids.push('descriptor-counts', 'process-handles', 'end-process', 'close-connection')
    const checks = ids.flatMap((id) =>
      (['ok', 'limited', 'missing'] as const).map((status) => ({ id, status, parameters: { reason: 'R', ptraceScope: 1 } })),
    )
    const problems = problemCodes.map((code) => ({ code, severity: 'warning' as const }))
    for (const lang of ['en', 'zh-CN']) {
      const { out } = await run(['doctor', '--lang', lang], { doctor: { ...doctor, checks, problems } })
      for (const name of [...ids, ...problemCodes]) expect(out).not.toContain(name)
    }
  })
})

describe('the command line as a whole', () => {
  it.each(['audit', 'record', 'replay'])('says that %s is not available yet', async (command) => {
    const { exit, out, err } = await run([command, '--json'])
    expect({ exit, out, err }).toEqual({
      exit: 2,
      out: '',
      err: `sockscope: The command "${command}" is not available yet in this version.\n`,
    })
  })

  it('guesses a mistyped command and never starts the engine for it', async () => {
    const { exit, err, engine } = await run(['lisst'])
    expect([exit, engine.calls]).toEqual([2, []])
    expect(err).toContain('Did you mean "list"?')
  })

  it('shows help without arguments and for every command, naming every option, in both languages', async () => {
    for (const lang of ['en', 'zh-CN']) {
      const general = await run(['--lang', lang])
      expect(general.exit).toBe(2)
      const help = await run(['--help', '--lang', lang])
      expect(help.exit).toBe(0)
      for (const command of ['list', 'watch', 'kill', 'close', 'explain', 'doctor', 'stats', 'interfaces', 'routes']) {
        expect(help.out).toMatch(new RegExp(`^  ${command} +\\S`, 'm'))
        const { exit, out } = await run([command, '--help', '--lang', lang])
        expect(exit).toBe(0)
        const optionLines = out.split('\n').filter((line) => /^ {2}(-\w,| {3}) ?--/.test(line))
        expect(optionLines.length).toBeGreaterThanOrEqual(3)
        for (const line of optionLines) expect(line).toMatch(/--[a-z-]+( \S+)? {2,}\S/)
        expect((await run(['help', command, '--lang', lang])).out).toBe(out)
      }
    }
  })

  it('takes common options before the command as well', async () => {
    const { exit, out } = await run(['--lang', 'zh-CN', 'explain', 'LISTEN'])
    expect([exit, out]).toEqual([0, expect.stringContaining('在端口上等待连接')])
    expect((await run(['--lang', 'fr'])).err).toContain('--lang cannot be "fr"')
  })

  it('shows its version', async () => {
    for (const args of [['--version'], ['-V'], ['list', '--version']]) expect(await run(args)).toMatchObject({ exit: 0, out: '9.8.7\n' })
  })

  it('makes hostile arguments harmless in its answers', async () => {
    for (const args of [
      ['\u001b[2J'],
      ['list', '--\u001b[2J'],
      ['list', 'state:\u001b'],
      ['kill', '\u001b[2J'],
      ['explain', '\u001b[2J'],
      ['list', '--lang', '\u001b'],
    ]) {
      const { exit, err } = await run(args)
      expect(exit).toBe(2)
      expect(err).not.toContain('\u001b')
    }
  })
})
