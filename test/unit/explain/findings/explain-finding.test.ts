import { describe, expect, it } from 'vitest'
import { addressScopes } from '../../../../src-shared/model/address-scope.ts'
import { figureIds, ruleIds, severities, type Finding } from '../../../../src-shared/contract/diagnosis.ts'
import { kernelSettingIds, type KernelSetting } from '../../../../src-shared/contract/network.ts'
import { explainFinding, type FindingExplanation } from '../../../../src-shared/explain/findings/explain-finding.ts'
import { ruleKnowledge } from '../../../../src-shared/explain/findings/rule-knowledge.ts'
import { findingPlatforms } from '../../../../src-shared/explain/findings/rule-text.ts'
import { ruleCondition, ruleName, ruleTexts } from '../../../../src-shared/explain/findings/rule-texts.ts'
import { severityTerm, thresholdTerm } from '../../../../src-shared/explain/findings/term-texts.ts'
import { explainLanguages, type ExplainLanguage } from '../../../../src-shared/explain/state-text.ts'
import { timerKinds } from '../../../../src-shared/model/columns.ts'
import { serviceRisks } from '../../../../src-shared/model/sensitive-services.ts'
import { thresholdIds, thresholdsInForce } from '../../../../src-shared/model/thresholds.ts'
import { bareFinding, findingNow, fullFinding } from '../../../builders/finding-builder.ts'

const settings: KernelSetting[] = kernelSettingIds.map((id) => ({
  id,
  name: `net.${id}`,
  values: id === 'local-port-range' ? [32_768, 60_999] : [7],
  unit: 'seconds',
  defaults: id === 'local-port-range' ? [32_768, 60_999] : [9],
  states: [],
}))

const explained = (finding: Finding, language: ExplainLanguage = 'en', platform = 'linux'): FindingExplanation =>
  explainFinding(finding, { platform, language, settings, now: findingNow })

const everyCase = ruleIds.flatMap((rule) =>
  explainLanguages.flatMap((language) => [...findingPlatforms, 'plan9'].map((platform) => [rule, language, platform] as const)),
)

