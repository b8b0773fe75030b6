import { seededRandom } from "../../base/rng.ts";
import type { InputFile } from "./imported.ts";

/** A file whose text arrives in pieces of 1 to `most` characters, cut anywhere. */
export function fileOf(path: string, text: string, most = 7): InputFile {
  return {
    path,
    bytes: text.length,
    text: async function* () {
      const random = seededRandom(text.length);
      for (let at = 0; at < text.length;) {
        const end = at + 1 + Math.floor(random() * most);
        yield text.slice(at, end);
        at = end;
      }
    },
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export const NEVER = { throwIfAborted: (): void => {} };
