import { env, type PreTrainedTokenizer } from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import type { ChatMessage } from "#core/llm/port.ts";
import { CHAT_TEMPLATE } from "#core/models/files.ts";
import type { GeneratorEntry } from "#core/models/entry.ts";
import type { Tokens } from "../model/tokens.ts";

/**
 * The template that lies in a file of its own, which the library's tokenizers do not look for; null where it stands in
 * tokenizer_config.json. Call after the model was loaded: `env.fetch` then checks every byte.
 */
export async function templateOf(site: string, { id, files }: GeneratorEntry): Promise<string | null> {
  if (!files.some(({ path }) => path === CHAT_TEMPLATE)) return null;
  const response = await env.fetch(new URL(`models/${id}/${CHAT_TEMPLATE}`, site).href);
  return response.text();
}

/**
 * Messages as the model was trained to read them. What a document writes like a special token stays plain text: no
 * passage can end a turn. @throws MODEL_MISMATCH
 */
export function promptIds(
  messages: readonly ChatMessage[],
  { tokenizer, tokens, entry }: { tokenizer: PreTrainedTokenizer; tokens: Tokens; entry: GeneratorEntry },
  template: string | null,
): number[] {
  const chat = messages.map(({ role, content }) => ({ role, content: tokens.plain(content) }));
  try {
    return tokenizer.apply_chat_template(chat, {
      ...(template === null ? {} : { chat_template: template }),
      add_generation_prompt: true,
      return_tensor: false,
      return_dict: false,
      // Qwen3 would think aloud for longer than a reply may be, and turn in circles without sampling.
      enable_thinking: false,
    } as object) as unknown as number[];
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new EngineError("MODEL_MISMATCH", `the chat template fails: ${detail}`, { model: entry.id }, thrown);
  }
}
