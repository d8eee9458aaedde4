import type { Endpoint } from '../../../src-shared/model/connection.ts'
import type { Lab } from '../network/lab.ts'
import type { Namespace } from '../network/namespace.ts'
import { anotherExecutable, startBusy, startBusyFromShell, type BusyProgram, type Role } from './busy.ts'
import type { Stage, Trouble } from './trouble.ts'

const port = 8080

export const twoFamilies: Trouble = {
  name: 'two-families',
  title: 'Two programs answer for one name, by family',
  about: '"localhost" is 127.0.0.1 and ::1. One program has the one, another the other: which answers depends on the client.',
  prepare: (lab) => prepareConflict(lab, '127.0.0.1', '::1', 'notice'),
}

export const specificOverGeneral: Trouble = {
  name: 'specific-over-general',
  title: 'One program takes calls away from another',
  about:
    'With SO_REUSEPORT one program may listen on every address and another of the same user on one of them, which then gets its calls.',
  prepare: (lab, family) =>
    family === 4 ? prepareConflict(lab, '0.0.0.0', '127.0.0.1', 'warning') : prepareConflict(lab, '::', '::1', 'warning'),
}

export const twoOfOneName: Trouble = {
  name: 'two-of-one-name',
  title: 'Two servers of one interpreter answer for one name',
  about: 'Two programs of Node.js, one on 127.0.0.1 and one on ::1: their executable is one, and only who started them tells them apart.',
  prepare: (lab) => prepareConflict(lab, '127.0.0.1', '::1', 'notice', startBusyFromShell),
}

type Start = (machine: Namespace, role: Role) => Promise<BusyProgram>
const startOther: Start = (machine, role) => startBusy(machine, role, anotherExecutable('other-server'))

async function prepareConflict(
  lab: Lab,
  firstHost: string,
  secondHost: string,
  severity: 'warning' | 'notice',
  startSecond: Start = startOther,
): Promise<Stage> {
  const machine = lab.loopback()
  let first: BusyProgram | undefined
  let second: BusyProgram | undefined
  const ends = [firstHost, secondHost].map((address): { readonly local: Endpoint } => ({ local: { address, port } }))
  return {
    watched: machine,
    thresholds: {},
    ladder: [`one program listens on ${firstHost} port ${port}`, `another listens on ${secondHost} port ${port}`],
    begin: async () => {
      first = await startBusy(machine, { role: 'serve', host: firstHost, port, reusePort: true, ipv6Only: true })
      second = await startSecond(machine, { role: 'serve', host: secondHost, port, reusePort: true, ipv6Only: true })
    },
    reached: (rows) => rows.filter((row) => row.state === 'LISTEN' && row.local.port === port).length === 2,
    expected: () => ({
      rule: 'port-conflict',
      severity,
      equalPids: [first!.pid, second!.pid],
      evidence: ends,
      figures: {},
    }),
    cure: async () => second?.end(),
  }
}
