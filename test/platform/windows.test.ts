/** Runs on Windows only: the module's real effects, such as a reset at the peer, which Wine cannot show. */
import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { describeCommand } from '../wine/command-suite.ts'
import { describeNetworkTables } from '../wine/network-suite.ts'
import type { WindowsMachine } from '../wine/windows-machine.ts'
import { describeWindowsModule } from '../wine/windows-suite.ts'
import { startNativeWindowsMachine } from './native-windows-machine.ts'

describe('the Windows module on Windows', () => {
  let machine: WindowsMachine | undefined
  beforeAll(async () => {
    if (process.platform === 'win32') machine = await startNativeWindowsMachine()
  })
  beforeEach(({ skip }) => {
    if (process.platform !== 'win32') skip('not Windows')
  })
  afterAll(() => machine?.end())
  describeNetworkTables(() => machine)
  describeCommand(() => machine)
  describeWindowsModule(() => machine, { closes: true, netstatWorks: true, systemTool: 'netstat' })
})
