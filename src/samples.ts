import * as v from "valibot";
import { EngineError } from "#core/base/errors.ts";

const index = v.array(v.object({ file: v.string(), title: v.string(), pages: v.number() }));

/** The sample library of this site, as files: they go the same way as a person's own. */
export async function sampleFiles(site: string, signal: AbortSignal): Promise<File[]> {
  const folder = new URL("samples/", site);
  const listed = v.parse(index, await (await get(new URL("index.json", folder), signal)).json());
  return Promise.all(
    listed.map(async ({ file }) => {
      const response = await get(new URL(file, folder), signal);
      return new File([await response.blob()], file, { type: "application/pdf" });
    }),
  );
}

async function get(url: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal });
  if (!response.ok)
    throw new EngineError("FILE_UNREADABLE", `${response.status} for ${url.pathname}`, { name: url.pathname });
  return response;
}
