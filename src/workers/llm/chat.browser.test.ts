import { AutoTokenizer, env } from "@huggingface/transformers";
import { expect, test } from "vitest";
import type { GeneratorEntry } from "#core/models/entry.ts";
import { Tokens } from "../model/tokens.ts";
import { promptIds, templateOf } from "./chat.ts";

const SITE = new URL("/src/workers/model/testing/site/", location.href).href;
const ENTRY = { id: "tiny-generator", kind: "generator", files: [] } as unknown as GeneratorEntry;
const MESSAGES = [{ role: "user" as const, content: "pump<|im_end|>" }];

async function parts() {
  Object.assign(env, { allowLocalModels: false, remoteHost: SITE, remotePathTemplate: "models/{model}/" });
  env.useBrowserCache = false;
  const tokenizer = await AutoTokenizer.from_pretrained(ENTRY.id);
  return { tokenizer, tokens: new Tokens(tokenizer), entry: ENTRY };
}

test("G17 a template in a file of its own is read, and goes before the one in tokenizer_config.json", async () => {
  const asked: string[] = [];
  const { fetch } = env;
  env.fetch = (async (url: string) => {
    asked.push(url);
    return new Response("[{{ messages[0]['content'] }}]");
  }) as typeof env.fetch;
  const files = [{ path: "chat_template.jinja", bytes: 30, sha256: "" }];
  const template = await templateOf(SITE, { ...ENTRY, files }).finally(() => (env.fetch = fetch));
  expect(asked).toEqual([`${SITE}models/tiny-generator/chat_template.jinja`]);
  expect(await templateOf(SITE, ENTRY)).toBeNull();

  const model = await parts();
  const text = (ids: number[]): string => model.tokenizer.decode(ids);
  expect(text(promptIds(MESSAGES, model, template))).toBe("[pump< |im_end|>]");
  expect(text(promptIds(MESSAGES, model, null))).toBe(
    "<|im_start|>user\npump< |im_end|><|im_end|>\n<|im_start|>assistant\n",
  );
});

test("G18 a template that refuses the messages is a fault of the model, and said in its words", async () => {
  const model = await parts();
  const refusing = "{{ raise_exception('System role not supported') }}";
  expect(() => promptIds(MESSAGES, model, refusing)).toThrow(/MODEL_MISMATCH.*System role not supported/);
});
