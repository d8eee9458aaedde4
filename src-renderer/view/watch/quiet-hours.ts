import type { WatchTelling } from '../../../src-shared/model/watch-rule.ts'

/** Whether it is quiet now. The minute at which it ends is not quiet; from and to the same is a whole day of quiet. */
export function isQuiet({ quiet, quietFromMinute, quietToMinute }: WatchTelling, minute: number): boolean {
  if (!quiet) return false
  if (quietFromMinute < quietToMinute) return minute >= quietFromMinute && minute < quietToMinute
  return minute >= quietFromMinute || minute < quietToMinute
}

/** Minutes since midnight where the reader is. */
export function minuteOfDay(unixMs: number): number {
  const time = new Date(unixMs)
  return time.getHours() * 60 + time.getMinutes()
}

/** `22:30` of a time field; undefined for what is none. */
export function minuteOfClock(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/u.exec(text) ?? []
  const minute = Number(hours) * 60 + Number(minutes)
  return Number.isInteger(minute) && minute >= 0 && minute < 1440 ? minute : undefined
}

export function clockOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