describe('the texts of findings', () => {
  it.each(everyCase)('say everything about %s in %s on %s', (rule, language, platform) => {
    for (const finding of [fullFinding(rule), bareFinding(rule)]) {
      const { title, meaning, cannotTell, now, lasting, myths, severity, held } = explained(finding, language, platform)
      for (const text of [meaning, cannotTell, ...now, ...lasting, ...myths]) expect(text).toMatch(/[.。?？]$/)
      expect(now.length).toBeGreaterThan(0)
      expect(lasting.length).toBeGreaterThan(0)
      expect(title).not.toMatch(/[.。]$/)
      expect(severity + held).not.toBe('')
    }
  })

  it.each(everyCase)('leave nothing unfilled, undefined or untranslated: %s, %s, %s', (rule, language, platform) => {
    for (const finding of [fullFinding(rule), bareFinding(rule), fullFinding(rule, { endedAt: findingNow })]) {
      const words = JSON.stringify(explained(finding, language, platform))
      expect(words).not.toMatch(/undefined|NaN|\[object|\{[a-z-]+\}|—|–/)
      const { title, meaning, now } = explained(finding, language, platform)
      for (const text of [title, meaning, ...now]) expect(/\p{Script=Han}/u.test(text)).toBe(language === 'zh-CN')
    }
  })

  it('tell how many rows there were once the finding is over and its rows are gone', () => {
    const figures = [{ id: 'rows', unit: 'count', value: 7 }] as const
    expect(explained(fullFinding('close-wait-leak', { rows: 0, figures })).title).toContain('does not close 7 connections')
  })

  it('name the parties in the title as far as the rule is about them', () => {
    expect(explained(fullFinding('close-wait-leak')).title).toBe('nginx[812] does not close 12 connections that the other side has closed')
    expect(explained(fullFinding('close-wait-leak', { rows: 1 })).title).toContain('1 connection that')
    expect(explained(fullFinding('port-conflict')).title).toBe('nginx[812] and node[4242] both listen on 192.0.2.1:8080')
    expect(explained(fullFinding('syn-sent-stalled')).title).toBe('[2001:db8::7]:443 does not answer nginx[812]')
    expect(explained(fullFinding('exposed-listener', { local: { address: '0.0.0.0', port: 6379 } })).title).toBe(
      'value of service listens on *:6379, beyond this machine',
    )
    for (const rule of ruleIds) {
      const { title } = explained(fullFinding(rule))
      expect(title).toMatch(/nginx\[812\]|192\.0\.2\.1:8080|\[2001:db8::7\]:443|12 connections/)
    }
  })

  it('know every rule by a short name of its own', () => {
    for (const language of explainLanguages) {
      const names = ruleIds.map((rule) => ruleName(rule, language))
      expect(new Set(names).size).toBe(ruleIds.length)
      for (const name of names) expect(name.length).toBeLessThanOrEqual(50)
    }
  })

  it('say when a rule fires, with every one of its thresholds as it is in force, and no other', () => {
    const inForce = thresholdsInForce({ 'close-wait-count': 3, 'close-wait-age': 2000, 'stalled-queue': 65_536 })
    expect(ruleCondition('close-wait-leak', inForce, 'en')).toContain('at least 3 connections that have been in CLOSE_WAIT for 2 s')
    expect(ruleCondition('port-exhaustion', inForce, 'zh-CN')).toContain('80%')
    for (const language of explainLanguages) {
      for (const rule of ruleIds) {
        expect(ruleCondition(rule, inForce, language)).not.toContain('{')
        const named = [...ruleTexts[language][rule].fires.matchAll(/\{([a-z0-9-]+)\}/g)].map(([, id]) => id)
        expect(new Set(named)).toEqual(new Set(ruleKnowledge[rule].thresholds))
      }
    }
  })

  it('use every threshold and every TCP setting that some rule could be about', () => {
    const used = new Set(ruleIds.flatMap((rule) => ruleKnowledge[rule].thresholds))
    expect(thresholdIds.filter((id) => !used.has(id))).toEqual([])
  })

  it('have a name and a sentence for every figure, threshold and severity', () => {
    for (const language of explainLanguages) {
      const { figures } = explained(fullFinding('half-open'), language)
      expect(figures.map(({ id }) => id)).toEqual(figureIds)
      const terms = [
        ...figures,
        ...thresholdIds.map((id) => thresholdTerm(id, language)),
        ...severities.map((id) => severityTerm(id, language)),
      ]
      for (const { name, meaning } of terms) {
        expect(name).not.toBe('')
        expect(meaning).toMatch(/[.。]$/)
      }
    }
  })
})

describe('an explained finding', () => {
  it('shows figures in units, with the thresholds that they reached', () => {
    const finding = fullFinding('close-wait-leak', {
      figures: [
        { id: 'rows', unit: 'count', value: 12_345, threshold: { id: 'close-wait-count', value: 10 } },
        { id: 'oldest-age', unit: 'milliseconds', value: 65_000, threshold: { id: 'close-wait-age', value: 60_000 } },
        { id: 'queue', unit: 'bytes', value: 65_536 },
        { id: 'share', unit: 'share', value: 0.825 },
        { id: 'opened-rate', unit: 'per-second', value: 51.26 },
      ],
    })
    expect(explained(finding).figures.map(({ value, threshold }) => [value, threshold?.value])).toEqual([
      ['12,345', '10'],
      ['1 min 5 s', '1 min'],
      ['64 KiB', undefined],
      ['83%', undefined],
      ['51.3 per second', undefined],
    ])
    expect(explained(finding, 'zh-CN').figures.map(({ value }) => value)).toEqual(['12,345', '1 分钟 5 秒', '64 KiB', '83%', '每秒 51.3'])
  })

  it('tells how long it has held, where it is going, and that it is over', () => {
    expect(explained(fullFinding('half-open')).held).toBe('for 2 min 5 s')
    expect(explained(fullFinding('half-open')).trend).toBe('rising by 24 per minute')
    expect(explained(fullFinding('half-open', { trend: { perMinute: 0.1, direction: 'steady' } })).trend).toBe('steady')
    expect(explained(fullFinding('half-open', { endedAt: findingNow - 65_000 })).held).toBe('over after 1 min')
    expect(explained(bareFinding('half-open'))).not.toHaveProperty('trend')
  })

  it('shows the settings concerned with their values, defaults and meaning, and only those', () => {
    expect(explained(fullFinding('port-exhaustion')).settings.map(({ id, value, usual, changed }) => [id, value, usual, changed])).toEqual([
      ['local-port-range', '32768-60999 s', '32768-60999 s', false],
      ['max-time-wait', '7 s', '9 s', true],
      ['time-wait-reuse', '7 s', '9 s', true],
      ['segment-lifetime', '7 s', '9 s', true],
    ])
    expect(explained(fullFinding('close-wait-leak')).settings).toEqual([])
  })

  it('offers the steps that fit what is known', () => {
    expect(explained(fullFinding('close-wait-leak')).actions).toEqual(['show-rows', 'close-rows', 'end-process', 'open-settings'])
    expect(explained({ ...bareFinding('close-wait-leak'), rows: 0 }).actions).toEqual(['open-settings'])
    expect(explained(bareFinding('close-wait-leak')).actions).toEqual(['show-rows', 'close-rows', 'open-settings'])
    expect(explained(fullFinding('close-wait-leak', { endedAt: findingNow })).actions).toEqual(['open-settings'])
  })

  it('puts known words of facts into words and leaves names as they are', () => {
    const facts = explained(
      fullFinding('syn-sent-stalled', {
        facts: [
          { id: 'route', value: 'absent' },
          { id: 'executable', value: '/usr/bin/curl' },
          { id: 'process-state', value: 'constructor' },
        ],
      }),
    ).facts
    expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Route: there is none',
      'Executable: /usr/bin/curl',
      'Process is: constructor',
    ])
  })

  it('speaks of several peers where there are several', () => {
    for (const rule of ['half-open', 'sender-stalled', 'reader-stalled'] as const) {
      const { remote: _one, ...many } = fullFinding(rule, { rows: 9 })
      expect(explained(many).title).toMatch(/Several peers|its peers/)
      expect(explained({ ...many, rows: 1 }).title).toMatch(/A peer|its peer/)
    }
  })

  it('makes no claim about one program where rows of a user cannot be seen', () => {
    for (const rule of ['close-wait-leak', 'syn-sent-fanout', 'idle-without-keepalive', 'reader-stalled'] as const)
      for (const [value, en, zh] of [
        ['alice', 'Programs of alice that cannot be seen from here ', 'alice 的、从这里看不到的程序'],
        ['unknown', 'Programs that cannot be seen from here ', '从这里看不到的程序'],
      ] as const) {
        const { process: _nobody, ...finding } = fullFinding(rule, { facts: [{ id: 'unseen-owner', value }] })
        expect(explained(finding).title.startsWith(en)).toBe(true)
        expect(explained(finding, 'zh-CN').title.startsWith(zh)).toBe(true)
        expect(explained(finding).title).toMatch(/ from here (?:do not|call|have) /)
      }
  })

  it.each([
    ['address-scope', addressScopes],
    ['risk', serviceRisks],
    ['timer', timerKinds],
    ['route', ['present', 'absent']],
    ['process-state', ['running', 'sleeping', 'waiting', 'stopped', 'ended']],
  ] as const)('has words for every value of %s that rules emit', (id, values) => {
    for (const language of explainLanguages) {
      const { facts } = explained(fullFinding('half-open', { facts: values.map((value) => ({ id, value })) }), language)
      expect(new Set(facts.map(({ value }) => value)).size).toBe(values.length)
      const untold = facts.filter(({ value }) => (values as readonly string[]).includes(value)).map(({ value }) => value)
      expect(untold.filter((value) => !['keepalive', 'none', 'running', 'sleeping', 'ended'].includes(value))).toEqual([])
    }
  })

  it('lets no name of a process do harm', () => {
    const evil = { pid: 5, startToken: 't', name: '\u001b[2J\u202eexe.\n# x' }
    const { title, facts, breakdowns } = explained(
      fullFinding('close-wait-leak', {
        process: evil,
        facts: [{ id: 'executable', value: '/tmp/\u0007' }],
        breakdowns: [{ by: 'process', parts: [{ label: 'a\u001b]0;x\u0007', rows: 1 }], others: 0 }],
      }),
    )
    const shown = title + facts[0]?.value + breakdowns[0]?.parts[0]?.label
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(title).toContain(String.raw`\x1b[2J\u{202e}exe.\x0a# x[5]`)
    expect(explained(fullFinding('close-wait-leak', { process: { ...evil, name: 'x'.repeat(5000) } })).title.length).toBeLessThan(200)
  })
})

