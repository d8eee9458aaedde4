import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { provideWine } from '../../scripts/wine/provide-wine.mjs'
import { describeCommand } from './command-suite.ts'
import { describeElevation } from './elevation-suite.ts'
import { describeNetworkTables } from './network-suite.ts'
import { startWineMachine } from './wine-machine.ts'
import type { WindowsMachine } from './windows-machine.ts'
import { describeWindowsModule } from './windows-suite.ts'

const provided = provideWine(fileURLToPath(new URL('../..', import.meta.url)))
const required = process.env['SOCKSCOPE_REQUIRE_WINE'] === '1'

describe('the Windows module under Wine', () => {
  let machine: WindowsMachine | undefined
  beforeAll(async () => {
    if ('wine' in provided) machine = await startWineMachine(provided.wine)
  })
  beforeEach(({ skip }) => {
    if (!('skipped' in provided)) return
    if (required) throw new Error(provided.skipped)
    skip(provided.skipped)
  })
  afterAll(() => machine?.end())
  describeElevation(() => machine)
  describeNetworkTables(() => machine)
  describeCommand(() => machine)
  describeWindowsModule(() => machine, { closes: false, netstatWorks: false, systemTool: 'ss' })
})
