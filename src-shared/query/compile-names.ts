/** `host:`, `country:` and `asn:`: tests over what is known so far about remote addresses. What is not known matches nothing. */
import { hasRemote } from '../model/connection.ts'
import type { KnownAbout } from '../model/known-names.ts'
import { compileTextTest, equalTo, type StringTest } from './compile-text.ts'
import type { Query, TextTest } from './query.ts'
import { nameKeys, type NameKey, type TextKey } from './query-keys.ts'
import { costs, type CostedTest } from './row-test.ts'

type AboutTest = (about: KnownAbout) => boolean

export function compileNameKey(key: NameKey, tests: readonly TextTest[]): CostedTest {
  const compiled = tests.map((test) => remembered(aboutTest(key, test)))
  return {
    test: (mirror, slot) => {
      if (!hasRemote(mirror, slot)) return false
      const about = mirror.names.ofRemote(mirror.columns, slot)
      return compiled.some((test) => test(about))
    },
    cost: costs.addressText,
  }
}

export function isNameKey(key: TextKey): key is NameKey {
  return (nameKeys as readonly TextKey[]).includes(key)
}

/** The keys of the query whose answer may change because a name becomes known. */
export function namesUsed(query: Query): ReadonlySet<NameKey> {
  switch (query.kind) {
    case 'and':
    case 'or':
      return new Set(query.terms.flatMap((term) => [...namesUsed(term)]))
    case 'not':
      return namesUsed(query.term)
    case 'text':
      return new Set(isNameKey(query.key) ? [query.key] : [])
    case 'everything':
    case 'word':
    case 'number':
    case 'address':
    case 'state':
    case 'protocol':
    case 'set':
      return new Set()
  }
}

/**
 * The query for somebody who does not know the names yet. `all`: which rows may match, whatever they turn out to be called. `none`:
 * which rows match in any case.
 */
export function withoutNames(query: Query, matching: 'all' | 'none'): Query {
  switch (query.kind) {
    case 'and':
    case 'or':
      return { kind: query.kind, terms: query.terms.map((term) => withoutNames(term, matching)) }
    case 'not':
      return { kind: 'not', term: withoutNames(query.term, matching === 'all' ? 'none' : 'all') }
    case 'text':
      if (!isNameKey(query.key)) return query
      return matching === 'all' ? { kind: 'everything' } : { kind: 'not', term: { kind: 'everything' } }
    case 'everything':
    case 'word':
    case 'number':
    case 'address':
    case 'state':
    case 'protocol':
    case 'set':
      return query
  }
}

function aboutTest(key: NameKey, test: TextTest): AboutTest {
  if (key === 'host') {
    const matches = compileTextTest(test, domainEndingIn)
    return ({ host }) => host !== undefined && matches(host)
  }
  if (key === 'country') return countryTest(test)
  return systemTest(test)
}

/** The name itself, or one below it: `host:example.com` means `www.example.com` too. */
function domainEndingIn(wanted: string): StringTest {
  return (text) => {
    const lower = text.toLowerCase()
    return lower === wanted || lower.endsWith(`.${wanted}`)
  }
}

/** The code, or the country's English name. */
function countryTest(test: TextTest): AboutTest {
  const matches = compileTextTest(test, equalTo)
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  return ({ country }) => country !== undefined && (matches(country) || matches(names.of(country) ?? country))
}

/** `64496` and `AS64496` are numbers; anything else is looked for in the name. */
function systemTest(test: TextTest): AboutTest {
  const number = test.kind === 'plain' ? /^(?:as)?(\d{1,10})$/i.exec(test.text)?.[1] : undefined
  if (number !== undefined) return ({ asn }) => asn === Number(number)
  const matches = compileTextTest(test, (wanted) => (text) => text.toLowerCase().includes(wanted))
  return ({ network }) => network !== undefined && matches(network)
}

/** What is known about an address is one object for as long as it is known. */
function remembered(test: AboutTest): AboutTest {
  const results = new WeakMap<KnownAbout, boolean>()
  return (about) => {
    let result = results.get(about)
    if (result === undefined) {
      result = test(about)
      results.set(about, result)
    }
    return result
  }
}
