/** Looks at a scenario refresh by refresh, from before it begins until the diagnosis has let go of it. */
import { expect } from 'vitest'
import type { DiagnosisReport, Finding } from '../../../src-shared/contract/diagnosis.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { asked, wait } from '../../live/engine/engine-under-test.ts'
import type { EngineInNamespace } from '../network/engine-in-namespace.ts'
import { endpointText, endsText } from './rows.ts'
import type { Expected, Stage } from './trouble.ts'

const betweenLooksMs = 250
/** An end takes time in which nothing may be there; two looks a second are enough to see it. */
const betweenLooksAfterCureMs = 500
/** Looks after the one that reaches the thresholds. */
const looksUntilRaised = 2
/** Rows that began together reach their age within a second of each other, and rates are whole after a window. */
const looksUntilComplete = 10
/** The machine may be busy; this is no measure of the product. */
const patienceLooks = 120
/** The kernel repeats what was lost after a second or two, and a finding is over after one and a half without anything to see. */
const looksUntilOver = 12

export interface Seen {
  readonly report: DiagnosisReport
  readonly rows: readonly Connection[]
  readonly now: number
}

export interface Course {
  /** Looks from the one whose rows reach the thresholds until the finding is there; 0 is the same look. */
  readonly raisedAfter: number
  /** Looks from the cure until it is over. */
  readonly overAfter: number
  readonly overAfterMs: number
}

export async function look(engine: EngineInNamespace): Promise<Seen> {
  const { connections } = await engine.look()
  return { report: await asked(engine.api, 'getDiagnosis', undefined), rows: connections, now: engine.mirror.takenAt }
}

export async function startLooking({ watched, thresholds }: Pick<Stage, 'watched' | 'thresholds'>): Promise<EngineInNamespace> {
  const engine = await watched.engine()
  await asked(engine.api, 'changeSettings', { thresholds })
  await look(engine)
  return engine
}

export async function follow(stage: Stage): Promise<Course> {
  const engine = await startLooking(stage)
  await watchNothing(engine, stage.watchedBeforeMs ?? 0)
  await stage.begin()
  const raisedAfter = await untilRaised(engine, stage)
  await checkFinding(engine, stage.expected())
  const curedAt = performance.now()
  await stage.cure()
  const overAfter = await untilOver(engine, stage)
  return { raisedAfter, overAfter, overAfterMs: Math.round(performance.now() - curedAt) }
}

async function watchNothing(engine: EngineInNamespace, forMs: number): Promise<void> {
  for (;;) {
    const { report, now } = await look(engine)
    expect(report.findings, 'before anything is wrong').toEqual([])
    if (now - report.watchingSince >= forMs) return
    await wait(betweenLooksMs)
  }
}

const isOf = (finding: Finding, { rule, local, remote, pid }: Expected): boolean =>
  finding.rule === rule &&
  (pid === undefined || finding.process?.pid === pid) &&
  (local === undefined || (finding.local !== undefined && endpointText(finding.local) === endpointText(local))) &&
  (remote === undefined || (finding.remote !== undefined && endpointText(finding.remote) === endpointText(remote)))

async function untilRaised(engine: EngineInNamespace, stage: Stage): Promise<number> {
  let reachedAt: number | undefined
  for (let at = 0; at < patienceLooks; at += 1) {
    const { report, rows, now } = await look(engine)
    const raised = report.findings.some((finding) => isOf(finding, stage.expected()))
    if (stage.reached(rows, now)) reachedAt ??= at
    if (raised) {
      expect(reachedAt, 'raised before the rows reached the threshold').toBeDefined()
      return at - (reachedAt ?? 0)
    }
    if (reachedAt !== undefined && at - reachedAt >= looksUntilRaised)
      throw new Error(
        `Not found ${looksUntilRaised} looks after the threshold. There: ${summary(report.findings)}; rows: ${rowsText(rows)}`,
      )
    await wait(betweenLooksMs)
  }
  const { rows } = await look(engine)
  throw new Error(`The rows never reached the threshold: ${rowsText(rows)}`)
}

