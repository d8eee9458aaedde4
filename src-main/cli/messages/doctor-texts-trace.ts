/** Texts of the checks of what traces need. The words are those of the trace itself. */
import { traceProblemText } from '../../../src-shared/explain/explain-trace.ts'
import type { CheckText, DoctorTexts } from './doctor-check-text.ts'
import type { Language } from './language.ts'

const ready: Record<Language, (tool: string) => string> = {
  en: (tool) => `The headers of a connection can be traced (${tool}).`,
  'zh-CN': (tool) => `可以跟踪连接的报文头（${tool}）。`,
}

export const doctorTextsTrace: Record<Language, DoctorTexts['checks']> = { en: checks('en'), 'zh-CN': checks('zh-CN') }

function checks(language: Language): DoctorTexts['checks'] {
  return {
    'trace-works': (_status, p) => ({ text: ready[language](p('tool')) }),
    'trace-tool-linux': () => adviceOn('tcpdump-missing', 'linux', language),
    'trace-tool-darwin': () => adviceOn('tcpdump-missing', 'darwin', language),
    'trace-rights-linux': () => adviceOn('not-permitted', 'linux', language),
    'trace-rights-darwin': () => adviceOn('not-permitted', 'darwin', language),
  }
}

function adviceOn(problem: 'tcpdump-missing' | 'not-permitted', platform: string, language: Language): CheckText {
  const { text, advice = '', commands = [] } = traceProblemText(problem, platform, language)
  const [between, list] = language === 'en' ? [': ', ', '] : ['：', '，']
  const typed = commands.map((each) => `${each.for}${between}${each.command}`).join(list)
  return { text, remedy: [advice, typed].filter((part) => part !== '').join(' ') }
}
