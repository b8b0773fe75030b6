/** What a report on its way may take. */
const REPORT = 300;
const PATIENCE = 5_000;

/**
 * Whether a server that a request failed at is there. A refusal by CORS and a server that is off look the same to a
 * script; a request that asks for no answer does not. In an isolated page its answer is blocked too, and the browser
 * reports that.
 *
 * @returns null where it cannot be told
 */
export async function refuses(origin: string): Promise<boolean | null> {
  let isBlocked = false;
  const look = (reports: readonly { readonly body?: unknown }[]): void => {
    if (reports.some(({ body }) => blockedUrl(body)?.startsWith(origin))) isBlocked = true;
  };
  const observer = "ReportingObserver" in globalThis ? new ReportingObserver(look) : null;
  observer?.observe();
  try {
    await fetch(`${origin}/`, {
      mode: "no-cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return true;
  } catch {
    if (observer === null) return crossOriginIsolated ? null : false;
    await new Promise((resolve) => setTimeout(resolve, REPORT));
    look(observer.takeRecords());
    return isBlocked;
  } finally {
    observer?.disconnect();
  }
}

/** The bodies of these reports have no attributes in Chromium, only what they become as JSON. */
function blockedUrl(body: unknown): string | undefined {
  const plain = JSON.parse(JSON.stringify(body ?? null)) as { readonly blockedURL?: unknown } | null;
  return typeof plain?.blockedURL === "string" ? plain.blockedURL : undefined;
}
