import { expect, test } from 'vitest'
import { termTexts } from '../../../src-shared/explain/findings/term-texts.ts'
import { sensitiveServiceOf, serviceRisks, sensitiveServices } from '../../../src-shared/model/sensitive-services.ts'

test('no port and no program stands for two services', () => {
  for (const pick of ['tcp', 'udp', 'programs'] as const) {
    const all = sensitiveServices.flatMap((service): readonly (number | string)[] => service[pick] ?? [])
    expect(all).toHaveLength(new Set(all).size)
  }
})

test('every service can be found, and every port is one', () => {
  for (const { tcp = [], udp = [], programs = [] } of sensitiveServices) {
    expect(tcp.length + udp.length + programs.length).toBeGreaterThan(0)
    for (const port of [...tcp, ...udp]) expect(port).toSatisfy((value: number) => Number.isInteger(value) && value > 0 && value < 65_536)
    for (const program of programs) expect(program).toBe(program.toLowerCase())
  }
})

test('is found by port, by program, and not by chance', () => {
  expect(sensitiveServiceOf('tcp', 6379, undefined)?.name).toBe('Redis')
  expect(sensitiveServiceOf('tcp', 1, 'MySQLd.exe')?.name).toBe('MySQL')
  expect(sensitiveServiceOf('udp', 389, undefined)?.risk).toBe('amplifier')
  expect(sensitiveServiceOf('tcp', 443, 'nginx')).toBeUndefined()
  expect(sensitiveServiceOf('udp', 6379, 'redis-server')).toBeUndefined()
})

test('every risk has words in every language', () => {
  for (const { factValues } of Object.values(termTexts)) expect(Object.keys(factValues.risk)).toEqual([...serviceRisks])
})
