export interface LlmRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** The client went away before the end. */
  readonly aborted: boolean;
}

export interface LlmServer {
  readonly origin: string;
  readonly log: LlmRequest[];
  stop(): Promise<void>;
}

export function startLlm(options?: {
  readonly port?: number;
  /** False: no page of another origin may ask. */
  readonly cors?: boolean;
  /** Needed with every request, where not null. */
  readonly key?: string | null;
}): Promise<LlmServer>;
