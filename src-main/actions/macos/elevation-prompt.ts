/** What macOS shows above its password field. The engine does not know the interface's language, so the system's decides. */
const prompts = {
  en: (pid: number) => `Sockscope wants to end process ${pid}.`,
  zh: (pid: number) => `Sockscope 想要结束进程 ${pid}。`,
}

export function elevationPrompt(pid: number, locale: string = new Intl.DateTimeFormat().resolvedOptions().locale): string {
  return (locale.startsWith('zh') ? prompts.zh : prompts.en)(pid)
}
