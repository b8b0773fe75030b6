/** The blocks of a source text: one sentence a line, an empty line between paragraphs, `#` headings, `|` table rows. */
export function blocksOf(source) {
  const blocks = [];
  for (const part of source.trim().split(/\n{2,}/)) {
    let lines = [];
    const flush = () => {
      if (lines.length > 0) blocks.push({ kind: "paragraph", sentences: lines });
      lines = [];
    };
    for (const line of part.split("\n")) {
      const heading = /^(#+) (.*)$/.exec(line);
      if (heading) {
        flush();
        blocks.push({ kind: "heading", level: heading[1].length, text: heading[2] });
      } else if (line.startsWith("|")) {
        flush();
        const cells = line.split("|").slice(1, -1);
        const row = cells.map((cell) => cell.trim());
        if (blocks.at(-1)?.kind === "table") blocks.at(-1).rows.push(row);
        else blocks.push({ kind: "table", rows: [row] });
      } else lines.push(line);
    }
    flush();
  }
  return blocks;
}
