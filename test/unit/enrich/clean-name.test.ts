import { describe, expect, it } from 'vitest'
import { cleanHostName, cleanLabel } from '../../../src-main/enrich/clean-name.ts'

describe('a host name from the network', () => {
  it.each([
    ['www.Example.COM.', 'www.example.com'],
    ['_ldap._tcp.example.com', '_ldap._tcp.example.com'],
    ['xn--pple-43d.com', 'xn--pple-43d.com'],
    ['\u{430}pple.com', '\\u{430}pple.com'],
    ['evil\u001b[2Jname.example', 'evil\\x1b\\x5b2jname.example'],
    ['moc.knab\u{202e}', 'moc.knab\\u{202e}'],
    ['a b.example', 'a\\x20b.example'],
    ['<img src=x>.example', '\\x3cimg\\x20src\\x3dx\\x3e.example'],
  ])('%j is shown as %j', (name, shown) => expect(cleanHostName(name)).toBe(shown))

  it.each(['', '.', '192.0.2.7', '192.0.2.7.', '2001:db8::1', 'a'.repeat(254)])('%j is no name to show', (name) =>
    expect(cleanHostName(name)).toBeUndefined(),
  )
  it('is bounded after escaping too', () => {
    expect(cleanHostName('\u{1}'.repeat(253))?.length).toBe(254)
  })
})

it('lets every script through in the name of a network, and nothing that acts on its surroundings', () => {
  expect(cleanLabel(' 中国电信 ')).toBe('中国电信')
  expect(cleanLabel('Ex\u{202e}ample\n')).toBe('Ex\\u{202e}ample')
  expect(cleanLabel('x'.repeat(1000))?.length).toBe(160)
  expect(cleanLabel('  ')).toBeUndefined()
})
