/** `explain` of one connection by its id. */
import type { Api } from '../../../src-shared/contract/api.ts'
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import { connectionTexts, explainConnection } from '../../../src-shared/explain/explain-connection.ts'
import { explanationParts, type ConnectionExplanation } from '../../../src-shared/explain/connection/explanation.ts'
import type { SettingValues } from '../../../src-shared/explain/connection/situation.ts'
import { refutation } from '../../../src-shared/explain/refutations.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'
import { tellFailure, tellProblems, withEngine, type CommandContext } from '../command.ts'
import { connectionLine } from '../connection-line.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { lookOnce } from '../look.ts'
import { coloursFor, type Colours } from '../text/colours.ts'
import { writerFor, writeWrongAdvice } from './explain-state-text.ts'

export function explainOneConnection(context: CommandContext, id: string): Promise<ExitCode> {
  return withEngine(context, async (api) => {
    const looked = await lookOnce(api, new RowMirror())
    if (!looked.ok) return tellFailure(context, looked.error)
    tellProblems(context, looked.value.problems)
    const answer = await api.call('getConnectionStory', { id })
    if (!answer.ok && answer.error.code === 'not-found') {
      context.tell(context.messages.explain.gone(id))
      return exitCode.targetGone
    }
    if (!answer.ok) return tellFailure(context, answer.error)
    const host = await api.call('getHost', undefined)
    if (!host.ok) return tellFailure(context, host.error)
    const { language } = context
    const settings = await settingValues(api)
    const story = answer.value
    const explanation = explainConnection(story, { platform: host.value.platform, settings, language, now: story.takenAt })
    if (context.arguments.has('json')) writeJson(context, story, explanation)
    else write(context, story, explanation)
    return exitCode.done
  })
}

/** Without them the explanation falls back to the system's defaults. */
async function settingValues(api: Api): Promise<SettingValues> {
  const report = await api.call('getKernelSettings', undefined)
  return new Map(report.ok ? report.value.settings.map(({ id, values }) => [id, values]) : [])
}

function writeJson(
  { out, language }: CommandContext,
  story: ConnectionStory,
  { refutations, ...explanation }: ConnectionExplanation,
): void {
  const wrongAdvice = refutations.map((id) => refutation(id, language))
  out(visibleJson({ ...story, explanation: { language, ...explanation, wrongAdvice } }, 2))
}

function write(context: CommandContext, story: ConnectionStory, { verdict, sentences, refutations }: ConnectionExplanation): void {
  const { out, messages, language, environment } = context
  const colours = coloursFor(environment.stdout, environment.variables)
  const texts = connectionTexts[language]
  const { paragraph, width } = writerFor(context)
  out(connectionLine(story.connection, messages, colours))
  if (story.connection.state !== undefined) out(paintOf(verdict, colours)(texts.verdicts[verdict]))
  for (const part of explanationParts) {
    const said = sentences.filter((sentence) => sentence.part === part).map(({ text }) => visibleText(text))
    if (said.length > 0) paragraph(texts.labels[part], said.join(language === 'en' ? ' ' : ''))
  }
  writePath(context, story)
  writeWrongAdvice(
    context,
    refutations.map((id) => refutation(id, language)),
    width,
  )
}

function paintOf(verdict: ConnectionExplanation['verdict'], { good, warning, bad }: Colours): Colours['good'] {
  return { normal: good, slow: warning, stuck: bad }[verdict]
}

/** One state alone says nothing that the first line does not. */
function writePath({ out, messages, environment }: CommandContext, { path }: ConnectionStory): void {
  if (path.length < 2) return
  const { header } = coloursFor(environment.stdout, environment.variables)
  out('', header(messages.explain.seen))
  for (const { state, since } of path)
    out(`  ${since === undefined ? messages.explain.beforeFirstLook : new Date(since).toISOString()}  ${state}`)
}
