/** Asks the session bus whether the desktop shows tray icons; nothing else tells, an icon that nobody shows looks like any other. */
import { execFile } from 'node:child_process'

const name = 'org.kde.StatusNotifierWatcher'
const path = '/StatusNotifierWatcher'
const property = 'IsStatusNotifierHostRegistered'
const getProperty = 'org.freedesktop.DBus.Properties.Get'
/** Any one will do: systemd's, GLib's, the bus' own. All are read only. */
const questions: readonly (readonly [tool: string, ...args: string[]])[] = [
  ['busctl', '--user', '--auto-start=no', 'get-property', name, path, name, property],
  ['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', getProperty, name, property],
  ['dbus-send', '--session', '--print-reply=literal', `--dest=${name}`, path, getProperty, `string:${name}`, `string:${property}`],
]
/** A person who closed a window waits for the answer. */
const timeLimitMs = 1000

/**
 * False also when it cannot be told: no bus, or none of the tools. The property is that of the StatusNotifierItem specification, by which
 * Plasma, Xfce, Cinnamon, MATE, Budgie, LXQt, Ubuntu and GNOME's extension for it show icons. Trays that only know XEmbed do not answer.
 */
export async function hasTrayHost(): Promise<boolean> {
  for (const question of questions) {
    const answer = await ask(question)
    if (answer !== undefined) return /\btrue\b/u.test(answer)
  }
  return false
}

/** Undefined when the tool is not there; no text when it had no answer. */
function ask([tool, ...args]: (typeof questions)[number]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(tool, args, { timeout: timeLimitMs, env: { ...process.env, LC_ALL: 'C' } }, (error, output) =>
      resolve(error?.code === 'ENOENT' ? undefined : error === null ? output : ''),
    )
  })
}
