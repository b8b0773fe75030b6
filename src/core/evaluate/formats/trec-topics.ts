import type { ImportLog } from "./import-log.ts";
import type { InputFile } from "./imported.ts";
import type { WrittenQuestion } from "./json-lines.ts";
import { readLines } from "./lines.ts";
import { decodeTrecId } from "./trec-ids.ts";

/** The tags of a classic topic. They are opened, never closed: a field ends where the next one begins. */
const TAG = /<\/?(top|num|title|desc|narr)>/gi;

interface OpenTopic {
  readonly line: number;
  num: string;
  title: string;
  desc: string;
}

/** Rule F13: `<top> <num> Number: 301 <title> words`; the question is the title, or the description where there is none. */
export async function* readTopics(file: InputFile, log: ImportLog): AsyncGenerator<WrittenQuestion> {
  let topic: OpenTopic | null = null;
  let field = "";
  const close = (): WrittenQuestion | null => {
    if (topic === null) return null;
    const { line } = topic;
    const id = tidy(topic.num.replace(/^\s*Number\s*:/i, ""));
    const text =
      tidy(topic.title.replace(/^\s*Topic\s*:/i, "")) || tidy(topic.desc.replace(/^\s*Description\s*:/i, ""));
    topic = null;
    if (id !== "") return { id, text, line };
    log.note("id-missing", file.path, line, text);
    return null;
  };
  for await (const { number, text } of readLines(file, log)) {
    let from = 0;
    const add = (to: number): void => {
      const part = text.slice(from, to);
      if (part.trim() === "") return;
      if (topic === null) log.note("line-malformed", file.path, number, part);
      else if (field === "num" || field === "title" || field === "desc") topic[field] += ` ${part}`;
    };
    for (const { 0: tag, 1: name = "", index } of text.matchAll(TAG)) {
      add(index);
      from = index + tag.length;
      field = name.toLowerCase();
      if (field === "top") {
        const closed = close();
        if (closed !== null) yield closed;
        if (!tag.startsWith("</")) topic = { line: number, num: "", title: "", desc: "" };
      } else if (tag.startsWith("</")) field = "";
    }
    add(text.length);
  }
  const closed = close();
  if (closed !== null) yield closed;
}

/** Rule F14: `id<TAB>text`, one a line. */
export async function* readTabbedTopics(file: InputFile, log: ImportLog): AsyncGenerator<WrittenQuestion> {
  let isFirst = true;
  for await (const { number, text } of readLines(file, log)) {
    const at = text.indexOf("\t");
    const id = text.slice(0, Math.max(0, at)).trim();
    const isHeader = isFirst && /^(?:(?:query|question|topic|q)?[-_]?id|query|topic)$/i.test(id);
    isFirst = false;
    if (isHeader) log.note("header-unexpected", file.path, number, text);
    else if (at === -1) log.note("line-malformed", file.path, number, text);
    else if (id === "") log.note("id-missing", file.path, number, text);
    else yield { id: decodeTrecId(id), text: tidy(text.slice(at + 1)), line: number };
  }
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
