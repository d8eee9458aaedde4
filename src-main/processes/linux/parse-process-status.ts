/** Threads, memory and numbers in namespaces, from /proc/PID/status (proc_pid_status(5)). Pure and total. */
export interface ProcessStatus {
  readonly threads?: number
  readonly residentBytes?: number
  /** In its own process namespace, when that is not the one it is read from. */
  readonly pidInside?: number
}

const bytesPerKilobyte = 1024

export function parseProcessStatus(text: string): ProcessStatus {
  const threads = numberAt(/^Threads:\s+(\d{1,9})$/mu, text)
  const resident = numberAt(/^VmRSS:\s+(\d{1,12}) kB$/mu, text)
  const numbers = /^NSpid:((?:\s+\d{1,10}){2,32})$/mu.exec(text)?.[1]?.trim().split(/\s+/u)
  const inside = numbers?.at(-1)
  return {
    ...(threads === undefined ? {} : { threads }),
    ...(resident === undefined ? {} : { residentBytes: resident * bytesPerKilobyte }),
    ...(inside === undefined ? {} : { pidInside: Number(inside) }),
  }
}

function numberAt(pattern: RegExp, text: string): number | undefined {
  const digits = pattern.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
