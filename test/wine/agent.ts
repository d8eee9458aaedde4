/**
 * The agent: a Windows process under the tests' control. It opens real sockets, starts a child of its own kind, and runs Sockscope's
 * real engine for Windows; the tests compare what that says with what the system's own tool says.
 *
 * Talks over a loopback connection, one line of JSON each way: standard input and output are no pipes under Wine.
 */
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { serveEngine } from './agent-engine.ts'
import { socketCommands } from './agent-sockets.ts'
import { moduleCommands } from './agent-modules.ts'
import type { AgentAnswer, AgentCommands, AgentRequest } from './agent-messages.ts'

const port = Number(process.argv[2])
const link = connect(port, '127.0.0.1')
const engine = serveEngine((frame) => send({ frame }))
const commands: AgentCommands = { ...socketCommands(process.argv[1] ?? '', port), ...moduleCommands(), ...engine.commands }

link.on('connect', () => send({ hello: process.pid }))
// Nobody to work for any more: this also is how the tests end it.
link.on('close', () => process.exit(0))
link.on('error', () => process.exit(1))
createInterface({ input: link }).on('line', (line) => {
  const request = JSON.parse(line) as AgentRequest
  if ('frame' in request) engine.receive(request.frame)
  else void answer(request)
})

async function answer({ id, command, input }: Extract<AgentRequest, { id: number }>): Promise<void> {
  const run = commands[command]
  if (run === undefined) return send({ id, error: `There is no command ${command}.` })
  try {
    send({ id, value: await run(input as never) })
  } catch (error) {
    send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function send(answered: AgentAnswer): void {
  link.write(`${JSON.stringify(answered)}\n`)
}
