import { fileURLToPath } from 'node:url'
import { forkEngine } from '../../src-main/native/fork-engine.ts'
import { describeChannelContract } from './channel-contract.ts'

const fixture = fileURLToPath(new URL('./fixtures/engine-child.ts', import.meta.url))

describeChannelContract('the IPC of a forked process', () => {
  const child = forkEngine(fixture)
  return {
    client: child.channel,
    disconnect: () => child.kill(),
    dispose: () => child.kill(),
  }
})
