import type { ReportBlock } from './report-block.ts'

/** Markdown (CommonMark with GitHub's tables), ending with a newline. Names in it cannot become markup, links or mentions. */
export function markdownReport(blocks: readonly ReportBlock[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`
}

function blockText(block: ReportBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`
    case 'paragraph':
      return escapedStart(block.text)
    case 'list':
      return block.items.map((item) => `- ${escapedStart(item)}`).join('\n')
    case 'table':
      return [
        tableLine(block.columns.map(({ header }) => header)),
        `| ${block.columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join(' | ')} |`,
        ...block.rows.map(tableLine),
      ].join('\n')
    case 'commands':
      return fenced(block.commands.map(({ says, line }) => `# ${says}\n${line}`).join('\n'))
  }
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`
}

/** A comment of HTML parts what GitHub would turn into a mention, a reference or a link; backslashes do for the rest. */
const parting = '<!-- -->'

function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>|~&#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
    .replaceAll(/@(?=\S)|#(?=\d)|(?<=\bwww)\.|:(?=\/\/)/gi, (sign) => `${sign}${parting}`)
}

/** What would begin a list or a line at the start of a paragraph. */
function escapedStart(text: string): string {
  return escaped(text)
    .replace(/^[-+=]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
}

/** A fence longer than any run of backticks within. */
function fenced(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((length, [run]) => Math.max(length, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
