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
    [
      '\\189\\000 A.a\\.b\\\\c\\"\\(\\;\\@\\$-_\\195\\169.Example',
      '\\xbd\\x00\\x20a.a\\x2eb\\x5cc\\x22\\x28\\x3b\\x40\\x24-_\\xc3\\xa9.example',
    ],
    ['a\\046b\\065.example', 'a\\x2eba.example'],
    ['\\\\189.example', '\\x5c189.example'],
    ['\\999.example', '\\x5c999.example'],
    ['end\\.', 'end\\x2e'],
    ['<img src=x>.example', '\\x3cimg\\x20src\\x3dx\\x3e.example'],
  ])('%j is shown as %j', (name, shown) => expect(cleanHostName(name)).toBe(shown))

  it.each(['', '.', '192.0.2.7', '192.0.2.7.', '2001:db8::1', 'a'.repeat(254), '192\\.0\\.2\\.7', '\\049.2.3.4'])(
    '%j is no name to show',
    (name) => expect(cleanHostName(name)).toBeUndefined(),
  )
  it('is as long as its bytes, not as the way they are written', () => {
    expect(cleanHostName('\\097'.repeat(253))).toBe('a'.repeat(253))
  })
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
