import { EngineError } from "#core/base/errors.ts";
import { ENDPOINT_PORT } from "#core/llm/endpoint-wire.ts";

export interface EndpointPort {
  readonly port: MessagePort;
  /** Aborted when the frame is taken away: nobody will answer any more. */
  readonly gone: AbortSignal;
}

/** Ports to servers that a person named, one hidden frame for each origin: a frame can never ask a second one. */
export interface EndpointFrames {
  port(origin: string): Promise<EndpointPort>;
  /** Takes a frame away, and with it all that it was asking. */
  close(origin: string): void;
}

export function endpointFrames(site: string): EndpointFrames {
  const page = new URL("endpoint.html", site);
  const frames = new Map<
    string,
    { readonly element: HTMLIFrameElement; readonly gone: AbortController; readonly port: Promise<EndpointPort> }
  >();

  return {
    port(origin) {
      const known = frames.get(origin);
      if (known !== undefined) return known.port;
      const element = document.createElement("iframe");
      element.hidden = true;
      element.title = "Language model";
      element.src = page.href;
      const gone = new AbortController();
      const port = new Promise<EndpointPort>((resolve, reject) => {
        element.addEventListener("load", () => {
          const { port1, port2 } = new MessageChannel();
          element.contentWindow?.postMessage({ name: ENDPOINT_PORT, origin }, page.origin, [port2]);
          port1.start();
          resolve({ port: port1, gone: gone.signal });
        });
        element.addEventListener("error", () => reject(new EngineError("UNEXPECTED", "endpoint.html did not load")));
      });
      frames.set(origin, { element, gone, port });
      document.body.append(element);
      return port;
    },
    close(origin) {
      frames.get(origin)?.element.remove();
      frames.get(origin)?.gone.abort();
      frames.delete(origin);
    },
  };
}
