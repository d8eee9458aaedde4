import type { enExport } from './en-export.ts'

export const zhCnExport: typeof enExport = {
  copy: {
    as: '复制为',
    rowsAs: { csv: '将各行复制为 CSV', json: '将各行复制为 JSON', markdown: '将各行复制为 Markdown' },
    rowsGone: '这些行已不在表格中。',
    cut: '只复制了 {total} 行中的前 {shown} 行。要得到全部，请将表格保存为文件。',
  },
  export: {
    open: '将表格保存为文件',
    hint: '保存当前显示的各行，顺序不变。CSV 和 Markdown 包含显示的列，JSON 包含所有值。',
    format: { csv: 'CSV', json: 'JSON', ndjson: 'JSON，每行一条（NDJSON）', markdown: 'Markdown' },
    command: '将表格保存为 {format}',
    nothing: '没有显示任何行。',
    saved: '已保存 {count} 行。',
    cut: '已保存 {total} 行中的前 {shown} 行。要保存其余各行，请缩小搜索范围。',
    interrupted: '其间引擎重新启动，因此没有保存任何内容。请重试。',
  },
}
