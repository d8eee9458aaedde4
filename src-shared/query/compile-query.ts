/**
 * A query as a function over rows. It keeps what it learns about processes and texts, so one compiled query serves all rows and all
 * ticks for as long as it is active; a mirror that starts over is noticed.
 */
import { stateCode } from '../model/tcp-state.ts'
import { compileAddressTest } from './compile-address.ts'
import { compileNameKey, isNameKey } from './compile-names.ts'
import { compileNumberKey } from './compile-number.ts'
import { compileSet } from './compile-set.ts'
import { compileTextKey } from './compile-text.ts'
import { compileProtocol, compileStates, compileWord } from './compile-word.ts'
import type { Query, Term } from './query.ts'
import { allOf, anyOf, negation, type CostedTest, type QueryContext, type RowPredicate } from './row-test.ts'

export function compileQuery(query: Query, context: QueryContext): RowPredicate {
  return compile(query, context).test
}

function compile(query: Query, context: QueryContext): CostedTest {
  switch (query.kind) {
    case 'everything':
      return { test: () => true, cost: 0 }
    case 'and':
      return allOf(query.terms.map((term) => compile(term, context)))
    case 'or':
      return anyOf(query.terms.map((term) => compile(term, context)))
    case 'not':
      return negation(compile(query.term, context))
    case 'word':
    case 'text':
    case 'number':
    case 'address':
    case 'state':
    case 'protocol':
    case 'set':
      return compileTerm(query, context)
  }
}

function compileTerm(term: Term, context: QueryContext): CostedTest {
  switch (term.kind) {
    case 'word':
      return anyOf(term.values.map((value) => compileWord(value, context)))
    case 'text':
      return isNameKey(term.key) ? compileNameKey(term.key, term.values) : compileTextKey(term.key, term.values)
    case 'number':
      return compileNumberKey(term.key, term.values, context)
    case 'address':
      return anyOf(term.values.map((value) => compileAddressTest(term.key, value)))
    case 'state':
      return compileStates(term.values.reduce((mask, state) => mask | (1 << stateCode(state)), 0))
    case 'protocol':
      return anyOf(term.values.map(compileProtocol))
    case 'set':
      return anyOf(term.values.map((name) => compileSet(name, context)))
  }
}
