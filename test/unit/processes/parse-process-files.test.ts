import { describe, expect, it } from 'vitest'
import { hidesProcesses, parseEffectiveCapabilities } from '../../../src-main/processes/linux/own-privileges.ts'
import { parseBootTime, parseEffectiveUid, parseProcessStat } from '../../../src-main/processes/linux/parse-process-files.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

/** Fields 3 to 52 of a real line (Linux 6.18), the start time in field 22. */
const rest =
  'S 7 812 7 0 -1 4194304 231 0 0 0 4 2 0 0 20 0 11 0 9876543 1182625792 12054 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0'
const stat = (name: string): string => `812 (${name}) ${rest}\n`

const capabilitiesOf = (mask: string): string =>
  [...parseEffectiveCapabilities(`CapPrm:\t0000000000000000\nCapEff:\t${mask}\nCapBnd:\tffff\n`)].join(' ')

const mount = (options: string, at = '/proc'): string => `22 27 0:20 / ${at} rw,nosuid shared:5 - proc proc ${options}\n`

describe('/proc/PID/stat', () => {
  it.each([['nginx'], ['Web Content'], ['we) S 1 (ird'], [') S 1 2 3 ('], ['((()))'], ['a\nb'], [''], [' '], ['名前']])(
    'of a process named %j gives its name, parent and start',
    (name) => {
      expect(parseProcessStat(stat(name))).toEqual({ name, parentPid: 7, startTicks: '9876543', kernelThread: false, zombie: false })
    },
  )

  it('knows a thread of the kernel', () => {
    expect(parseProcessStat(stat('kthreadd').replace(' 4194304 ', ' 2129984 '))).toMatchObject({ kernelThread: true })
  })

  it('keeps a start time exact that a number could not hold', () => {
    expect(parseProcessStat(stat('x').replace('9876543', '90071992547409931'))?.startTicks).toBe('90071992547409931')
  })

  it('of a process that went away while it was read is nothing', () => {
    expect(parseProcessStat('')).toBeUndefined()
    const whole = stat('nginx')
    const enough = whole.indexOf(' 9876543')
    for (let length = 0; length <= enough; length += 1) expect(parseProcessStat(whole.slice(0, length))).toBeUndefined()
  })

  it('never throws', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 5000; round += 1) {
      const bytes = Buffer.from(stat('we) S 1 (ird'))
      for (let count = random.below(10); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256)
      const parsed = parseProcessStat(bytes.subarray(0, random.below(bytes.length + 1)).toString('utf8'))
      expect(parsed?.startTicks ?? '0').toMatch(/^\d+$/)
    }
  })
})

it('the effective user is the second of the four', () => {
  expect(parseEffectiveUid('Name:\tsu\nUid:\t1000\t0\t1\t2\nGid:\t5\t6\t7\t8\n')).toBe(0)
  expect(parseEffectiveUid('Name:\tUid: 1 2\n')).toBeUndefined()
  expect(parseEffectiveUid('')).toBeUndefined()
})

it('the boot time is told in seconds', () => {
  expect(parseBootTime('cpu 1 2\nbtime 1763690000\nprocesses 5\n')).toBe(1_763_690_000_000)
  expect(parseBootTime('cpu 1 2\n')).toBeUndefined()
})

describe('the capabilities of this process', () => {
  it('are read from the effective mask', () => {
    expect(capabilitiesOf('000001ffffffffff')).toBe('kill netAdmin sysPtrace')
    expect(capabilitiesOf('0000000000001000')).toBe('netAdmin')
    expect(capabilitiesOf('0000000000000020')).toBe('kill')
    expect(capabilitiesOf('0000000000080000')).toBe('sysPtrace')
    expect(capabilitiesOf('0000000000000000')).toBe('')
  })

  it('are none when they are not told', () => {
    expect([...parseEffectiveCapabilities(''), ...parseEffectiveCapabilities('CapEff: zzz')]).toEqual([])
  })
})

describe('/proc', () => {
  it.each(['hidepid=1', 'hidepid=2', 'hidepid=4', 'hidepid=noaccess', 'hidepid=invisible', 'hidepid=ptraceable,gid=4'])(
    'mounted with %s hides processes',
    (option) => expect(hidesProcesses(mount(`rw,${option}`))).toBe(true),
  )

  it.each(['rw', 'rw,hidepid=0', 'rw,hidepid=off', 'rw,gid=2'])('mounted with %s does not', (option) => {
    expect(hidesProcesses(mount(option))).toBe(false)
  })

  it('is what was mounted there last, not another place', () => {
    expect(hidesProcesses(mount('rw,hidepid=2') + mount('rw'))).toBe(false)
    expect(hidesProcesses(mount('rw') + mount('rw,hidepid=2', '/mnt/proc'))).toBe(false)
    expect(hidesProcesses('')).toBe(false)
  })
})
