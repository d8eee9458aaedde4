/** systeminformation's list of connections, once, in a process of its own. */
import { networkConnections } from 'systeminformation'

const connections = await networkConnections()
if (connections.length === 0) process.exitCode = 1
