import { describe, expect, it } from 'vitest'
import { ruleIds, type Finding } from '../../../../src-shared/contract/diagnosis.ts'
import type { KernelSettingId } from '../../../../src-shared/contract/network.ts'
import { commandPurposeTexts } from '../../../../src-shared/explain/findings/command-purposes.ts'
import { explainFinding, type ExplainedCommand } from '../../../../src-shared/explain/findings/explain-finding.ts'
import { commandPurposes } from '../../../../src-shared/explain/findings/finding-command.ts'
import { findingPlatforms, type FindingPlatform } from '../../../../src-shared/explain/findings/rule-text.ts'
import { explainLanguages } from '../../../../src-shared/explain/state-text.ts'
import { parseQuery } from '../../../../src-shared/query/index.ts'
import { bareFinding, findingNow, fullFinding } from '../../../builders/finding-builder.ts'

const commandsOf = (finding: Finding, platform: string): readonly ExplainedCommand[] =>
  explainFinding(finding, { platform, language: 'en', now: findingNow }).commands

const lines = (rule: Finding['rule'], platform: string): string[] => commandsOf(fullFinding(rule), platform).map(({ line }) => line)

const blocks = (service: string, port: number, address: string, platform: string): string[] =>
  commandsOf(fullFinding('exposed-listener', { facts: [{ id: 'service', value: service }], local: { address, port } }), platform)
    .map(({ line }) => line)
    .filter((line) => /tables -I|New-NetFirewallRule/.test(line))

const changing = (rule: Finding['rule'], platform: string, id: KernelSettingId, ...values: number[]): string[] =>
  explainFinding(fullFinding(rule), {
    platform,
    language: 'en',
    now: findingNow,
    settings: [{ id, name: 'n', values, unit: 'choice', states: [] }],
  })
    .commands.filter(({ changes }) => changes)
    .map(({ line }) => line)

