import { spawnSync } from 'node:child_process'

/** The manual page, made from what the built command says about itself. `command` is the path of out/main/sockscope.js. */
export function manPage(command, { version, description }) {
  const general = help(command, [])
  const names = [...section(general, 'Commands').matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name)
  return [
    `.TH SOCKSCOPE 1 "" "Sockscope ${version}" "User Commands"`,
    '.SH NAME',
    `sockscope \\- ${roff(description.split(':')[0].toLowerCase())}`,
    '.SH SYNOPSIS',
    '.B sockscope',
    '[\\fICOMMAND\\fR [...]]',
    '.SH DESCRIPTION',
    'Without a command the window is opened. With one, the answer goes to standard output and messages to standard error.',
    ...verbatim(general),
    ...names.flatMap((name) => [`.SH ${name.toUpperCase()}`].concat(verbatim(help(command, [name])))),
    '.SH SEE ALSO',
    '.BR ss (8),',
    '.BR lsof (8)',
    '',
  ].join('\n')
}

function help(command, words) {
  const env = { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words, '--help'], { encoding: 'utf8', env, timeout: 30_000 })
  if (status !== 0) throw new Error(`sockscope ${words.join(' ')} --help: exit code ${status}: ${stderr}`)
  return stdout.trim()
}

function section(text, title) {
  const from = text.indexOf(`${title}\n`)
  if (from === -1) throw new Error(`The help has no "${title}" any more; the manual page is made from it.`)
  return text.slice(from, text.indexOf('\n\n', from))
}

function verbatim(text) {
  return ['.PP', '.nf', ...text.split('\n').map((line) => roff(line)), '.fi']
}

/** A dot or quote at the beginning of a line would be a request. */
function roff(line) {
  return line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1')
}
