import type { Route, RoutesReport } from '../../../src-shared/contract/network.ts'
import { withEngine, type Command, type CommandContext } from '../command.ts'
import { answerReport } from '../network-report.ts'
import { coloursFor } from '../text/colours.ts'
import { tableLines } from '../../../src-shared/text/text-table.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'

export const routesCommand: Command = {
  name: 'routes',
  words: 'none',
  options: [{ name: 'all' }, { name: 'json' }],
  run: (context) =>
    withEngine(context, async (api) =>
      answerReport(
        context,
        await api.call('getRoutes', undefined),
        ({ routes }) => routes,
        (report) => writeRoutes(context, report),
      ),
    ),
}

/** What each machine has for itself and not for its packets' way. */
const ownKinds: ReadonlySet<Route['type']> = new Set(['local', 'broadcast', 'anycast', 'multicast'])

function writeRoutes({ out, tell, messages, environment, arguments: given }: CommandContext, { routes, cutShort }: RoutesReport): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const { heading } = messages.network
  const shown = given.has('all') ? routes : routes.filter(({ type }) => !ownKinds.has(type))
  const columns = [
    { header: heading.destination, align: 'left' },
    { header: heading.gateway, align: 'left' },
    { header: heading.interface, align: 'left' },
    { header: heading.metric, align: 'right' },
    { header: heading.type, align: 'left' },
    { header: heading.origin, align: 'left' },
    { header: heading.source, align: 'left' },
    { header: heading.table, align: 'right' },
  ] as const
  const rows = shown.flatMap((route) => linesOf(route).map((line) => line.map((text) => ({ text: visibleText(text) }))))
  out(...tableLines(columns, rows, environment.stdout.columns, colours.header))
  if (cutShort) tell(messages.network.cutShort(routes.length))
}

/** A route with several ways takes a line for each. */
function linesOf(route: Route): string[][] {
  const { destination, prefixLength, gateway, metric, type, origin, preferredSource, table, nextHops } = route
  const rest = [numberText(metric), type, origin ?? '', preferredSource ?? '', numberText(table)]
  const to = `${destination}/${prefixLength}`
  if (nextHops === undefined) return [[to, gateway ?? '', route.interface ?? '', ...rest]]
  return nextHops.map((hop, index) => [index === 0 ? to : '', hop.gateway ?? '', hop.interface ?? ''].concat(rest))
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