/** Programs that each system brings, or whose package every distribution has. */
const programs: Record<FindingPlatform, RegExp> = {
  linux:
    /^(?:sudo )?(?:ss|ps|top|kill|prlimit|ls|nc|ip|tracepath|nft|sysctl|readlink|sha256sum|nstat|cat|timeout 5 strace|sockscope|iptables|ip6tables|ping) /,
  darwin:
    /^(?:sudo )?(?:lsof|netstat|ps|top|sample|kill|route|nc|traceroute6?|pfctl|sysctl|codesign|launchctl|sockscope|\/usr\/libexec\/ApplicationFirewall\/socketfilterfw|ping6?) /,
  win32:
    /^(?:Get-NetTCPConnection|Get-NetUDPEndpoint|Get-CimInstance|Get-Process|\(Get-Process|Get-AuthenticodeSignature|Get-NetFirewallProfile|Get-NetAdapterStatistics$|Get-ItemProperty|New-NetFirewallRule|Find-NetRoute|Test-NetConnection|Stop-Process|tracert|pathping|netsh|netstat|ping|sockscope)(?: |$)/,
}

const raises = (limit: number | undefined): string[] =>
  commandsOf(
    fullFinding('fd-pressure', {
      process: { pid: 42, startToken: '1' },
      figures: limit === undefined ? [] : [{ id: 'descriptor-limit', unit: 'count', value: limit }],
    }),
    'linux',
  )
    .map(({ line }) => line)
    .filter((line) => line.includes('--nofile='))

describe('commands of findings', () => {
  it('shut a port in both families where every address is meant, for a socket on :: answers over IPv4 too', () => {
    for (const address of ['::', '0.0.0.0']) {
      const drops = blocks('Redis', 6379, address, 'linux')
      expect(drops.filter((line) => line.startsWith('sudo iptables ')).length).toBeGreaterThan(0)
      expect(drops.filter((line) => line.startsWith('sudo ip6tables ')).length).toBe(
        drops.filter((line) => line.startsWith('sudo iptables ')).length,
      )
    }
    expect(blocks('Redis', 6379, '2001:db8::1', 'linux').every((line) => line.startsWith('sudo ip6tables '))).toBe(true)
  })

  it('raise a limit from what it is, never lower it, and leave the hard limit alone', () => {
    expect(raises(524_288)).toEqual(['sudo prlimit --pid 42 --nofile=1048576:'])
    expect(raises(1024)).toEqual(['sudo prlimit --pid 42 --nofile=2048:'])
    expect(raises(undefined)).toEqual([])
  })

  it.each(findingPlatforms)('are single plain lines of programs that %s has, quotes and brackets in pairs', (platform) => {
    for (const rule of ruleIds) {
      for (const finding of [fullFinding(rule), bareFinding(rule), fullFinding(rule, { remote: { address: '192.0.2.7', port: 443 } })]) {
        for (const { line, purpose } of commandsOf(finding, platform)) {
          expect(line).toMatch(programs[platform])
          expect(line).toMatch(/^[\x20-\x7e]+$/)
          expect(line).not.toMatch(/undefined|NaN|[;&`]|\$\(|[<>]|  /)
          for (const quote of ["'", '"']) expect(line.split(quote).length % 2).toBe(1)
          expect(line.split('(').length).toBe(line.split(')').length)
          expect(purpose).not.toBe('')
        }
      }
    }
  })

  it('look before they change: what only looks comes first, and every rule has something to look at', () => {
    for (const platform of findingPlatforms) {
      for (const rule of ruleIds) {
        const changes = commandsOf(fullFinding(rule), platform).map((command) => command.changes)
        expect(changes[0]).toBe(false)
        expect(changes).toEqual([...changes].toSorted((left, right) => Number(left) - Number(right)))
      }
    }
  })

  it('say which need root, by sudo where there is one', () => {
    for (const platform of ['linux', 'darwin']) {
      for (const rule of ruleIds) {
        for (const { line, elevated } of commandsOf(fullFinding(rule), platform)) expect(line.startsWith('sudo ')).toBe(elevated)
      }
    }
    const widen = commandsOf(fullFinding('port-exhaustion'), 'win32').find(({ changes }) => changes)
    expect(widen).toMatchObject({ line: 'netsh int ipv6 set dynamicport tcp start=16384 num=49152', elevated: true })
  })

  it('are filled from the finding', () => {
    expect(lines('close-wait-leak', 'linux')[0]).toBe("ss -tanp state close-wait | grep -F 'pid=812,'")
    expect(lines('close-wait-leak', 'darwin')[0]).toBe('lsof -nP -a -p 812 -i TCP -s TCP:CLOSE_WAIT')
    expect(lines('close-wait-leak', 'win32')[0]).toBe('Get-NetTCPConnection -State CloseWait -OwningProcess 812')
    expect(lines('syn-sent-stalled', 'linux')[0]).toBe('ss -tanpo state syn-sent dst [2001:db8::7]:443')
    expect(lines('syn-sent-stalled', 'darwin')).toContain('route -n get -inet6 2001:db8::7')
    expect(lines('port-exhaustion', 'win32')).toContain('netsh int ipv6 show dynamicport tcp')
    expect(lines('port-exhaustion', 'darwin')).toContain('sysctl net.inet.ip.portrange.first net.inet.ip.portrange.last')
    expect(lines('port-conflict', 'linux')).toEqual(expect.arrayContaining(['kill 812', 'kill 4242']))
  })

  it('use IPv4 as such, an IPv4-mapped address too', () => {
    for (const address of ['192.0.2.7', '::ffff:192.0.2.7']) {
      const found = commandsOf(fullFinding('syn-sent-stalled', { remote: { address, port: 80 } }), 'linux').map(({ line }) => line)
      expect(found[0]).toBe('ss -tanpo state syn-sent dst 192.0.2.7:80')
      expect(found).toContain('nc -vz -w 5 192.0.2.7 80')
    }
  })

  it.each([
    ['an address that is none', { remote: { address: '$(reboot)', port: 443 } }],
    ['an address with more behind it', { remote: { address: '192.0.2.7; reboot', port: 443 } }],
    ['an address with a zone', { remote: { address: 'fe80::1%$(reboot)', port: 443 } }],
    ['a port that is none', { remote: { address: '192.0.2.7', port: '443; reboot' as unknown as number } }],
    ['a port out of range', { remote: { address: '192.0.2.7', port: 70_000 } }],
    ['a pid that is none', { process: { pid: '1; reboot' as unknown as number, startToken: 't' } }],
    ['nobody', { process: { pid: 0, startToken: 't' } }],
    ['a broken pid', { process: { pid: 1.5, startToken: 't' } }],
    ['a hostile name', { process: { pid: 7, startToken: 't', name: '$(reboot)' } }],
  ] as const)('never contain %s', (_what, more) => {
    for (const platform of findingPlatforms) {
      for (const rule of ruleIds) {
        const { otherProcesses: _none, ...finding } = fullFinding(rule, { local: { address: '*; reboot', port: -1 }, ...more })
        for (const { line } of commandsOf(finding, platform)) {
          expect(line).not.toMatch(/reboot|70000|1\.5|undefined| 0(?: |$)|=0(?: |$)/)
          expect(line).toMatch(programs[platform])
        }
      }
    }
  })

  it('close a port for the protocols that its service uses', () => {
    expect(blocks('Redis', 6379, '0.0.0.1', 'linux')).toEqual(['sudo iptables -I INPUT -p tcp --dport 6379 ! -i lo -j DROP'])
    expect(blocks('SQL Server Browser', 1434, '::1', 'linux')).toEqual(['sudo ip6tables -I INPUT -p udp --dport 1434 ! -i lo -j DROP'])
    expect(blocks('Memcached', 11_211, '192.0.2.1', 'win32')).toEqual([
      expect.stringContaining('-Protocol TCP -LocalPort 11211'),
      expect.stringContaining('-Protocol UDP -LocalPort 11211'),
    ])
    expect(blocks('Redis', 7000, '192.0.2.1', 'win32')).toHaveLength(1)
    expect(blocks('a stranger', 7000, '192.0.2.1', 'linux')).toHaveLength(2)
  })

  it('do not set what is set already, and never make the port range narrower', () => {
    expect(changing('port-exhaustion', 'linux', 'local-port-range', 32_768, 65_000)[0]).toContain('"16384 65000"')
    expect(changing('port-exhaustion', 'linux', 'local-port-range', 1024, 65_535).join()).not.toContain('port_range')
    expect(changing('port-exhaustion', 'darwin', 'local-port-range', 49_152, 65_535)).toEqual([
      'sudo sysctl -w net.inet.ip.portrange.first=16384',
    ])
    expect(changing('port-exhaustion', 'darwin', 'local-port-range', 1024, 65_535)).toEqual([])
    expect(changing('port-exhaustion', 'linux', 'time-wait-reuse', 1).join()).not.toContain('tw_reuse')
    expect(changing('port-exhaustion', 'linux', 'time-wait-reuse', 2).join()).toContain('tw_reuse=1')
    expect(changing('syn-received-flood', 'linux', 'syncookies', 1)).toEqual([])
    expect(changing('syn-received-flood', 'linux', 'syncookies', 0)).toHaveLength(1)
  })

  it('of Sockscope itself have queries that it understands', () => {
    let seen = 0
    for (const platform of findingPlatforms) {
      for (const rule of ruleIds) {
        for (const { line } of commandsOf(fullFinding(rule), platform)) {
          const query = /sockscope (?:close|watch|list) (.*?)(?: --.*)?$/.exec(line)?.[1]
          if (query === undefined) continue
          seen += 1
          expect(parseQuery(query)).toMatchObject({ ok: true })
        }
      }
    }
    expect(seen).toBeGreaterThan(5)
  })

  it('are not given for a system that nobody knows', () => {
    expect(commandsOf(fullFinding('close-wait-leak'), 'sunos')).toEqual([])
  })

  it('have a purpose in words, each in use', () => {
    const used = new Set<string>()
    for (const platform of findingPlatforms)
      for (const rule of ruleIds) {
        const finding = rule === 'connection-churn' ? bareFinding(rule) : fullFinding(rule)
        for (const { purpose } of [
          ...commandsOf(finding, platform),
          ...commandsOf(fullFinding(rule), platform),
          ...commandsOf(bareFinding(rule), platform),
        ])
          used.add(purpose)
      }
    expect(commandPurposes.filter((id) => !used.has(commandPurposeTexts.en[id]))).toEqual([])
    for (const language of explainLanguages) {
      const texts = commandPurposes.map((id) => commandPurposeTexts[language][id])
      expect(new Set(texts).size).toBe(texts.length)
    }
  })
})
