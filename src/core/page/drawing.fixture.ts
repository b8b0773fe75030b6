import type { SourcePage, SourceRun } from "./source.ts";

/**
 * Pages as drawings, one run a line: `x,y size [word…] | text`. Words: `bold` (another font), `rtl`, `down` (vertical
 * writing), `turned` (a quarter left), `w=123` (advance; else half a size per character). Blank text is a space.
 */
export function draw(drawing: string): SourceRun[] {
  return drawing
    .split("\n")
    .filter((line) => line.includes("|"))
    .map((line) => {
      const bar = line.indexOf("|");
      const [at = "", size = "10", ...words] = line.slice(0, bar).trim().split(/\s+/);
      const [x = 0, y = 0] = at.split(",").map(Number);
      const text = line.slice(bar + 1).replace(/^ /, "");
      const width = words.find((word) => word.startsWith("w="))?.slice(2);
      const [dirX, dirY] = words.includes("down") ? [0, -1] : words.includes("turned") ? [0, 1] : [1, 0];
      return {
        text: text === "" ? " " : text,
        x,
        y,
        dirX,
        dirY,
        advance: width === undefined ? text.length * Number(size) * 0.5 : Number(width),
        size: Number(size),
        ascent: 0.8,
        descent: -0.2,
        font: words.includes("bold") ? "bold" : "plain",
        rtl: words.includes("rtl"),
        edges: null,
        role: words.includes("artifact") ? "artifact" : null,
      };
    });
}

/** A page of lines set below each other: size 10, pitch 12, from the left at 72. */
export function column(...lines: string[]): SourceRun[] {
  return draw(lines.map((line, i) => `72,${700 - 12 * i} 10 | ${line}`).join("\n"));
}

export function sourcePage(runs: readonly SourceRun[]): SourcePage {
  return { label: null, width: 595, height: 842, rotation: 0, runs, imageShare: null };
}
