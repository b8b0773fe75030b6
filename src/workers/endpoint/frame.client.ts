import { EngineError } from "#core/base/errors.ts";
import { ENDPOINT_PORT } from "#core/llm/endpoint-wire.ts";

/** Ports to servers that a person named, one hidden frame for each origin: a frame can never ask a second one. */
export interface EndpointFrames {
  port(origin: string): Promise<MessagePort>;
  /** Takes a frame away, and with it all that it was asking. */
  close(origin: string): void;
}

export function endpointFrames(site: string): EndpointFrames {
  const page = new URL("endpoint.html", site);
  const frames = new Map<string, { readonly element: HTMLIFrameElement; readonly port: Promise<MessagePort> }>();

  return {
    port(origin) {
      const known = frames.get(origin);
      if (known !== undefined) return known.port;
      const element = document.createElement("iframe");
      element.hidden = true;
      element.title = "Language model";
      element.src = page.href;
      const port = new Promise<MessagePort>((resolve, reject) => {
        element.addEventListener("load", () => {
          const { port1, port2 } = new MessageChannel();
          element.contentWindow?.postMessage({ name: ENDPOINT_PORT, origin }, page.origin, [port2]);
          port1.start();
          resolve(port1);
        });
        element.addEventListener("error", () => reject(new EngineError("UNEXPECTED", "endpoint.html did not load")));
      });
      frames.set(origin, { element, port });
      document.body.append(element);
      return port;
    },
    close(origin) {
      frames.get(origin)?.element.remove();
      frames.delete(origin);
    },
  };
}