const allTexts = (language: ExplainLanguage, finding: Finding): string[] => {
  const { meaning, now, lasting, cannotTell } = explained(finding, language)
  return [meaning, cannotTell, ...now, ...lasting]
}

/** Where each of these words belongs; elsewhere it would be a wrong cure. */
const places: readonly (readonly [word: string, rule?: Finding['rule']])[] = [
  ['tw_recycle'],
  ['tcp_fin_timeout', 'fin-wait-2-stuck'],
  ['syncookies', 'syn-received-flood'],
  ['tw_reuse', 'port-exhaustion'],
]

describe('advice that is wrong', () => {
  it('is never given', () => {
    for (const language of explainLanguages) {
      for (const rule of ruleIds) {
        const advice = allTexts(language, fullFinding(rule)).join('\n')
        expect(places.filter(([word, place]) => place !== rule && advice.includes(word))).toEqual([])
        for (const platform of findingPlatforms) {
          const lines = explained(fullFinding(rule), language, platform).commands.map(({ line }) => line)
          expect(lines.join('\n')).not.toMatch(
            /tw_recycle|-w net\.ipv4\.tcp_(?:fin_timeout|max_orphans|max_tw|retries2)|kill -9|Stop-Process .*-Force/,
          )
        }
      }
    }
  })

  it('is refuted where a person would look for it', () => {
    const myths = (rule: Finding['rule'], language: ExplainLanguage): string => explained(fullFinding(rule), language).myths.join('\n')
    expect(myths('port-exhaustion', 'en')).toMatch(
      /TIME_WAIT alone is harmless.*\n.*tcp_tw_recycle is gone.*\n.*tcp_fin_timeout does not shorten TIME_WAIT/,
    )
    expect(myths('port-exhaustion', 'zh-CN')).toMatch(
      /TIME_WAIT 是无害的.*\n.*tcp_tw_recycle 已不存在.*\n.*tcp_fin_timeout 不会缩短 TIME_WAIT/,
    )
    expect(myths('close-wait-leak', 'en')).toContain('No system setting cures it')
    expect(myths('close-wait-leak', 'zh-CN')).toContain('没有任何系统设置能治好它')
    expect(myths('syn-received-flood', 'en')).toContain('nothing to do with TIME_WAIT')
    expect(myths('fin-wait-2-stuck', 'en')).toMatch(/tcp_fin_timeout does not help/)
    for (const rule of ['half-open', 'idle-without-keepalive'] as const) {
      expect(explained(fullFinding(rule)).meaning).toContain('ESTABLISHED does not prove that anybody lives at the other end')
      expect(explained(fullFinding(rule), 'zh-CN').meaning).toContain('ESTABLISHED 并不证明')
    }
    for (const rule of ['fin-wait-1-pile', 'last-ack-pile'] as const) expect(myths(rule, 'en')).toContain('Ending the process does not')
    expect(explained(fullFinding('port-conflict'), 'en', 'win32').myths.join()).toContain('SO_EXCLUSIVEADDRUSE')
    expect(myths('connection-churn', 'en')).toContain('harmless')
  })
})
