/** Main-thread time per change set, from a Chromium trace. CPU time and not wall time: other programs share the machine. */

const category = 'disabled-by-default-devtools.timeline'
const traceConfig = {
  includedCategories: ['toplevel', 'blink.user_timing', '__metadata', category, 'devtools.timeline'],
  excludedCategories: ['*'],
}

export async function startTrace(cdp) {
  const events = []
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event)
  })
  await cdp.send('Tracing.start', { traceConfig, transferMode: 'ReportEvents' })
  return {
    stop: async () => {
      const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve))
      await cdp.send('Tracing.end')
      await complete
      return events
    },
  }
}

/** By phase: for each change set the CPU milliseconds until the next one, and those of the longest task in between. */
export function costsByPhase(events) {
  const marks = events
    .filter((event) => event.cat?.includes('blink.user_timing') && /^(set|end)\|/.test(event.name))
    .toSorted((a, b) => a.ts - b.ts)
  const { pid, tid } = marks[0]
  const tasks = events
    .filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'RunTask')
    .map((event) => ({ from: event.ts, to: event.ts + event.dur, cpuMs: (event.tdur ?? event.dur) / 1000 }))
    .toSorted((a, b) => a.from - b.from)
  const taskStart = (time) => tasks.find((task) => task.from <= time && task.to >= time)?.from ?? time
  const phases = {}
  for (const [index, mark] of marks.entries()) {
    const [kind, phase] = mark.name.split('|')
    const next = marks[index + 1]
    if (kind !== 'set' || next === undefined) continue
    const within = tasks.filter((task) => task.from >= taskStart(mark.ts) && task.from < taskStart(next.ts))
    const entry = (phases[phase] ??= { cpuMs: [], longestMs: [] })
    entry.cpuMs.push(within.reduce((sum, task) => sum + task.cpuMs, 0))
    entry.longestMs.push(Math.max(0, ...within.map((task) => task.cpuMs)))
  }
  return phases
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
