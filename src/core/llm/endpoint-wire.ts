/** What the page and `endpoint.html` say to each other over a MessagePort. */
export interface EndpointOrder {
  /** Of everything that is asked through this port. */
  readonly origin: string;
}

export type EndpointRequest =
  | {
      readonly id: number;
      readonly kind: "ask";
      readonly method: "GET" | "POST";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
    }
  | { readonly id: number; readonly kind: "cancel" };

export type EndpointReply =
  | {
      readonly id: number;
      readonly kind: "head";
      readonly status: number;
      readonly type: string;
      /** Seconds, or a date; empty where the server does not say. */
      readonly retryAfter: string;
    }
  | { readonly id: number; readonly kind: "text"; readonly text: string }
  | { readonly id: number; readonly kind: "end" }
  | {
      readonly id: number;
      readonly kind: "failed";
      readonly message: string;
      /** It had begun to answer. */
      readonly answered: boolean;
      /** The server is there, and does not let this page ask; null: it cannot be told. */
      readonly refuses: boolean | null;
    };

/** Name of the message that brings a port, and an EndpointOrder, to `endpoint.html`. */
export const ENDPOINT_PORT = "second-look endpoint port";
