import { ENDPOINT_PORT, type EndpointOrder } from "#core/llm/endpoint-wire.ts";
import { serve } from "./serve.ts";

/** The script of `endpoint.html`: asks one server for the page around it, and for nobody else. */
let narrowed: string | null = null;

addEventListener("message", ({ origin, source, data, ports }: MessageEvent<unknown>) => {
  const [port] = ports;
  if (origin !== location.origin || source !== parent || port === undefined) return;
  const order = data as Partial<EndpointOrder & { readonly name: string }> | null;
  if (order?.name !== ENDPOINT_PORT || typeof order.origin !== "string") return;
  const wanted = new URL(order.origin).origin;
  if (narrowed === null) {
    narrow(wanted);
    narrowed = wanted;
  }
  // Policies only add up: this frame can never ask another one.
  if (narrowed === wanted) serve(port, wanted);
});

function narrow(origin: string): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `connect-src ${origin}`;
  document.head.append(policy);
}
