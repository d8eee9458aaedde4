import type { Api } from '../../../src-shared/contract/api.ts'
import { capabilityReasonText } from '../../../src-shared/explain/capability-texts.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { visibleJson } from '../../../src-shared/text/visible-text.ts'
import { tellFailure, tellProblems, withEngine, type Command, type CommandContext } from '../command.ts'
import { exitCode, type ExitCode } from '../exit-code.ts'
import { writeGauges } from '../gauges-output.ts'
import { lookOnce, sawNothing } from '../look.ts'

export const gaugesCommand: Command = {
  name: 'gauges',
  words: 'none',
  options: [{ name: 'json' }],
  run: (context) => withEngine(context, (api) => gauges(context, api)),
}

async function gauges(context: CommandContext, api: Api): Promise<ExitCode> {
  const looked = await lookOnce(api, new RowMirror())
  if (!looked.ok) return tellFailure(context, looked.error)
  tellProblems(context, looked.value.problems)
  if (sawNothing(looked.value)) return exitCode.failed
  const answer = await api.call('getGauges', undefined)
  if (!answer.ok) return tellFailure(context, answer.error)
  const { value: report } = answer
  if (context.arguments.has('json')) context.out(visibleJson(report, 2))
  else writeGauges(context, report)
  const { title, untold } = context.messages.gauges
  for (const { gauge, reason } of report.unavailable) context.tell(untold(title[gauge], capabilityReasonText(reason, context.language)))
  return exitCode.done
}
