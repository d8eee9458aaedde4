/** One argument for a Windows command line, as CommandLineToArgvW takes it apart again. */
export function quoteArgument(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument
  // Backslashes count as escapes only before a quotation mark, and the closing one is such a mark.
  return `"${argument.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`
}
