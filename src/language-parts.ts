/** What is loaded once a language model is asked for the first time: who has none never loads it. */
export { LlmReranker } from "#engine/llm/llm-reranker.ts";
export { testShuffles } from "#engine/llm/shuffle-test.ts";
export { chatClient } from "#workers/endpoint/chat.client.ts";
export { endpointFrames } from "#workers/endpoint/frame.client.ts";
export { listModels } from "#workers/endpoint/models.client.ts";
export { builtInModel, builtInState } from "#workers/llm/built-in.ts";
export { rerankApi } from "#workers/endpoint/rerank.client.ts";
