import type { EndpointReply, EndpointRequest } from "#core/llm/endpoint-wire.ts";
import { refuses } from "./reach.ts";

/** Asks what comes through `port`, of one origin only, and tells the answers as they come. */
export function serve(port: MessagePort, origin: string): void {
  const running = new Map<number, AbortController>();
  const say = (reply: EndpointReply): void => port.postMessage(reply);

  port.addEventListener("message", ({ data }: MessageEvent<EndpointRequest>) => {
    if (data.kind === "cancel") running.get(data.id)?.abort();
    else void answer(data);
  });
  port.start();

  async function answer({ id, method, url, headers, body }: Extract<EndpointRequest, { kind: "ask" }>): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    let answered = false;
    try {
      if (new URL(url).origin !== origin) throw new Error("not an address of this endpoint");
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        body,
        signal: controller.signal,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        cache: "no-store",
        // A key is for the address that it was given to.
        redirect: "error",
      });
      answered = true;
      const type = (response.headers.get("Content-Type") ?? "").toLowerCase();
      say({ id, kind: "head", status: response.status, type, retryAfter: response.headers.get("Retry-After") ?? "" });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
        say({ id, kind: "text", text: read.value });
      }
      say({ id, kind: "end" });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      const isAborted = controller.signal.aborted;
      const isRefused = answered || isAborted ? false : await refuses(origin);
      say({ id, kind: "failed", message, answered, refuses: isRefused });
    } finally {
      running.delete(id);
    }
  }
}