/** Nothing else is found; nothing wrong is among the evidence at any time, and soon all that is right. */
async function checkFinding(engine: EngineInNamespace, expected: Expected): Promise<void> {
  for (let at = 1; ; at += 1) {
    const { report, rows } = await look(engine)
    expect(
      report.findings.map(({ rule }) => rule),
      `what is found: ${summary(report.findings)}`,
    ).toEqual([expected.rule])
    const finding = report.findings.find((one) => isOf(one, expected))!
    const evidence = await evidenceOf(engine, rows, finding)
    checkEvidence(expected, evidence, rows)
    const isComplete = evidence.length >= (expected.evidence?.length ?? 1) && wrongFigures(expected, finding).length === 0
    if (isComplete || at === looksUntilComplete) {
      expect(evidence.length, `evidence; rows: ${rowsText(rows)}`).toBeGreaterThanOrEqual(expected.evidence?.length ?? 1)
      checkWords(expected, finding)
      return
    }
    await wait(betweenLooksMs)
  }
}

async function evidenceOf(engine: EngineInNamespace, rows: readonly Connection[], finding: Finding): Promise<readonly Connection[]> {
  const { ids, total } = await asked(engine.api, 'getEvidence', { finding: finding.id })
  expect(total, 'rows that the finding tells of').toBe(finding.rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (row === undefined) throw new Error(`The evidence ${id} is no row of this look.`)
    return row
  })
}

function checkEvidence({ evidence, proves }: Expected, rows: readonly Connection[], all: readonly Connection[]): void {
  const right = new Set(evidence?.map(endsText))
  const wrong = rows.filter((row) => (evidence !== undefined && !right.has(endsText(row))) || proves?.(row) === false)
  expect(wrong.map(endsText), 'evidence that proves nothing').toEqual([])
  expect(new Set(rows.map(({ id }) => id)).size, 'rows that are evidence once').toBe(rows.length)
  if (proves !== undefined) expect(rows.length, 'rows that prove it').toBe(all.filter(proves).length)
}

function checkWords(expected: Expected, finding: Finding): void {
  expect(finding.severity, `severity of ${expected.rule}`).toBe(expected.severity)
  checkProcesses(expected, finding)
  expect(wrongFigures(expected, finding), `figures of ${expected.rule}`).toEqual([])
  const facts = Object.fromEntries(finding.facts.map(({ id, value }) => [id, value]))
  expect(facts, `facts of ${expected.rule}`).toMatchObject(expected.facts ?? {})
}

function wrongFigures({ figures }: Expected, finding: Finding): readonly string[] {
  return Object.entries(figures).flatMap(([id, [least, greatest]]) => {
    const value = finding.figures.find((figure) => figure.id === id)?.value
    return value !== undefined && value >= least && value <= greatest ? [] : [`${id} is ${value} instead of ${least} to ${greatest}`]
  })
}

function checkProcesses({ pid, otherPids = [], equalPids }: Expected, { process, otherProcesses = [] }: Finding): void {
  const others = otherProcesses.map((one) => one.pid)
  if (equalPids === undefined) expect([process?.pid, new Set(others)], 'processes').toEqual([pid, new Set(otherPids)])
  else expect(new Set([process?.pid, ...others]), 'processes').toEqual(new Set(equalPids))
}

async function untilOver(engine: EngineInNamespace, stage: Stage): Promise<number> {
  const atMost = looksUntilOver + ((stage.rememberedSeconds ?? 0) * 1000) / betweenLooksAfterCureMs
  for (let at = 1; at <= atMost; at += 1) {
    const { report } = await look(engine)
    const isIt = (finding: Finding): boolean => isOf(finding, stage.expected())
    if (!report.findings.some(isIt) && report.ended.some(isIt)) return at
    await wait(betweenLooksAfterCureMs)
  }
  const { report, rows } = await look(engine)
  throw new Error(`Not over ${atMost} looks after the cure: ${summary(report.findings)}; rows: ${rowsText(rows)}`)
}

const summary = (findings: readonly Finding[]): string => (findings.length === 0 ? 'nothing' : findings.map(({ id }) => id).join(', '))

function rowsText(rows: readonly Connection[]): string {
  return rows
    .map((row) => `${row.state} ${endsText(row)} ${row.receiveQueue}/${row.sendQueue} ${row.retransmits ?? '-'} ${row.timer?.kind ?? '-'}`)
    .join('; ')
}
