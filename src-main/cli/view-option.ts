/** `--view`: a view that was saved in the window, or the text of one from a file or standard input. */
import type { ViewContent } from '../../src-shared/model/saved-view.ts'
import { maximumViewTextLength, readViewText } from '../../src-shared/model/view-text.ts'
import { queryErrorText } from '../../src-shared/query/index.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import type { StoredSettings } from '../api/stored-settings.ts'
import { badChoice, type CommandContext } from './command.ts'
import type { ExitCode } from './exit-code.ts'
import { queryErrorLinesZhCn } from './messages/query-error-zh-cn.ts'
import { viewInList, type ViewInList } from './view-in-list.ts'

/** A sign takes up to four bytes, and an editor puts a mark before the text and a line end behind it. */
const mostBytes = maximumViewTextLength * 4 + 16
/** More names than fit a screen help nobody. */
const mostNames = 30

type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly exit: ExitCode }
interface FoundView {
  /** As the messages call it. */
  readonly title: string
  readonly content: ViewContent
}

/** Undefined when the option is not given. What of the view the listing cannot show is told on stderr. */
export async function readView(context: CommandContext): Promise<Outcome<ViewInList | undefined>> {
  const wanted = context.arguments.valueOf('view')
  if (wanted === undefined) return { ok: true, value: undefined }
  const found = await findView(context, wanted)
  if (!found.ok) return found
  const { title, content } = found.value
  const outcome = viewInList(content)
  const texts = context.messages.view
  if (!outcome.ok) {
    const { text } = content.filters
    const lines = context.language === 'zh-CN' ? queryErrorLinesZhCn(outcome.error, text) : queryErrorText(outcome.error, text).split('\n')
    return { ok: false, exit: context.misuse(texts.badQuery(title), ...lines) }
  }
  const view = withoutHostUnlessAsked(context, outcome.value)
  if (view.missing.length > 0) context.tell(texts.missing(view.missing.join(', ')))
  if (view.isGrouped) context.tell(texts.grouped)
  return { ok: true, value: view }
}

/** Host names cost questions to a resolver, which nobody should cause by a view that came along. */
function withoutHostUnlessAsked({ arguments: given, messages, tell }: CommandContext, view: ViewInList): ViewInList {
  if (given.has('resolve') || given.valueOf('from') !== undefined) return view
  const columns = view.columns?.filter((name) => name !== 'host')
  const sort = view.sort.filter(({ column }) => column !== 'host')
  if (columns?.length === view.columns?.length && sort.length === view.sort.length) return view
  tell(messages.view.hostLeftOut)
  return { ...view, columns: columns?.length === 0 ? undefined : columns, sort }
}

/** A name wins over a file that is called so; a text of a view needs no file. */
async function findView(context: CommandContext, wanted: string): Promise<Outcome<FoundView>> {
  if (/^\s*sockscope-view:/u.test(wanted)) return fromText(context, wanted, '--view')
  const { environment, messages } = context
  if (wanted !== '-') {
    const stored = await environment.readSettings()
    const saved = stored.settings.views.find(({ name }) => name === wanted)
    if (saved !== undefined) {
      const { name, ...content } = saved
      return { ok: true, value: { title: `"${visibleText(name)}"`, content } }
    }
    const input = await environment.readText(wanted, mostBytes)
    if (!input.ok && input.trouble === 'missing') return { ok: false, exit: unknownView(context, wanted, stored) }
    return fromInput(context, input, visibleText(wanted))
  }
  return fromInput(context, await environment.readText('-', mostBytes), messages.view.input)
}

function unknownView(context: CommandContext, wanted: string, { file, settings, damage, objection }: StoredSettings): ExitCode {
  const texts = context.messages.view
  const names = settings.views.map(({ name }) => visibleText(name))
  const trouble = damage ?? objection
  if (trouble !== undefined) context.tell(texts.settingsBad(visibleText(file), visibleText(trouble)))
  if (names.length === 0) return context.misuse(texts.unknown(visibleText(wanted)), texts.noneKnown(visibleText(file)))
  const [, ...suggestion] = badChoice(context, '--view', wanted, names)
  const shown = names.slice(0, mostNames).map((name) => `"${name}"`)
  return context.misuse(texts.unknown(visibleText(wanted)), ...suggestion, texts.known(shown.join(', ')))
}

type Input = Awaited<ReturnType<CommandContext['environment']['readText']>>

function fromInput(context: CommandContext, input: Input, from: string): Outcome<FoundView> {
  const texts = context.messages.view
  if (input.ok) return fromText(context, input.text, from)
  switch (input.trouble) {
    case 'unreadable':
      return { ok: false, exit: context.misuse(texts.unreadable(from, visibleText(input.reason))) }
    case 'too-large':
      return { ok: false, exit: context.misuse(texts.problem['too-long'](from)) }
    case 'no-file':
    case 'missing':
      return { ok: false, exit: context.misuse(texts.notAFile(from)) }
  }
}

function fromText(context: CommandContext, text: string, from: string): Outcome<FoundView> {
  const texts = context.messages.view
  const outcome = readViewText(text.replace(/^\u{feff}/u, ''))
  if (!outcome.ok) return { ok: false, exit: context.misuse(texts.problem[outcome.problem](from)) }
  const { name, content, ignored } = outcome.view
  if (ignored.length > 0) context.tell(texts.ignored(ignored.map(visibleText).join(', ')))
  return { ok: true, value: { title: name === undefined ? from : `"${visibleText(name)}"`, content } }
}
