/**
 * A bare word: looked for in the process name, the service in that process (Windows), both addresses, both ports, their service names,
 * the state and the protocol.
 */
import type { Protocol } from '../model/columns.ts'
import { protocols } from '../model/columns.ts'
import { stateSpellings } from '../model/state-spelling.ts'
import { stateCode, tcpStates } from '../model/tcp-state.ts'
import { addressPrefixTest } from './address-prefix.ts'
import { onSide, onText, type WordsTest } from './address-side.ts'
import { compileAddressTest } from './compile-address.ts'
import { portTable, portTest } from './compile-number.ts'
import { compileTextTest, containing, ownerTest, rememberedTest, type StringTest } from './compile-text.ts'
import { protocolNamed } from './parse-values.ts'
import type { ProtocolTest, TextTest, WordTest } from './query.ts'
import { anyOf, costs, type CostedTest, type QueryContext } from './row-test.ts'

/** Shorter beginnings of states would bury what is looked for: `s` and `es` stand in too many other words. */
const shortestStateWord = 3
const shortestServiceWord = 2

export function compileWord(test: WordTest, context: QueryContext): CostedTest {
  if (test.kind === 'network') return anyOf([compileAddressTest('local', test), compileAddressTest('remote', test)])
  const nameTest = compileTextTest(test, containing)
  const name = ownerTest((process) => process.name !== undefined && nameTest(process.name))
  const names = [name, hostedServiceTest(nameTest)]
  return anyOf(test.kind === 'plain' ? [...names, ...plainTests(test.text, context)] : [...names, ...patternTests(test)])
}

/** Most rows of most systems have none, which costs one look at a column. */
function hostedServiceTest(matches: StringTest): CostedTest {
  const remembered = rememberedTest(matches)
  return {
    test: (mirror, slot) => {
      const reference = mirror.columns.service[slot] ?? 0
      const name = reference === 0 ? undefined : mirror.stringAt(reference)
      return name !== undefined && remembered(name)
    },
    cost: costs.column,
  }
}

export function compileProtocol({ protocol, family }: ProtocolTest): CostedTest {
  const code = protocols.indexOf(protocol)
  return {
    test: ({ columns }, slot) => columns.protocol[slot] === code && (family === undefined || columns.family[slot] === family),
    cost: costs.column,
  }
}

/** `codes` has bit n set for state code n. */
export function compileStates(codes: number): CostedTest {
  return { test: ({ columns }, slot) => ((codes >>> (columns.state[slot] ?? 0)) & 1) === 1, cost: costs.column }
}

function plainTests(text: string, context: QueryContext): CostedTest[] {
  const tests: CostedTest[] = []
  const protocol = protocolNamed(text)
  if (protocol !== undefined) tests.push(compileProtocol(protocol))
  const states = stateMask((spelling) => beginsWord(spelling, text))
  if (states !== 0 && text.length >= shortestStateWord) tests.push(compileStates(states))
  if (/^\d{1,5}$/.test(text))
    tests.push(
      portTest(
        'port',
        portTable((port) => String(port).startsWith(text)),
      ),
    )
  const address = addressPrefixTest(text)
  if (address !== undefined) tests.push(eitherSide(address, 2 * costs.column))
  if (context.serviceName !== undefined && text.length >= shortestServiceWord) tests.push(serviceTest(text, context.serviceName))
  return tests
}

/** A pattern is held against what the table shows: name, addresses and state. */
function patternTests(test: Exclude<TextTest, { kind: 'plain' }>): CostedTest[] {
  const matches = compileTextTest(test, containing)
  const states = stateMask((spelling) => matches(spelling) || matches(spelling.toLowerCase()))
  const tests = [eitherSide(onText(matches), costs.addressText)]
  return states === 0 ? tests : [...tests, compileStates(states)]
}

function eitherSide(matches: WordsTest, cost: number): CostedTest {
  const local = onSide('local', matches)
  const remote = onSide('remote', matches)
  return { test: (mirror, slot) => local(mirror, slot) || remote(mirror, slot), cost }
}

function stateMask(matches: StringTest): number {
  let mask = 0
  for (const state of tcpStates) if (stateSpellings(state).some((spelling) => matches(spelling))) mask |= 1 << stateCode(state)
  return mask
}

/** `wait` begins a part of CLOSE_WAIT, `sh` begins none of ESTABLISHED. */
function beginsWord(spelling: string, text: string): boolean {
  return `_${spelling}`.includes(`_${text.toUpperCase().replaceAll('-', '_')}`)
}

const serviceUnknown = 0
const serviceMatches = 1
const serviceDiffers = 2

function serviceTest(text: string, serviceName: NonNullable<QueryContext['serviceName']>): CostedTest {
  const prefix = text.toLowerCase()
  const answers = protocols.map(() => new Uint8Array(65_536))
  const matches = (port: number, protocolCode: number): boolean => {
    const known = answers[protocolCode]
    if (port === 0 || known === undefined) return false
    if (known[port] === serviceUnknown) {
      const protocol: Protocol = protocols[protocolCode] ?? 'tcp'
      known[port] = serviceName(port, protocol)?.toLowerCase().startsWith(prefix) === true ? serviceMatches : serviceDiffers
    }
    return known[port] === serviceMatches
  }
  return {
    test: ({ columns }, slot) => {
      const protocol = columns.protocol[slot] ?? 0
      return matches(columns.localPort[slot] ?? 0, protocol) || matches(columns.remotePort[slot] ?? 0, protocol)
    },
    cost: 2 * costs.column,
  }
}
