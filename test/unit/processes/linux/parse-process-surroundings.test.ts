/** What a process says of itself in /proc: control groups, status and command line, honest and hostile. */
import { describe, expect, it } from 'vitest'
import { maximumCommandLineBytes, parseCommandLine } from '../../../../src-main/processes/linux/parse-command-line.ts'
import { parseControlGroup } from '../../../../src-main/processes/linux/parse-control-group.ts'
import { parseProcessStatus } from '../../../../src-main/processes/linux/parse-process-status.ts'

const id = '0123456789abcdef'.repeat(4)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('control groups', () => {
  it.each([
    ['docker, systemd driver', `0::/system.slice/docker-${id}.scope\n`, { runtime: 'docker', id }],
    ['docker, cgroupfs driver', `0::/docker/${id}\n`, { runtime: 'docker', id }],
    ['docker, version 1', `12:pids:/docker/${id}\n1:name=systemd:/docker/${id}\n`, { runtime: 'docker', id }],
    [
      'containerd under kubernetes',
      `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod11111111_2222_3333_4444_555555555555.slice/cri-containerd-${id}.scope`,
      { runtime: 'containerd', id, pod: '11111111-2222-3333-4444-555555555555' },
    ],
    [
      'kubernetes, cgroupfs driver',
      `4:memory:/kubepods/besteffort/pod11111111-2222-3333-4444-555555555555/${id}`,
      { runtime: 'kubernetes', id, pod: '11111111-2222-3333-4444-555555555555' },
    ],
    ['CRI-O', `0::/kubepods.slice/crio-${id}.scope`, { runtime: 'cri-o', id }],
    ['podman', `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope/container`, { runtime: 'podman', id }],
    ['lxc', '0::/lxc.payload.web-1/system.slice/cron.service', { runtime: 'lxc', id: 'web-1' }],
    ['nspawn', '0::/machine.slice/systemd-nspawn@debian.service/payload', { runtime: 'nspawn', id: 'debian' }],
  ])('tell the container: %s', (_name, text, container) => {
    expect(parseControlGroup(text).container).toEqual(container)
  })

  it('take no supervisor and no look-alike for a container', () => {
    for (const text of [`0::/libpod-conmon-${id}.scope`, '0::/docker/short', `0::/docker-${id.slice(1)}.scope`, `0::docker/${id}`])
      expect(parseControlGroup(text).container).toBeUndefined()
  })

  it('tell the innermost unit and its slice', () => {
    expect(parseControlGroup('0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox-7.scope')).toEqual({
      unit: 'app-firefox-7.scope',
      slice: 'app.slice',
    })
    expect(parseControlGroup('5:cpu:/\n1:name=systemd:/system.slice/nginx.service\n0::/\n')).toEqual({
      unit: 'nginx.service',
      slice: 'system.slice',
    })
    expect(parseControlGroup('0::/system.slice')).toEqual({ slice: 'system.slice' })
    expect(parseControlGroup('0::/')).toEqual({})
  })

  it('keep quiet about what is none, and end with long texts', () => {
    expect([parseControlGroup(''), parseControlGroup('nonsense\n::\n0:'), parseControlGroup('0::/kubepods'.repeat(50_000))]).toEqual([
      {},
      {},
      {},
    ])
  })
})

describe('the status of a process', () => {
  it('tells threads, memory and the number inside', () => {
    expect(parseProcessStatus('Name:\tx\nNSpid:\t4242\t17\t1\nVmRSS:\t    2048 kB\nThreads:\t3\n')).toEqual({
      threads: 3,
      residentBytes: 2_097_152,
      pidInside: 1,
    })
  })

  it('leaves out what is not there, such as the memory of a kernel thread', () => {
    expect(parseProcessStatus('Name:\tkthreadd\nNSpid:\t2\nThreads:\t1\n')).toEqual({ threads: 1 })
    expect(parseProcessStatus('Threads:\t-1\nVmRSS: lots kB\nNSpid:\t\n')).toEqual({})
  })
})

describe('the command line of a process', () => {
  it('is its arguments, empty ones among them', () => {
    expect(parseCommandLine(bytes('curl\0-H\0\0https://a b\0'))).toEqual({ arguments: ['curl', '-H', '', 'https://a b'] })
  })

  it('is one argument where the program wrote a title over them', () => {
    expect(parseCommandLine(bytes('nginx: worker process\0\0\0\0'))).toEqual({ arguments: ['nginx: worker process'] })
  })

  it('is empty for a kernel thread', () => {
    expect([parseCommandLine(bytes('')), parseCommandLine(bytes('\0\0'))]).toEqual([{ arguments: [] }, { arguments: [] }])
  })

  it('is cut where it is long, in bytes and in arguments', () => {
    const long = parseCommandLine(bytes('x'.repeat(maximumCommandLineBytes + 1)))
    expect([long.cut, long.arguments[0]?.length]).toEqual([true, maximumCommandLineBytes])
    const many = parseCommandLine(bytes('a\0'.repeat(5000)))
    expect([many.cut, many.arguments.length]).toEqual([true, 1000])
  })

  it('is text whatever the bytes', () => {
    expect(parseCommandLine(Uint8Array.from([0xff, 0xfe, 0x00, 0x41])).arguments).toEqual(['\uFFFD\uFFFD', 'A'])
  })
})
