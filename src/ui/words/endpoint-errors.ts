import type { ErrorCode, ErrorFacts } from "#core/base/errors.ts";
import type { ErrorWords } from "./errors.ts";
import { count } from "./numbers.ts";

type Endpoint = Extract<ErrorCode, `ENDPOINT_${string}` | `LLM_${string}`>;

const KEPT = "What was computed before is kept.";

function said(facts: ErrorFacts, key: string, otherwise: string): string {
  const value = facts[key];
  return typeof value === "string" && value !== "" ? value : otherwise;
}

const host = (facts: ErrorFacts): string => said(facts, "host", "the server");

/** What lets a page of another origin ask this kind of server, word by word. */
function corsAdvice(server: string, origin: string): string {
  switch (server) {
    case "ollama":
      return `Quit Ollama and start it with OLLAMA_ORIGINS="${origin}" ollama serve.`;
    case "lm-studio":
      return `In LM Studio open Developer, Server settings, and turn on “Enable CORS”; or start it with lms server start --cors.`;
    case "llama-cpp":
      return `llama-server lets any page ask it; a proxy before it may not: have that send Access-Control-Allow-Origin: ${origin}.`;
    case "vllm":
      return `Start vLLM with --allowed-origins '["${origin}"]' --allowed-headers '["*"]'.`;
    case "tei":
      return `Start text-embeddings-router with --cors-allow-origin ${origin}.`;
    default:
      return `Have the server send Access-Control-Allow-Origin: ${origin} and Access-Control-Allow-Headers: authorization, content-type.`;
  }
}

export const ENDPOINT_WORDS: Record<Endpoint, (facts: ErrorFacts) => ErrorWords> = {
  ENDPOINT_UNREACHABLE: (facts) => ({
    title: `${host(facts)} does not answer.`,
    safe: KEPT,
    next:
      facts["mixed"] === true
        ? "A page that came over https may ask other computers over https only: give the server a certificate, or open this page on the server's own computer."
        : `Check the address, and that the server runs. If it runs, it may refuse this page: ${corsAdvice(said(facts, "server", ""), said(facts, "origin", "this page's origin"))}`,
  }),
  ENDPOINT_CORS: (facts) => ({
    title: `${host(facts)} answers, but does not let this page ask it (CORS).`,
    safe: KEPT,
    next: corsAdvice(said(facts, "server", ""), said(facts, "origin", "this page's origin")),
  }),
  ENDPOINT_AUTH: (facts) => ({
    title: `${host(facts)} does not accept the key.`,
    safe: KEPT,
    next: "Check the key under Models, and that it may use this model.",
  }),
  ENDPOINT_TIMEOUT: (facts) => ({
    title: `${host(facts)} said nothing for ${count(Number(facts["seconds"] ?? 0))} s.`,
    safe: KEPT,
    next: "Try again; a model that is loaded for the first time may take a minute. A smaller window asks less at once.",
  }),
  ENDPOINT_BUSY: (facts) => ({
    title: `${host(facts)} is busy or limits how often it may be asked.`,
    safe: KEPT,
    next: "It was asked several times with growing pauses. Try again later, or ask with fewer calls.",
  }),
  ENDPOINT_FAILED: (facts) => ({
    title: `${host(facts)} refused the request (${said(facts, "status", String(facts["status"] ?? "no status"))}).`,
    safe: KEPT,
    next: said(facts, "message", "Check the model's name under Models."),
  }),
  ENDPOINT_BAD_REPLY: (facts) =>
    facts["broken"] === true
      ? { title: `${host(facts)} broke off in the middle of its answer.`, safe: KEPT, next: "Try again." }
      : {
          title: `What ${host(facts)} answered is not what its protocol says.`,
          safe: KEPT,
          next: "Check that the base URL ends where the protocol begins, mostly in /v1.",
        },
  LLM_OFF: (facts) => ({
    title: facts["what"] === "rerank" ? "No rerank API is set up." : "No language model is set up.",
    safe: "",
    next: "Choose one under Models, Language model.",
  }),
  LLM_PROMPT_TOO_LONG: (facts) => ({
    title: `The prompt has ${count(Number(facts["tokens"] ?? 0))} tokens; the model reads ${count(Number(facts["most"] ?? 0))}.`,
    safe: KEPT,
    next: "Show it fewer or shorter passages.",
  }),
  LLM_BAD_REPLY: () => ({
    title: "The language model's reply could not be used.",
    safe: KEPT,
    next: "Try another model; the replay shows what it said.",
  }),
};
