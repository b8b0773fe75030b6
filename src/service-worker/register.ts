/** What the page wants to hear about the service worker. Each is called at most once per page load. */
export interface ServiceWorkerCallbacks {
  /** A newer build is stored and waits. Show it; call {@link applyUpdate} when the person agrees. */
  readonly onUpdateReady: () => void;
  /** Every file of the site is stored: it works with the network off from now on. */
  readonly onOfflineReady: () => void;
  /** This page has no threads, and would have them after a reload; see {@link reloadForIsolation}. */
  readonly onIsolationAvailable: () => void;
  /** A newer build took over, here or from another tab. This page still works; reload when its work is done. */
  readonly onUpdateApplied?: () => void;
  /** No offline use and no added headers here: old browser, private window, or a host that changed a file. */
  readonly onUnavailable?: (reason: string) => void;
}

/** The parts of the browser that are used here; tests hand in their own. */
export interface PageSurroundings {
  readonly container: ServiceWorkerContainer | undefined;
  readonly development: boolean;
  readonly isolated: boolean;
  /** Undefined where the browser forbids storage. */
  readonly session: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
  readonly reload: () => void;
}

const RELOADED = "second-look reloaded for isolation";

/**
 * Registers `sw.js` beside the page and reports what follows. Resolves when the registration stands or failed;
 * never rejects and never reloads. Does nothing in development, where a cache would serve yesterday's code.
 */
export async function registerServiceWorker(
  callbacks: ServiceWorkerCallbacks,
  page: PageSurroundings = browserPage(),
): Promise<void> {
  const { container } = page;
  if (page.development) return;
  if (container === undefined) {
    callbacks.onUnavailable?.("this browser offers no service worker here");
    return;
  }
  if (page.isolated) page.session?.removeItem(RELOADED);
  const report: Reports = {
    active: once(() => {
      callbacks.onOfflineReady();
      if (!page.isolated) callbacks.onIsolationAvailable();
    }),
    waiting: once(callbacks.onUpdateReady),
    replaced: once(() => callbacks.onUpdateApplied?.()),
    unavailable: once((reason) => callbacks.onUnavailable?.(reason)),
  };
  followController(container, report);
  try {
    const registration = await container.register("sw.js", { scope: "./", updateViaCache: "none" });
    follow(registration, report);
  } catch (error) {
    report.unavailable(String(error));
  }
}

/** Starts the waiting build and reloads the page once it runs. Does nothing when none waits. */
export async function applyUpdate(page: PageSurroundings = browserPage()): Promise<void> {
  const registration = await page.container?.getRegistration();
  const waiting = registration?.waiting ?? null;
  if (waiting === null) return;
  page.container?.addEventListener("controllerchange", () => page.reload(), { once: true });
  waiting.postMessage("skip-waiting");
}

/**
 * Reloads the page for the headers that the service worker adds, at most once per tab until it helped: a browser
 * that stays without isolation must not loop. Returns whether it reloads. Call it only while nothing was started.
 */
export function reloadForIsolation(page: PageSurroundings = browserPage()): boolean {
  if (page.isolated || page.session === undefined || page.session.getItem(RELOADED) !== null) return false;
  page.session.setItem(RELOADED, "1");
  page.reload();
  return true;
}

interface Reports {
  readonly active: () => void;
  readonly waiting: () => void;
  readonly replaced: () => void;
  readonly unavailable: (reason: string) => void;
}

function followController(container: ServiceWorkerContainer, report: Reports): void {
  let controlled = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    // The first visit gets its first controller: that is no update.
    if (controlled) report.replaced();
    controlled = true;
  });
}

function follow(registration: ServiceWorkerRegistration, report: Reports): void {
  const { active, waiting } = registration;
  if (active !== null) onState(active, () => active.state === "activated" && report.active());
  if (active !== null && waiting !== null) report.waiting();
  const followInstalling = (): void => {
    const { installing } = registration;
    if (installing === null) return;
    // Without one before it, the new worker starts at once and asks nobody.
    const first = registration.active === null;
    onState(installing, () => {
      if (installing.state === "installed" && !first) report.waiting();
      if (installing.state === "activated") report.active();
      // A failed update leaves the build before it working, offline too.
      if (installing.state === "redundant" && first) report.unavailable("the site could not be stored completely");
    });
  };
  registration.addEventListener("updatefound", followInstalling);
  followInstalling();
}

function onState(worker: ServiceWorker, look: () => void): void {
  worker.addEventListener("statechange", look);
  look();
}

function once<A extends readonly unknown[]>(action: (...args: A) => void): (...args: A) => void {
  let done = false;
  return (...args) => {
    if (done) return;
    done = true;
    action(...args);
  };
}

function browserPage(): PageSurroundings {
  return {
    // Absent on plain http addresses other than localhost, and in some private windows.
    container: "serviceWorker" in navigator ? navigator.serviceWorker : undefined,
    development: import.meta.env.DEV,
    isolated: crossOriginIsolated,
    session: sessionIfAllowed(),
    reload: () => location.reload(),
  };
}

function sessionIfAllowed(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
