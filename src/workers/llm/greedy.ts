import type { PreTrainedModel, PreTrainedTokenizer } from "@huggingface/transformers";
import type { TokenCount } from "#core/model.ts";

/** Generation without chance: repositories' generation_config.json ask for sampling and penalties, which is overruled. */
export function greedySettings(session: PreTrainedModel, tokenizer: PreTrainedTokenizer, most: TokenCount) {
  const { generation_config: advised, config } = session as unknown as Record<
    string,
    { eos_token_id?: unknown } | null
  >;
  const ends = [advised?.eos_token_id, config?.eos_token_id, tokenizer.eos_token_id].flat();
  return {
    max_new_tokens: most,
    do_sample: false,
    num_beams: 1,
    temperature: 1,
    top_k: 0,
    top_p: 1,
    repetition_penalty: 1,
    no_repeat_ngram_size: 0,
    /** Some repositories name only one of two. */
    eos_token_id: [...new Set(ends.filter((id): id is number => typeof id === "number"))],
  };
}
