import { once } from "node:events";
import { createServer } from "node:http";
import { chances, kindOf, relevance } from "./llm/judge.mjs";
import { REPLIES } from "./llm/models.mjs";

/**
 * A deterministic server that speaks OpenAI's chat protocol and Cohere's rerank protocol over real HTTP. What it answers
 * depends on the prompt and the model's name alone: judges in `llm/models.mjs`, and these that fail on the way:
 *
 *   nasty-json   a body that is not JSON          nasty-429         429 twice for each prompt, then right
 *   nasty-half   half a stream, then silence      nasty-429-always  429
 *   nasty-cut    half a stream, then the end      nasty-500         500 twice for each prompt, then right
 *   nasty-silent never a word                     no-logprobs, no-schema  400 where they are asked for
 *
 * A test tool: the product knows nothing of it.
 *
 * @param {{ port?: number; cors?: boolean; key?: string | null }} options
 */
export async function startLlm(options = {}) {
  const { port = 0, cors = true, key = null } = options;
  const log = [];
  const tries = new Map();
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));

  async function serve(request, response) {
    if (cors) {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
      response.setHeader("Access-Control-Expose-Headers", "retry-after");
    }
    if (request.method === "OPTIONS") return response.writeHead(cors ? 204 : 405).end();
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    const path = new URL(request.url, "http://localhost").pathname;
    const body = text === "" ? null : JSON.parse(text);
    const entry = { path, method: request.method, headers: request.headers, body, aborted: false };
    log.push(entry);
    response.on("close", () => (entry.aborted = !response.writableFinished));
    if (key !== null && request.headers.authorization !== `Bearer ${key}`) {
      return fail(response, 401, `wrong key: ${request.headers.authorization}`);
    }
    if (path === "/v1/models") {
      const data = Object.keys(REPLIES).map((id) => ({ id, object: "model", max_model_len: 8192 }));
      return json(response, 200, { object: "list", data });
    }
    const isRerank = /^(\/v\d)?\/rerank$/.test(path);
    if (!isRerank && path !== "/v1/chat/completions") return fail(response, 404, "no such path");
    const model = String(body?.model);
    const faulty = await fault(model, text, body, response);
    if (faulty) return;
    return isRerank ? rerank(body, model, response) : chat(body, model, response);
  }

  /** Whether the answer is over, one way or another. */
  async function fault(model, text, body, response) {
    const count = (tries.get(text) ?? 0) + 1;
    tries.set(text, count);
    response.setHeader("Retry-After", "0");
    if (model === "nasty-silent") return true;
    if (model === "nasty-429-always" || (model === "nasty-429" && count <= 2)) {
      return fail(response, 429, "slow down");
    }
    if (model === "nasty-500" && count <= 2) return fail(response, 500, "out of order");
    if (model === "no-logprobs" && body.logprobs) return fail(response, 400, "logprobs is not supported");
    if (model === "no-schema" && body.response_format) return fail(response, 400, "response_format is not supported");
    if (model === "nasty-json") {
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"choices": [{"mess');
      return true;
    }
    return false;
  }

  async function chat({ messages, stream, logprobs, top_logprobs: top, stream_options: options }, model, response) {
    const say = REPLIES[model] ?? REPLIES.perfect;
    const reply = say(messages, model);
    const isSlow = model === "slow";
    if (isSlow) await pause(300);
    const usage = { prompt_tokens: tokens(JSON.stringify(messages)), completion_tokens: tokens(reply) };
    const content = logprobs ? tokenChances(messages, reply, top ?? 0) : null;
    if (!stream) {
      const choice = { index: 0, message: { role: "assistant", content: reply }, finish_reason: "stop" };
      return json(response, 200, { choices: [{ ...choice, logprobs: content && { content } }], usage });
    }
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
    const send = (data) => response.write(`data: ${JSON.stringify(data)}\n\n`);
    send({ choices: [{ index: 0, delta: { role: "assistant", content: "" } }] });
    const pieces = reply.match(/[\s\S]{1,7}/g) ?? [];
    for (const [i, piece] of pieces.entries()) {
      if (i > 0 && i >= pieces.length / 2) {
        if (model === "nasty-half") return;
        if (model === "nasty-cut") return response.destroy();
      }
      const more = i === 0 && content ? { logprobs: { content } } : {};
      const event = Buffer.from(
        `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: piece }, ...more }] })}\n\n`,
      );
      // In two writes, wherever that falls: in the middle of a letter too.
      response.write(event.subarray(0, event.length >> 1));
      await pause(isSlow ? 60 : 0);
      response.write(event.subarray(event.length >> 1));
    }
    if (model === "nasty-half") return;
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
    if (options?.include_usage) send({ choices: [], usage });
    response.end("data: [DONE]\n\n");
  }

  const origin = await listen(server, port);
  return {
    origin,
    log,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function rerank({ query, documents, texts, top_n: most }, model, response) {
  const scored = (documents ?? texts)
    .map((text, index) => ({ index, relevance_score: relevance(query, text) }))
    .toSorted((a, b) => b.relevance_score - a.relevance_score)
    .slice(0, most ?? Infinity);
  if (model === "rerank-missing") scored.splice(1, 2);
  if (model === "rerank-duplicates") scored.push({ ...scored[0] }, { index: 999, relevance_score: 1 });
  json(response, 200, { id: "test", results: scored });
}

/** One token for each letter or id, with what might have stood there. */
function tokenChances(messages, reply, top) {
  const likely = chances(messages, top);
  const isLetters = kindOf(messages) === "ranking";
  const pieces = isLetters ? (reply.match(/\[|\]|\w+|[^[\]\w]+/g) ?? []) : [reply];
  const first = pieces.findIndex((piece) => likely.some(({ token }) => token === piece));
  return pieces.map((token, i) => ({
    token,
    logprob: i === first ? (likely.find((it) => it.token === token)?.logprob ?? 0) : 0,
    top_logprobs: i === first ? likely : [],
  }));
}

const tokens = (text) => Math.ceil(text.length / 4);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function json(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function fail(response, status, message) {
  json(response, status, { error: { message } });
  return true;
}

async function listen(server, port) {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}
