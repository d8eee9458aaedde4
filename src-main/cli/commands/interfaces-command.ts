import type { InterfacesReport, NetworkInterface } from '../../../src-shared/contract/network.ts'
import { withEngine, type Command, type CommandContext } from '../command.ts'
import { answerReport } from '../network-report.ts'
import { coloursFor } from '../text/colours.ts'
import { tableLines, type TableCell } from '../../../src-shared/text/text-table.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'

export const interfacesCommand: Command = {
  name: 'interfaces',
  words: 'none',
  options: [{ name: 'json' }],
  run: (context) =>
    withEngine(context, async (api) =>
      answerReport(
        context,
        await api.call('getInterfaces', undefined),
        ({ interfaces }) => interfaces,
        (report) => writeInterfaces(context, report),
      ),
    ),
}

/** One line per address, the interface's own facts on the first. */
function writeInterfaces({ out, messages, environment }: CommandContext, { interfaces }: InterfacesReport): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const { heading } = messages.network
  const columns = [
    { header: heading.interface, align: 'left', shrinkTo: 10 },
    { header: heading.state, align: 'left' },
    { header: heading.mtu, align: 'right' },
    { header: heading.received, align: 'right' },
    { header: heading.sent, align: 'right' },
    { header: heading.errors, align: 'right' },
    { header: heading.dropped, align: 'right' },
    { header: heading.addresses, align: 'left' },
  ] as const
  const rows = interfaces.flatMap((each): TableCell[][] => {
    const [first = '', ...more] = each.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`)
    const blank = columns.slice(1).map(() => ({ text: '' }))
    return [[...facts(each, messages).map((text) => ({ text })), { text: first }], ...more.map((text) => blank.concat({ text }))]
  })
  out(...tableLines(columns, rows, environment.stdout.columns, colours.header))
}

function facts({ name, up, running, mtuBytes, counters: c }: NetworkInterface, { network }: CommandContext['messages']): string[] {
  const state = up === undefined ? '' : running === true && up ? network.running : up ? network.up : network.down
  return [
    visibleText(name),
    state,
    sum(mtuBytes),
    sum(c?.receivedBytes),
    sum(c?.sentBytes),
    sum(c?.receiveErrors, c?.sendErrors),
    sum(c?.receiveDropped, c?.sendDropped),
  ]
}

function sum(...values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? '' : String(known.reduce((total, value) => total + value, 0))
}
