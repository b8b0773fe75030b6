export interface PlainHost {
  readonly origin: string;
  /** The site's address: origin and sub-path, with a trailing slash. */
  readonly url: string;
  /** Paths that were asked for, from the site's root, in order. */
  readonly served: string[];
  stop(): Promise<void>;
  start(): Promise<void>;
}

export function startPlainHost(options: { root: string; base?: string }): Promise<PlainHost>;
