import type { Api } from '../../src-shared/contract/api.ts'
import type { CommandContext } from './command.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

/** Damage beyond this many entries is only counted. */
const skippedTold = 5

/** `work` gets a saved listing in place of the machine; what of the file could not be used is told before. */
export async function withListing(context: CommandContext, file: string, work: (api: Api) => Promise<ExitCode>): Promise<ExitCode> {
  const { tell, messages, environment } = context
  const texts = messages.listing
  const name = visibleText(file)
  const opened = await environment.openListing(file)
  if (!opened.ok) {
    const { trouble } = opened
    tell(trouble.kind === 'unreadable' ? texts.unreadable(name, visibleText(trouble.reason)) : texts[trouble.kind](name))
    return exitCode.failed
  }
  const { skipped, api } = opened
  for (const { at, field } of skipped.slice(0, skippedTold)) tell(field === undefined ? texts.notAnEntry(at) : texts.badField(at, field))
  if (skipped.length > skippedTold) tell(texts.moreSkipped(skipped.length - skippedTold))
  return work(api)
}
