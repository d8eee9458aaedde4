import type { DiagnoseMessages } from './diagnose-messages-en.ts'

export const diagnoseMessagesZhCn: DiagnoseMessages = {
  watching: (seconds) => `观察 ${seconds} 秒。按 Ctrl+C 提前结束。`,
  ownThresholds: (count, file) => `${file} 中您设置的 ${count} 个阈值生效；--usual-thresholds 可不采用。`,
  settingsDamaged: (file, reason) => `设置文件 ${file} 已损坏（${reason}）。其中完好的部分生效；文件保持原样。`,
  settingsNotRead: (file, reason) => `没有读取设置文件 ${file}（${reason}）。采用默认阈值。`,
  progress: (gone, all, found) => `${gone} / ${all} 秒，发现 ${found} 个`,
  found: (count, duration, looks) => `${duration}内有 ${count} 个发现（查看 ${looks} 次）。`,
  nothing: (duration, looks) => `${duration}内没有发现问题（查看 ${looks} 次）。`,
  overAgain: (finding) => `已结束：${finding}`,
  noValue: (entry) => `--thresholds：“${entry}”没有值。请写 ID=值，例如 close-wait-age=2s。`,
  unknownThreshold: (id) => `--thresholds：没有阈值“${id}”。`,
  knownThresholds: (ids) => `可用：${ids}。`,
  thresholdTwice: (id) => `--thresholds：${id} 重复了。`,
  badThreshold: (id, value, least, most) => `--thresholds：${id} 必须在 ${least} 到 ${most} 之间，而不是“${value}”。`,
  unitMissing: (value) => `请加上单位：${value}ms、${value}s、${value}m、${value}h。`,
}
