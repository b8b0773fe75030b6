import type { Page, PageIndex } from "#core/model.ts";
import { fold } from "#core/page/fold.ts";

/** Which spans of a text layer are which runs of the page. */
interface Layer {
  readonly page: PageIndex;
  readonly spans: readonly HTMLElement[];
}

const layers = new Map<HTMLElement, Layer>();

export function rememberSpans(element: HTMLElement, page: PageIndex, spans: readonly HTMLElement[]): void {
  layers.set(element, { page, spans });
}

export function forgetSpans(element: HTMLElement): void {
  layers.delete(element);
}

interface Piece {
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What is selected, as our own text of the pages: in reading order, lines joined, words put together again. null where
 * the text layer and the page do not tell the same, or nothing of them is selected; the browser's own text is used then.
 */
export function selectedText(pages: readonly Page[], range: Range): string | null {
  const parts: string[] = [];
  const inOrder = [...layers].toSorted(([, a], [, b]) => a.page - b.page);
  for (const [element, { page: index, spans }] of inOrder) {
    const page = pages[index];
    if (page === undefined || !range.intersectsNode(element)) continue;
    const pieces = piecesOf(page, spans, range);
    if (pieces === null) return null;
    if (pieces.length > 0) parts.push(joined(page, pieces));
  }
  return parts.length === 0 ? null : parts.join("\n");
}

function piecesOf(page: Page, spans: readonly HTMLElement[], range: Range): Piece[] | null {
  const { starts, ends, sources, sourceStarts, sourceEnds } = page.runs;
  const pieces: Piece[] = [];
  for (let row = 0; row < starts.length; row += 1) {
    const span = spans[sources[row]!];
    if (span === undefined) return null;
    const cut = cutOf(span, range);
    if (cut === null) continue;
    const text = span.textContent;
    const [start, end, from, to] = [starts[row]!, ends[row]!, sourceStarts[row]!, sourceEnds[row]!];
    if (fold(text.slice(from, to)).trim() !== fold(page.text.slice(start, end)).trim()) return null;
    const near = Math.max(from, cut.from);
    const far = Math.min(to, cut.to);
    if (near >= far) continue;
    const pairsOff = to - from === end - start;
    pieces.push(pairsOff ? { row, start: start + near - from, end: start + far - from } : { row, start, end });
  }
  return pieces;
}

/** Which part of a span's text is selected. */
function cutOf(span: HTMLElement, range: Range): { from: number; to: number } | null {
  const text = span.firstChild;
  if (text === null || !range.intersectsNode(text)) return null;
  return {
    from: range.startContainer === text ? range.startOffset : 0,
    to: range.endContainer === text ? range.endOffset : span.textContent.length,
  };
}

/** Pieces that follow each other keep what the layout put between them; where something is left out, a line ends. */
function joined(page: Page, pieces: readonly Piece[]): string {
  let text = "";
  let last: Piece | null = null;
  for (const piece of pieces) {
    if (last !== null) text += piece.row === last.row + 1 ? page.text.slice(last.end, piece.start) : "\n";
    text += page.text.slice(piece.start, piece.end);
    last = piece;
  }
  return text;
}
