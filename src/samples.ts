import * as v from "valibot";
import { EngineError } from "#core/base/errors.ts";

const index = v.array(v.object({ file: v.string(), title: v.string(), pages: v.number() }));

const questionList = v.array(v.object({ question: v.string(), document: v.string() }));

/** A choice that is read at a glance. */
const EXAMPLES = 3;

/** The sample library of this site, as files that go the same way as a person's own, and questions to start with. */
export async function sampleLibrary(
  site: string,
  signal: AbortSignal,
): Promise<{ files: File[]; questions: string[] }> {
  const folder = new URL("samples/", site);
  const listed = v.parse(index, await (await get(new URL("index.json", folder), signal)).json());
  const asked = v.parse(questionList, await (await get(new URL("questions.json", folder), signal)).json());
  // One question a document, so that the three do not all come from the first.
  const questions = listed.flatMap(({ file }) => asked.findLast(({ document }) => document === file)?.question ?? []);
  const files = await Promise.all(
    listed.map(async ({ file }) => {
      const response = await get(new URL(file, folder), signal);
      return new File([await response.blob()], file, { type: "application/pdf" });
    }),
  );
  return { files, questions: questions.slice(-EXAMPLES) };
}

async function get(url: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal });
  if (!response.ok)
    throw new EngineError("FILE_UNREADABLE", `${response.status} for ${url.pathname}`, { name: url.pathname });
  return response;
}
