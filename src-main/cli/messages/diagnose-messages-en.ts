/** What `diagnose` says beside the findings, in English; the type is the law for the other languages. */
export const diagnoseMessagesEn = {
  watching: (seconds: number) => `Watching for ${seconds} s. Ctrl+C ends early.`,
  ownThresholds: (count: number, file: string) =>
    `${count === 1 ? 'One threshold' : `${count} thresholds`} of your settings in ${file} ${count === 1 ? 'applies' : 'apply'}; --usual-thresholds leaves them out.`,
  settingsDamaged: (file: string, reason: string) =>
    `The settings file ${file} is damaged (${reason}). What is good of it applies; the file is left as it is.`,
  settingsNotRead: (file: string, reason: string) => `The settings file ${file} was not read (${reason}). The usual thresholds apply.`,
  progress: (gone: number, all: number, found: number) => `${gone} of ${all} s, ${found} found`,
  found: (count: number, duration: string, looks: string) =>
    `${count} ${count === 1 ? 'finding' : 'findings'} in ${duration} (${looks} looks).`,
  nothing: (duration: string, looks: string) => `Nothing was found in ${duration} (${looks} looks).`,
  overAgain: (finding: string) => `over again: ${finding}`,
  noValue: (entry: string) => `--thresholds: "${entry}" has no value. Write ID=VALUE, for example close-wait-age=2s.`,
  unknownThreshold: (id: string) => `--thresholds: there is no threshold "${id}".`,
  knownThresholds: (ids: string) => `There are: ${ids}.`,
  thresholdTwice: (id: string) => `--thresholds: ${id} is given twice.`,
  badThreshold: (id: string, value: string, least: string, most: string) =>
    `--thresholds: ${id} must be from ${least} to ${most}, not "${value}".`,
  unitMissing: (value: string) => `Add a unit: ${value}ms, ${value}s, ${value}m, ${value}h.`,
}

export type DiagnoseMessages = typeof diagnoseMessagesEn
