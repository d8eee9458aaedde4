import { describe, expect, it } from 'vitest'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run } from './run-cli.ts'

const escape = '\u001b'
const rows: readonly RowInput[] = [
  { local: '127.0.0.1:8080', owner: { pid: 812, name: 'nginx', user: 'www' }, user: 'www' },
  { local: '127.0.0.1:8080', remote: '127.0.0.1:50000', owner: { pid: 812, name: 'nginx' }, receivedBytes: 10, user: 'www' },
  { local: '10.0.0.5:50001', remote: '198.51.100.3:443', owner: { pid: 90, name: 'firefox' }, receivedBytes: 2_500_000 },
  { local: '10.0.0.5:50002', remote: '198.51.100.3:443', state: 'TIME_WAIT', visibility: 'gone' },
  {
    local: '[::1]:53',
    protocol: 'udp',
    owners: [
      { pid: 7, name: 'dns' },
      { pid: 8, name: 'dns' },
    ],
  },
]
const lines = (text: string): string[] => text.trimEnd().split('\n')

describe('list', () => {
  it('shows a table of all rows, ordered by process, with the reason in place of an unknown owner', async () => {
    const { exit, out } = await run(['list'], { rows })
    expect(exit).toBe(0)
    expect(lines(out)).toEqual([
      'Process   PID  Proto  State        Local           Remote            User',
      'dns +1   7 +1  udp6   -            [::1]:53        -                 -',
      'firefox    90  tcp    ESTABLISHED  10.0.0.5:50001  198.51.100.3:443  -',
      'nginx     812  tcp    ESTABLISHED  127.0.0.1:8080  127.0.0.1:50000   www',
      'nginx     812  tcp    LISTEN       127.0.0.1:8080  -                 www',
      '[gone]      -  tcp    TIME-WAIT    10.0.0.5:50002  198.51.100.3:443  -',
    ])
  })

  it('filters by the query, joined from all words', async () => {
    const { exit, out } = await run(['list', 'process:nginx', 'state:listen', '--json'], { rows })
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toEqual([expect.objectContaining({ state: 'LISTEN', local: { address: '127.0.0.1', port: 8080 } })])
  })

  it('takes a term with a leading dash as a negation', async () => {
    const { out } = await run(['list', '-process:nginx', '--ndjson'], { rows })
    expect(lines(out).map((line) => JSON.parse(line).owners[0]?.name)).toEqual(['dns', 'firefox', undefined])
  })

  it('knows whose is:mine is', async () => {
    const { out } = await run(['list', 'is:mine', '--csv', '--columns', 'local-port'], {
      rows: [...rows, { local: '127.0.0.1:1', user: 'ana' }],
    })
    expect(out).toBe('local-port\r\n1\r\n')
  })

  it('says what did not match and exits with 1', async () => {
    const { exit, out, err } = await run(['list', 'process:nobody'], { rows })
    expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: 'No connection matches: process:nobody\n' })
  })

  it('gives an empty array as JSON when nothing matches', async () => {
    const { exit, out } = await run(['list', 'process:nobody', '--json'], { rows })
    expect([exit, JSON.parse(out)]).toEqual([1, []])
  })

  it('sorts downwards with unknown values last', async () => {
    const { out } = await run(['list', '--sort', '-received', '--columns', 'received,local-port'], { rows })
    expect(
      lines(out)
        .slice(1, 3)
        .map((line) => line.trim().split(/\s{2,}/)),
    ).toEqual([
      ['2.5 MB', '50001'],
      ['10 B', '8080'],
    ])
    expect(
      lines(out)
        .slice(3)
        .every((line) => line.trim().startsWith('-')),
    ).toBe(true)
  })

  describe('with owners that are hidden', () => {
    const hidden: RowInput[] = [{ id: 1, local: '127.0.0.1:1', visibility: 'not-permitted' }]
    const seen: RowInput[] = [{ id: 1, local: '127.0.0.1:1', owner: { pid: 5, name: 'a' } }]
    const problems = [{ code: 'owners-not-permitted', severity: 'info', parameters: { count: 7 } }] as const
    const words = 'owner may not be seen from here: 7'
    const terminal = { columns: 120 }

    it.each([
      ['on a terminal', ['list'], { rows: hidden, terminal }, 1],
      ['on a terminal where nothing was found', ['list', 'process:x'], { rows: hidden, terminal }, 1],
      ['on a terminal where every owner is shown', ['list'], { rows: seen, terminal }, 0],
      ['in a pipe', ['list'], { rows: hidden }, 0],
      ['in a pipe with --verbose', ['list', '--verbose', '--json'], { rows: hidden }, 1],
      ['on a terminal with --verbose', ['list', '--verbose'], { rows: seen, terminal }, 1],
    ])('%s says so on stderr as often as it should, and never on stdout', async (_where, args, options, times) => {
      const { out, err } = await run(args, { ...options, problems })
      expect(err.split(words).length - 1).toBe(times)
      expect(out).not.toContain(words)
    })
  })

  it('writes CSV by RFC 4180 with formulas and control characters made harmless', async () => {
    const hostile: RowInput[] = [{ local: '127.0.0.1:1', owner: { pid: 5, name: '=cmd|\' /C calc\'!A0, "x"\r\nnext' } }]
    const { out } = await run(['list', '--csv', '--columns', 'pid,process,remote'], { rows: hostile })
    expect(out).toBe('pid,process,remote\r\n5,"\'=cmd|\' /C calc\'!A0, ""x""\\x0d\\x0anext",\r\n')
  })

  describe('never lets a process name drive the terminal', () => {
    const name = `a${escape}[2Jb\u009b31m\u202egnp.exe\nroot 1`
    const show = async (format: readonly string[]): Promise<string> => {
      const options = { rows: [{ owner: { pid: 5, name } }], terminal: { columns: 200 }, variables: { NO_COLOR: '1' } }
      const { out } = await run(['list', ...format], options)
      for (const sign of [escape, '\u009b', '\u202e']) expect(out).not.toContain(sign)
      return out
    }

    it('in the table and in CSV, where it also stays on its line', async () => {
      expect(lines(await show([]))).toHaveLength(2)
      expect(lines(await show(['--csv']))).toHaveLength(2)
    })

    it('in JSON, where it is still the same name', async () => {
      expect(JSON.parse(await show(['--json']))[0].owners[0].name).toBe(name)
      expect(JSON.parse(await show(['--ndjson'])).owners[0].name).toBe(name)
    })
  })

  it('aligns wide characters and fits the terminal', async () => {
    const wide: RowInput[] = [
      { local: '127.0.0.1:1', owner: { pid: 1, name: '微信微信微信微信微信微信' } },
      { local: '127.0.0.1:2', owner: { pid: 22, name: 'x' } },
    ]
    const { out } = await run(['list', '--columns', 'process,pid,local'], {
      rows: wide,
      terminal: { columns: 32 },
      variables: { NO_COLOR: '1' },
    })
    expect(lines(out)).toEqual(['Process         PID  Local', 'x                22  127.0.0.1:2', '微信微信微信…     1  127.0.0.1:1'])
  })

  it('colours the state on a terminal only, and not with NO_COLOR', async () => {
    const listen = rows.slice(0, 1)
    expect((await run(['list'], { rows: listen, terminal: { columns: 100 } })).out).toContain(`${escape}[36mLISTEN${escape}[0m`)
    expect((await run(['list'], { rows: listen })).out).not.toContain(escape)
    expect((await run(['list'], { rows: listen, terminal: { columns: 100 }, variables: { NO_COLOR: '1' } })).out).not.toContain(escape)
  })

  it('uses the words of the chosen dialect, but not in CSV', async () => {
    const listen = rows.slice(0, 1)
    expect((await run(['list', '--dialect', 'windows'], { rows: listen })).out).toContain('LISTENING')
    expect((await run(['list', '--dialect', 'windows', '--csv'], { rows: listen })).out).toContain(',LISTEN,')
  })

  it('speaks Chinese when the locale or --lang says so', async () => {
    expect((await run(['list'], { rows, variables: { LANG: 'zh_CN.UTF-8' } })).out).toContain('进程')
    expect((await run(['list', '--lang', 'zh-cn'], { rows })).out).toContain('[已退出]')
  })

  it('explains a bad query in Chinese with the same marks', async () => {
    const { exit, err } = await run(['list', 'port:99999', '--lang', 'zh-CN'], { rows })
    expect(exit).toBe(2)
    expect(err.split('\n').slice(0, 3)).toEqual([expect.stringContaining('99999”不是 port 的有效数字'), '  port:99999', '       ^^^^^'])
  })

  it('tells problems on stderr, so that hidden owners are not mistaken for none', async () => {
    const problems = [{ code: 'owners-not-permitted', severity: 'warning', parameters: { count: 31 } }] as const
    const { exit, err } = await run(['list', '--json'], { rows, problems })
    expect([exit, err]).toEqual([0, expect.stringContaining('from here: 31')])
  })

  it('never shows a failed read as an empty table', async () => {
    const problems = [{ code: 'source-failed', severity: 'error', parameters: { reason: 'EACCES' } }] as const
    const { exit, out, err } = await run(['list'], { rows: [], problems })
    expect({ exit, out }).toEqual({ exit: 5, out: '' })
    expect(err).toContain('EACCES')
  })

  it('looks again while an owner is still being found', async () => {
    const { out } = await run(['list', '--columns', 'process'], {
      rows: [{ id: 1, visibility: 'pending' }],
      later: [(builder) => builder.delta({ changed: [{ id: 1, owner: 'found' }] })],
    })
    expect(lines(out)[1]).toBe('found')
  })

  it.each([
    [['list', '--colums', 'pid'], 'Did you mean "--columns"?'],
    [['list', '--columns', 'pid,portt'], '--columns cannot be "portt"'],
    [['list', '--sort', 'sizee'], '--sort cannot be "sizee"'],
    [['list', '--sort'], '--sort needs a value'],
    [['list', '--json', '--csv'], '--json and --csv cannot be used together'],
    [['list', '--json', '--columns', 'pid'], '--json and --columns cannot be used together'],
    [['list', '--json=yes'], 'takes no value'],
    [['list', '-firefox'], "'!firefox'"],
    [['list', 'prot:tcp'], '^^^^'],
    [['list', '--dialect', 'klingon'], 'rfc, windows, ss'],
    [['list', '--lang', 'fr'], '--lang cannot be "fr"'],
    [['list', '--sort', 'pid', '--sort', 'pid'], 'given twice'],
  ])('answers %j with what is wrong and exit code 2', async (args, expected) => {
    const { exit, out, err, engine } = await run(args, { rows })
    expect([exit, out, engine.calls]).toEqual([2, '', []])
    expect(err).toContain(expected)
    expect(err).toContain('sockscope list --help')
  })

  it('stops the engine even when a call fails', async () => {
    const { exit, err, engine } = await run(['list'], { refresh: () => ({ ok: false, error: { code: 'internal', message: 'boom' } }) })
    expect([exit, engine.stopped]).toEqual([5, true])
    expect(err).toContain('boom')
  })
})
