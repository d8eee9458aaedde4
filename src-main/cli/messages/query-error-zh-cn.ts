import { queryErrorText, type QueryError, type QueryErrorCode } from '../../../src-shared/query/index.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { Parameters } from './messages-en.ts'

const problems: Record<QueryErrorCode, (p: Parameters) => string> = {
  'too-long': (p) => `查询超过 ${p('limit')} 个字符。`,
  'too-deep': (p) => `嵌套的分组超过 ${p('limit')} 层。`,
  'unknown-key': (p) => `没有名为“${p('key')}”的键。若要搜索这段文字本身，请加双引号。`,
  'not-available-yet': (p) => `此版本还没有“${p('key')}”所需的数据。`,
  'missing-value': () => '这里缺少值。',
  'missing-term': (p) => `“${p('sign')}”后面没有内容。`,
  'unclosed-group': () => '这个括号没有闭合。',
  'unexpected-close': () => '这个“)”没有对应的“(”。',
  'empty-group': () => '括号里没有内容。',
  'unexpected-or': () => 'OR 两边都需要条件。',
  'unexpected-and': () => 'AND 两边都需要条件。',
  'unclosed-quote': () => '这个引号没有闭合。',
  'unclosed-regex': () => '正则表达式缺少结尾的“/”。',
  'bad-regex': (p) => `正则表达式有误：${p('reason')}。`,
  'unsupported-regex': (p) => `正则表达式不支持 ${p('feature')}。`,
  'bad-number': (p) => `“${p('value')}”不是 ${p('key')} 的有效数字（0 到 ${p('maximum')}）。`,
  'bad-duration': (p) => `“${p('value')}”不是时长。单位：${p('units')}。`,
  'bad-size': (p) => `“${p('value')}”不是大小。单位：${p('units')}。`,
  'bad-range': (p) => `范围颠倒了：${p('from')} 大于 ${p('to')}。`,
  'bad-address': (p) => `“${p('value')}”不是地址。`,
  'bad-cidr': (p) => `“${p('value')}”的前缀长度最大为 ${p('maximum')}。`,
  'bad-state': (p) => `“${p('value')}”不是 TCP 状态。`,
  'bad-protocol': (p) => `“${p('value')}”不是协议。可选：tcp、udp、tcp4、tcp6、udp4、udp6。`,
  'unknown-set': (p) => `没有名为“${p('value')}”的集合。`,
  'bad-value': (p) => `“${p('value')}”不能用于 ${p('key')}。`,
}

/** The lines of the English text with its marks under the place, the words in Chinese. */
export function queryErrorLinesZhCn(error: QueryError, text: string): string[] {
  const [, shown = '', marks = ''] = queryErrorText(error, text).split('\n')
  return [problems[error.code]((name) => visibleText(String(error.parameters[name] ?? '?'))), shown, marks]
}
