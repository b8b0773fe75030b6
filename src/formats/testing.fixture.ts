import { BLOCK, type DocumentText, type Page } from "#core/model.ts";
import { textReader } from "./reader.ts";

const never = new AbortController().signal;
const reader = textReader({ breathe: () => Promise.resolve() });

/** Reads a file as the worker would. */
export function readFile(name: string, content: string | Uint8Array | ArrayBuffer): Promise<DocumentText> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const buffer = bytes instanceof ArrayBuffer ? bytes : bytes.slice().buffer;
  return reader.read({ bytes: buffer, name, password: null }, never, () => {});
}

/** Every block of a document as "kind: text", a heading with its level. */
export function outline(pages: readonly Page[]): string[] {
  const names = Object.fromEntries(Object.entries(BLOCK).map(([name, kind]) => [kind, name]));
  return pages.flatMap(({ text, blocks }) =>
    Array.from(blocks.starts, (start, i) => {
      const level = blocks.levels[i] === 0 ? "" : String(blocks.levels[i]);
      const end = blocks.starts[i + 1] ?? text.length + 1;
      return `${names[blocks.kinds[i] ?? 0]}${level}: ${text.slice(start, end - 1)}`;
    }),
  );
}
