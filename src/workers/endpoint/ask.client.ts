import { EngineError } from "#core/base/errors.ts";
import { hostOf, type Endpoint } from "#core/llm/endpoint.ts";
import type { EndpointReply, EndpointRequest } from "#core/llm/endpoint-wire.ts";
import type { Signal } from "#core/ports.ts";
import type { EndpointFrames } from "./frame.client.ts";

export interface EndpointAnswer {
  readonly status: number;
  readonly type: string;
  readonly retryAfter: string;
  /** Pieces of the body. @throws ENDPOINT_TIMEOUT, ENDPOINT_UNREACHABLE where the connection ends in between, CANCELLED */
  readonly body: AsyncIterable<string>;
}

export interface EndpointCall {
  readonly method: "GET" | "POST";
  /** Behind the base URL. */
  readonly path: string;
  readonly body: unknown;
}

/** Pauses before another attempt where the server names none, and the longest that it may ask for. */
const PAUSES = [500, 1_500, 4_000];
const LONGEST = 30_000;

let last = 0;

/** One request, as it is. @throws ENDPOINT_CORS, ENDPOINT_UNREACHABLE, ENDPOINT_TIMEOUT, CANCELLED */
async function askOnce(
  frames: EndpointFrames,
  endpoint: Endpoint,
  { method, path, body }: EndpointCall,
  signal: Signal,
): Promise<EndpointAnswer> {
  const { base, key, patience } = endpoint;
  const { port, gone } = await frames.port(new URL(base).origin);
  const id = (last += 1);
  const say = (request: EndpointRequest): void => port.postMessage(request);
  const waiting: EndpointReply[] = [];
  let wake: () => void = () => {};
  const onMessage = ({ data }: MessageEvent<EndpointReply>): void => {
    if (data.id !== id) return;
    waiting.push(data);
    wake();
  };
  const onAbort = (): void => wake();
  port.addEventListener("message", onMessage);
  signal.addEventListener("abort", onAbort);
  gone.addEventListener("abort", onAbort);
  const end = (): void => {
    port.removeEventListener("message", onMessage);
    signal.removeEventListener("abort", onAbort);
    gone.removeEventListener("abort", onAbort);
    say({ id, kind: "cancel" });
  };
  const next = async (): Promise<Exclude<EndpointReply, { kind: "failed" }>> => {
    const until = performance.now() + patience * 1000;
    for (;;) {
      if (signal.aborted || gone.aborted) throw new EngineError("CANCELLED");
      const reply = waiting.shift();
      if (reply?.kind === "failed") throw failure(endpoint, reply);
      if (reply !== undefined) return reply;
      const left = until - performance.now();
      if (left <= 0) throw new EngineError("ENDPOINT_TIMEOUT", "silence", { host: hostOf(base), seconds: patience });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  async function* pieces(): AsyncGenerator<string> {
    try {
      for (let reply = await next(); reply.kind !== "end"; reply = await next()) {
        if (reply.kind === "text") yield reply.text;
      }
    } finally {
      end();
    }
  }

  try {
    const headers = {
      ...(body === null ? {} : { "Content-Type": "application/json" }),
      ...(key === "" ? {} : { Authorization: `Bearer ${key}` }),
    };
    const text = body === null ? null : JSON.stringify(body);
    say({ id, kind: "ask", method, url: base + path, headers, body: text });
    const head = await next();
    if (head.kind !== "head") throw new EngineError("UNEXPECTED", `the endpoint's page said ${head.kind}`);
    return { status: head.status, type: head.type, retryAfter: head.retryAfter, body: pieces() };
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** An answer with a status below 400, or why there is none: what may pass is asked for again, with growing pauses. */
export async function ask(
  frames: EndpointFrames,
  endpoint: Endpoint,
  call: EndpointCall,
  signal: Signal,
): Promise<EndpointAnswer> {
  const host = hostOf(endpoint.base);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await askOnce(frames, endpoint, call, signal);
    const { status, retryAfter } = answer;
    if (status < 400) return answer;
    const message = withoutKey(messageOf(await whole(answer.body)), endpoint);
    const facts = { host, status, message };
    if (status === 401 || status === 403) throw new EngineError("ENDPOINT_AUTH", message, facts);
    const mayPass = status === 429 || status === 408 || status >= 500;
    if (!mayPass) throw new EngineError("ENDPOINT_FAILED", message, facts);
    const pause = PAUSES[attempt];
    if (pause === undefined)
      throw new EngineError(status === 429 ? "ENDPOINT_BUSY" : "ENDPOINT_FAILED", message, facts);
    await sleep(Math.min(LONGEST, secondsOf(retryAfter) ?? pause * (0.75 + Math.random() / 2)), signal);
  }
}

/** A body of at most 2 MB. */
async function whole(body: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of body) {
    text += piece;
    if (text.length > 2_000_000) break;
  }
  return text;
}

export async function jsonOf(answer: EndpointAnswer, endpoint: Endpoint): Promise<unknown> {
  const text = await whole(answer.body);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badReply(endpoint, text);
  }
}

export function badReply(endpoint: Endpoint, said: string): EngineError {
  const detail = withoutKey(said.slice(0, 200), endpoint);
  return new EngineError("ENDPOINT_BAD_REPLY", detail, { host: hostOf(endpoint.base) });
}

/** Some servers repeat the key that they refuse; errors are shown, and exported with a run. */
function withoutKey(text: string, { key }: Endpoint): string {
  return key === "" ? text : text.replaceAll(key, "•••");
}

function failure(
  { base, server }: Endpoint,
  { message, answered, refuses }: Extract<EndpointReply, { kind: "failed" }>,
): EngineError {
  const mixed =
    location.protocol === "https:" && base.startsWith("http:") && !/^http:\/\/(localhost|127\.|\[::1\])/.test(base);
  if (answered) return new EngineError("ENDPOINT_BAD_REPLY", message, { host: hostOf(base), broken: true });
  const facts = { host: hostOf(base), server, origin: location.origin, mixed };
  return new EngineError(refuses === true ? "ENDPOINT_CORS" : "ENDPOINT_UNREACHABLE", message, facts);
}

/** The server's own words for an error, in the forms that servers use. */
function messageOf(text: string): string {
  try {
    const value = JSON.parse(text) as { error?: string | { message?: string }; message?: string; detail?: string };
    const { error } = value;
    const said = typeof error === "string" ? error : (error?.message ?? value.message ?? value.detail);
    return typeof said === "string" ? said.slice(0, 500) : "";
  } catch {
    return text.trimStart().startsWith("<") ? "" : text.slice(0, 500);
  }
}

function secondsOf(retryAfter: string): number | null {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return 1000 * Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function sleep(milliseconds: number, signal: Signal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new EngineError("CANCELLED"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop);
  });
}
