// Everything below scripts/run works on Node 20 without any dependency: it runs before they are there.
import { spawn } from 'node:child_process'

/** A signal sent to npm ends npm and its shell, but neither tells this process: a new parent is the only sign. */
const orphanCheckMs = 1_000

/** One line to the person in front of the terminal; standard output stays free for what the command itself has to say. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs a command in the foreground. Resolves with its exit code; 127 when it could not be started, 128 + n after signal n. Ctrl+C
 * reaches the child by the terminal; where there is none, and for the other signals, it is passed on.
 */
export function run(command, args, { env = process.env, cwd, timeoutMs, stdio = 'inherit', shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio, shell, timeout: timeoutMs })
    const passOn = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = process.platform === 'win32' ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const parent = process.ppid
    const orphanCheck = setInterval(() => process.ppid === parent || child.kill(), orphanCheckMs)
    const end = (code) => {
      clearInterval(orphanCheck)
      for (const signal of signals) process.removeListener(signal, passOn)
      resolve(code)
    }
    child.once('error', (error) => {
      say(`${command}: ${error.message}`)
      end(127)
    })
    child.once('exit', (code, signal) => end(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)))
  })
}

/** Runs one of the project's tools by a command line of ours; `env` is the one that `prepare` gave. */
export function runTool(root, env, commandLine, options = {}) {
  return run(commandLine, [], { cwd: root, env, shell: true, ...options })
}
