import { embedClient } from "#workers/embed/embed.client.ts";
import { EMBED_BATCH } from "#workers/embed/batch.ts";
import type { BareModelApi } from "./bare-model.worker.ts";
import { chunksOf, readAll, sampleFiles } from "./corpus.ts";
import { afterTokens, interleaved, milliseconds, plus, rate, ratio, timed } from "./measure.ts";
import { benchWorker, NEVER, quiet, SITE } from "./ports.ts";
import type { Part } from "./row.ts";

const CHUNKS = 256;

/** Texts to unit vectors on the page, against the session alone on the same tokens in the same batches. */
export const embed: Part = async ({ rounds, extra }, say) => {
  const embedder = embedClient({ site: SITE, threads: 1 });
  const bare = benchWorker<BareModelApi>(
    () => new Worker(new URL("./bare-model.worker.ts", import.meta.url), { type: "module" }),
  );
  say("embed: loading");
  await embedder.load(NEVER, quiet);
  await bare.run(null, (api) => api.load({ site: SITE, threads: 1 }, "embedder"));
  const paths = [...(await sampleFiles()).map((file) => file.path), ...extra];
  const chunks = (await chunksOf(embedder, await readAll(paths))).slice(0, CHUNKS);
  const texts = chunks.map((chunk) => chunk.text);
  await bare.run(null, (api) => api.prepare(texts, EMBED_BATCH, 512, null));
  say(`embed: ${texts.length} chunks`);
  const times = await interleaved(rounds * 2, {
    ours: () => timed(() => embedder.embed(texts, "passage", NEVER, quiet)),
    tokenise: () => bare.run(null, (api) => api.tokenise(texts)),
    bare: () => bare.run(null, (api) => api.run()),
  });
  const tokens = chunks.reduce((sum, chunk) => sum + chunk.tokens, 0);
  bare.end();
  return [
    {
      what: `chunks embedded, text to vector, 1 thread`,
      ...rate(texts.length, times.ours, "chunks/s"),
      note: `${texts.length} chunks, ${Math.round(tokens / texts.length)} tokens on average`,
    },
    { what: "of it: the tokenizer", ...milliseconds(times.tokenise) },
    { what: "bare session on the same tokens", ...milliseconds(times.bare) },
    { what: "after the tokens, against the bare session", ...afterTokens(times.ours, times.tokenise, times.bare) },
    {
      what: "text to vector, against tokenizer + bare session",
      ...ratio(times.ours, plus(times.tokenise, times.bare)),
    },
  ];
};
