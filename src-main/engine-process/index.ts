/** Entry of the child process in which the engine lives: the local Api, served to whoever started this process. */
import { randomBytes } from 'node:crypto'
import { release, userInfo } from 'node:os'
import { serveRpc } from '../../src-shared/rpc/server.ts'
import { createLocalApi } from '../api/create-local-api.ts'
import { openParentChannel } from './parent-channel.ts'

const channel = openParentChannel(process)
if (channel === undefined) {
  process.stderr.write('This is the engine of Sockscope; it is started by the application and by `sockscope serve`.\n')
  process.exit(2)
}

const local = createLocalApi({
  platform: process.platform,
  kernel: release(),
  variables: process.env,
  userName: userNameOrUndefined(),
  userId: process.geteuid?.(),
  ownPids: [process.pid, process.ppid],
  sessionBase: randomBytes(6).toString('hex'),
  now: () => Date.now(),
  steadyNow: () => performance.now(),
  startTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
})
// Who may act is decided by the host, which knows its clients; the engine trusts the host alone.
serveRpc({ channel, api: local.api, allows: () => true, onDefect: (error) => process.stderr.write(`${String(error)}\n`) })
local.start()

/** A uid without an entry in the user database has no name. */
function userNameOrUndefined(): string | undefined {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}
