/**
 * The agent: a Windows process under the tests' control. It opens real sockets, starts a child of its own kind, and runs Sockscope's
 * real engine for Windows; the tests compare what that says with what the system's own tool says.
 *
 * It also is the helper with administrator rights that the engine starts from its own program.
 *
 * Talks over a loopback connection, one line of JSON each way: standard input and output are no pipes under Wine.
 */
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { helperSwitch } from '../../src-main/elevation/windows/helper-command.ts'
import { runElevatedHelper } from '../../src-main/elevation/windows/run-helper.ts'
import { serveEngine } from './agent-engine.ts'
import type { AgentAnswer, AgentCommands, AgentRequest } from './agent-messages.ts'
import { moduleCommands } from './agent-modules.ts'
import { socketCommands } from './agent-sockets.ts'

const [, script = '', first, ...rest] = process.argv
if (first === helperSwitch) void runElevatedHelper(rest).then((code) => process.exit(code))
else serveTests(Number(first))

function serveTests(port: number): void {
  const link = connect(port, '127.0.0.1')
  const send = (line: AgentAnswer): void => void link.write(`${JSON.stringify(line)}\n`)
  const engine = serveEngine((frame) => send({ frame }))
  const commands: AgentCommands = { ...socketCommands(script, port), ...moduleCommands(), ...engine.commands }
  link.on('connect', () => send({ hello: process.pid }))
  // Nobody to work for any more: this also is how the tests end it.
  link.on('close', () => process.exit(0))
  link.on('error', () => process.exit(1))
  createInterface({ input: link }).on('line', (line) => {
    const request = JSON.parse(line) as AgentRequest
    if ('frame' in request) engine.receive(request.frame)
    else void answer(commands, request).then(send)
  })
}

async function answer(commands: AgentCommands, { id, command, input }: Extract<AgentRequest, { id: number }>): Promise<AgentAnswer> {
  const run = commands[command]
  if (run === undefined) return { id, error: `There is no command ${command}.` }
  try {
    return { id, value: await run(input as never) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
